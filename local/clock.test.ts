import { expect, it } from 'vitest';
import { closable } from './clock.js';
import { ManualClock } from './testing.js';

it('a closed clock runs nothing any more, and keeps nobody waiting', async () => {
  const clock = new ManualClock();
  const account = closable(clock);
  const ran: string[] = [];
  account.after(1, () => ran.push('before the end'));
  await clock.pass(1);
  account.after(2, () => ran.push('cancelled'))();
  account.after(3, () => ran.push('after the end'));
  expect(clock.waits).toEqual([3]);
  account.close();
  account.after(4, () => ran.push('too late'));
  expect(clock.waits).toEqual([]);
  expect(account.now()).toBe(clock.now());
  await new Promise(setImmediate);
  expect(ran).toEqual(['before the end']);
});
