import { parseArgs } from 'node:util';
import { play } from './play.js';
import { search } from './search.js';

const usage = `npm run interleavings -- [options]

Plays a charge point's connections and commands in all orders, with faults, in virtual time, until a rule is broken.

  --seed <n>      plays the same stories again (random)
  --seconds <n>   how long (60)
  --help          this text`;

/** @throws in a sentence */
function readOptions(args: string[]): { seed: number; seconds: number } | 'help' {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      seconds: { type: 'string', default: '60' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  for (const name of ['seed', 'seconds'] as const) {
    if (!/^\d+$/.test(values[name])) throw new Error(`--${name} ${values[name]} is not a number`);
  }
  return { seed: Number(values.seed), seconds: Number(values.seconds) };
}

async function run({ seed, seconds }: { seed: number; seconds: number }): Promise<void> {
  const { stories, found } = await search(play, seed, { milliseconds: seconds * 1_000 });
  if (found) {
    console.log([...found.story, '', ...found.broken].join('\n'));
    process.exitCode = 1;
  }
  console.log(`seed ${seed}: ${stories} stories, ${found ? 'one of them breaks a rule' : 'no rule broken'}`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') console.log(usage);
  else await run(options);
} catch (error) {
  console.error(`${(error as Error).message}\n\n${usage}`);
  process.exitCode = 1;
}
