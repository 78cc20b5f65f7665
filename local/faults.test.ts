import { describe, expect, it } from 'vitest';
import { always, ManualClock } from '../test/local/testing.js';
import { deliver, noFaults } from './faults.js';

describe('a message', () => {
  const delivered = async (faults = noFaults) => {
    const clock = new ManualClock();
    const times: number[] = [];
    const since = clock.now();
    deliver({ faults, clock }, 'csms', 'x', () => times.push(clock.now() - since));
    for (const ms of clock.waits) await clock.pass(ms);
    await new Promise(setImmediate);
    return times;
  };

  it('is delivered once, at once', async () => expect(await delivered()).toEqual([0]));
  it('twice', async () => expect(await delivered(always('twice'))).toEqual([0, 150]));
  it('late', async () => expect(await delivered(always('late'))).toEqual([150]));
});
