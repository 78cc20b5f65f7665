import { parseArgs } from 'node:util';
import { play } from './play.js';
import { search } from './search.js';

const usage = `npm run interleavings -- [options]

Plays a charge point's connections and commands in all orders, with faults, in virtual time, until a rule is broken.

  --seed <n>      plays the same stories again (random)
  --seconds <n>   how long (60)`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    seconds: { type: 'string', default: '60' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(usage);
else {
  const { seed, stories, found } = await search(play, Number(values.seed), {
    milliseconds: Number(values.seconds) * 1_000,
  });
  if (found) console.log([...found.story, '', ...found.broken].join('\n'));
  console.log(
    `seed ${seed}: ${stories} stories, ${found ? 'the shortest that breaks a rule is above' : 'no rule broken'}`,
  );
  process.exitCode = found ? 1 : 0;
}
