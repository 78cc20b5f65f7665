import { expect, it } from 'vitest';
import { blocksOf, Shown } from './console-blocks.js';

const fence = '```';

it('a console block is commands, each with what it prints', () => {
  const markdown = `Text\n\n${fence}console\n$ one\nA\n\nB\n$ two\n${fence}\n\n${fence}\n$ none\n${fence}\n`;
  expect(blocksOf(markdown)).toEqual([
    { command: 'one', output: ['A', 'B'] },
    { command: 'two', output: [] },
  ]);
});

it.each([
  ['2026-05-01 10:00:00  open', '2026-11-30 23:59:59 open'],
  ['since 2026-05-01T10:00:00.000Z', 'since 2026-11-30T23:59:59.123Z'],
  ['ws://localhost:9000/', 'ws://localhost:40123/'],
  ['ready in 6.2 s', 'ready in 11 s'],
  ['{"a":"x…', '{"a":"xyz'],
  ['"interval":…,"b"', '"interval":275,"b"'],
])('%s may be printed as %s', (shown, printed) => {
  expect(new Shown().compare([shown], [printed])).toMatchObject({ missing: [], surplus: [] });
});

it.each([
  ['status  Available', 'status Unavailable'],
  ['CP2 connected', 'CP3 connected'],
  ['began 2026-05-01 10:00:00', 'began never'],
])('%s may not be printed as %s', (shown, printed) => {
  expect(new Shown().compare([shown], [printed])).toMatchObject({ missing: [shown], surplus: [printed] });
});

it('what stands for an id is the same from then on, in commands too', () => {
  const shown = new Shown();
  shown.compare(['id 0ef6…'], ['id 77aa-1']);
  expect(shown.inserted('stop 0ef6… now')).toBe('stop 77aa-1 now');
  expect(shown.compare(['again 0ef6…'], ['again another'])).toMatchObject({ missing: ['again 0ef6…'] });
});

it('only a line of its own stands for others', () => {
  expect(new Shown().compare(['a', '…'], ['a', 'b', 'c'])).toMatchObject({ missing: [], surplus: [] });
  expect(new Shown().compare(['a'], ['a', 'b'])).toMatchObject({ surplus: ['b'] });
});
