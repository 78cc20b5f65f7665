import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { assumptions } from '../probes/assumptions.js';

writeFileSync(fileURLToPath(new URL('../docs/assumptions.md', import.meta.url)), assumptions());
