import { parseArgs } from 'node:util';
import { compile } from '../start/compile.js';
import { bundleSizes } from './bundle-sizes.js';

const usage = `npm run package -- [options]      compiles a stage without deploying it, and prints the size of each bundle

  --stage <name>        the stage (dev)
  --help                this text`;

const { values } = parseArgs({
  strict: false,
  options: { stage: { type: 'string', default: 'dev' }, help: { type: 'boolean', default: false } },
});
if (values.help || Object.keys(values).length > 2) {
  console.log(usage);
  process.exit(values.help ? 0 : 1);
}

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`.padStart(8);
const folder = await compile({ stage: String(values.stage) });
console.log(`${folder}\n${'function'.padEnd(12)}    code     zip`);
for (const { functionName, code, zip } of bundleSizes(folder)) {
  console.log(functionName.padEnd(12) + kilobytes(code) + kilobytes(zip));
}
