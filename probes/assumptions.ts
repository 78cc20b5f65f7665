import { services } from './index.js';
import type { Probe } from './probe.js';

const introduction = `# What is assumed of AWS

**None of this was measured on AWS by us: the system has not run there yet.** Each row is a behaviour that the design or
the embedded AWS (\`local/\`) stands on, and has a probe: a small check that runs against the embedded AWS in the tests,
and against AWS, for less than a cent, with

\`\`\`console
$ npm run verify -- --stage dev
\`\`\`

which says of each whether AWS does that. It deploys a stack of its own, \`serverless-csms-probes-<stage>\`, beside the
stage and removes it at the end; in the stage's table of charge points some deleted ones, \`probe-…\`, stay. \`--slow\`
tries those that take minutes too. What a row rests on:

- **documented**: AWS's public documentation says so, on the page that is named;
- **observed**: others saw it and wrote so in public;
- **assumed**: our conclusion.

"In \`local/\`" names the files that imitate it; "no" means that a laptop can't show whether the code is right about it.

This file is made of [probes/](../probes/) by \`npm run assumptions\`.
`;

/** All that is assumed of AWS, as docs/assumptions.md. */
export function assumptions(): string {
  const sections = services.map(({ name, probes }) => [
    `\n## ${name}\n`,
    '| what AWS does | rests on | in `local/` | if it is wrong | probe |',
    '|---|---|---|---|---|',
    ...probes.map(row),
  ]);
  return `${[introduction.trimEnd(), ...sections.flat()].join('\n')}\n`;
}

function row(probe: Probe): string {
  const { says, restsOn, source, imitatedIn, ifWrong } = probe;
  const files = imitatedIn.map((file) => `\`${file}\``).join(', ') || 'no';
  const cells = [says, `${restsOn} (${source})`, files, ifWrong, tried(probe)];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function tried({ id, minutes, notProbed }: Probe): string {
  if (notProbed) return `\`${id}\` is not tried: ${notProbed}`;
  return minutes ? `\`${id}\`, ${minutes} min` : `\`${id}\``;
}
