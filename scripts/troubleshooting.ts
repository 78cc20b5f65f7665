import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// npm run troubleshooting: puts docs/troubleshooting.md into api/troubleshooting.ts, so that a deployed API can show it.

const docs = readFileSync(fileURLToPath(new URL('../docs/troubleshooting.md', import.meta.url)), 'utf8');
const text = docs.replace(/[\\`]|\$\{/g, (one) => `\\${one}`);
const head = '// Made of docs/troubleshooting.md: when that changes, npm run troubleshooting.';
writeFileSync(
  fileURLToPath(new URL('../api/troubleshooting.ts', import.meta.url)),
  `${head}\nexport const troubleshooting = \`${text}\`;\n`,
);
