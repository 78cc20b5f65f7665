import { expect, it } from 'vitest';
import { type RefusalCode, refusals } from '../../schemas/refusals.js';
import { explained } from './fixes.js';
import { run } from './run.js';

const codes = Object.keys(refusals) as RefusalCode[];
const advice = (code: RefusalCode) => explained(code, 'CP1').said[1] ?? '';

/** What the command line says of a command, each of its ways and its options. */
async function helpOf(command: string): Promise<string> {
  const lines: string[] = [];
  const { signal } = new AbortController();
  const print = (line: string) => lines.push(line);
  expect(await run([command, '--help'], { print, complain: print, colours: false, signal, environment: {} })).toBe(0);
  return lines.join('\n');
}

it.each(codes)('%s: the commands that are to help exist, with their options', async (code) => {
  for (const [, command = '', verb, options = ''] of advice(code).matchAll(
    /csms ([a-z-]+)(?: ([a-z]+))? CP1((?: --\w+ \w+)*)/g,
  )) {
    const help = await helpOf(command);
    expect(help).toContain(`csms ${command} ${verb ?? ''}`);
    for (const [option] of options.matchAll(/--\w+/g)) expect(help).toContain(`\n  ${option} `);
  }
});

it.each([
  ['no-password', 'csms charge-points password CP1,'],
  ['wrong-password', 'csms charge-points password CP1.'],
  ['other-namespace', `aws iot update-thing --thing-name CP1 --attribute-payload '{"attributes":{"namespace":`],
  ['not-accepted', 'csms charge-points change CP1 --registration Accepted.'],
  ['not-accepted', 'One that is Pending then boots on csms command CP1 Reset '],
  ['not-accepted', 'one that is Rejected takes no command: wait for its next boot, or restart it on site.'],
  ['payload-not-valid', 'csms charge-points change CP1 --validation tolerant.'],
] as const)('%s: %s', (code, text) => {
  expect(advice(code)).toContain(text);
});
