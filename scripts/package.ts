import { parseArgs } from 'node:util';
import { compile } from '../local/compile.js';
import { bundleSizes } from './bundle-sizes.js';

// npm run package -- --stage prod: compiles a stage without deploying it, and prints the size of each bundle.
const { values } = parseArgs({ options: { stage: { type: 'string', default: 'dev' } } });

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`.padStart(8);
const folder = await compile(values);
console.log(`${folder}\n${'function'.padEnd(12)}    code     zip`);
for (const { functionName, code, zip } of bundleSizes(folder)) {
  console.log(functionName.padEnd(12) + kilobytes(code) + kilobytes(zip));
}
