import { expect, it } from 'vitest';
import { Failure, runScript } from './script.js';
import { UsageError } from './usage.js';

/** A script that says what it was given, or throws. */
async function run(args: string[], error?: Error) {
  const lines: string[] = [];
  const script = {
    usage: 'npm run it',
    options: { stage: { type: 'string' } } as const,
    allowPositionals: false,
    async run({ values }: { values: { stage?: string } }) {
      if (error) throw error;
      lines.push(`stage ${values.stage}`);
      return 0;
    },
  };
  const terminal = { log: (line: string) => lines.push(line), error: (line: string) => lines.push(`! ${line}`) };
  return { code: await runScript(script, args, terminal), lines };
}

it('is given its options, or says how it is used', async () => {
  expect(await run(['--stage', 'dev'])).toEqual({ code: 0, lines: ['stage dev'] });
  expect(await run(['--help', '--nonsense'])).toEqual({ code: 0, lines: ['npm run it'] });
});

it.each([
  [['--stag', 'dev'], undefined, "Unknown option '--stag'.\n\nnpm run it"],
  [['dev'], undefined, "Unexpected argument 'dev'.\n\nnpm run it"],
  [[], new UsageError('Name a --stage.'), 'Name a --stage.\n\nnpm run it'],
  [[], new Failure('There is no stage dev.'), 'There is no stage dev.'],
])('what a user can mend is told: %j, %s', async (args, error, told) => {
  expect(await run(args, error)).toEqual({ code: 1, lines: [`! ${told}`] });
});

it('a defect is not hidden', async () => {
  await expect(run([], new TypeError('x is not a function'))).rejects.toThrow(TypeError);
});
