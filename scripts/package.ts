import { compile } from '../start/compile.js';
import { bundleSizes } from './bundle-sizes.js';
import { runScript, type Script } from './script.js';

const usage = `npm run package -- [options]      compiles a stage without deploying it, and prints the size of each bundle

  --stage <name>        the stage (dev)
  --help                this text`;

const options = { stage: { type: 'string', default: 'dev' } } as const;
const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`.padStart(8);

const script: Script<typeof options> = {
  usage,
  options,
  allowPositionals: false,
  async run({ values: { stage } }) {
    const folder = await compile({ stage });
    console.log(`${folder}\n${'function'.padEnd(12)}    code     zip`);
    for (const { functionName, code, zip } of bundleSizes(folder)) {
      console.log(functionName.padEnd(12) + kilobytes(code) + kilobytes(zip));
    }
    return 0;
  },
};

process.exitCode = await runScript(script, process.argv.slice(2), console);
