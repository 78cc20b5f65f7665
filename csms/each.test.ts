import { describe, expect, it } from 'vitest';
import { each } from './each.js';

describe('each', () => {
  it('is done, so many at once', async () => {
    let [running, most] = [0, 0];
    const done: number[] = [];
    await each([1, 2, 3, 4, 5], 2, async (n) => {
      running++;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running--;
      done.push(n);
    });
    expect([most, done.sort()]).toEqual([2, [1, 2, 3, 4, 5]]);
  });

  it('fails with the first to fail, when nothing is left running', async () => {
    const over: number[] = [];
    const work = each([1, 2, 3, 4], 2, async (n) => {
      if (n === 1) throw new Error('first');
      await new Promise(setImmediate);
      over.push(n);
    });
    await expect(work).rejects.toThrow('first');
    expect(over).toEqual([2]);
  });

  it('of nothing is nothing', async () => {
    await each([], 2, () => Promise.reject(new Error('called')));
  });
});
