import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { coverage } from '../test/conformance/coverage.js';

writeFileSync(fileURLToPath(new URL('../docs/ocpp-coverage.md', import.meta.url)), coverage());
