import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MovableClock, startClock } from './clock.js';

const hour = 60 * 60_000;
let clock: MovableClock;
let ran: string[];
beforeEach(() => {
  clock = startClock();
  ran = [];
});
afterEach(() => clock.close());

/** Notes how many hours it is after `begun`. */
const note = (what: string, begun: number) => () => ran.push(`${what} at ${Math.floor((clock.now() - begun) / hour)}`);
const turn = () => new Promise(setImmediate);

it("is the machine's time, and waits in it", async () => {
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(100);
  const begun = clock.now();
  await new Promise<void>((resolve) => clock.after(10, resolve));
  expect(clock.now() - begun).toBeGreaterThanOrEqual(10);
});

describe('moved on', () => {
  it('it does what falls due, in the order of when, each at its time', async () => {
    const begun = clock.now();
    clock.after(3 * hour, note('third', begun));
    clock.after(hour, note('first', begun));
    clock.after(2 * hour, note('second', begun));
    clock.after(5 * hour, note('not yet', begun));
    await clock.advance(4 * hour);
    expect(ran).toEqual(['first at 1', 'second at 2', 'third at 3']);
    expect(clock.now() - begun).toBeGreaterThanOrEqual(4 * hour);
    expect(clock.now() - begun).toBeLessThan(4 * hour + 1000);
  });

  it('what is done on the way may wait again', async () => {
    const begun = clock.now();
    const again = () => {
      note('again', begun)();
      clock.after(hour, again);
    };
    clock.after(hour, again);
    // The machine's own time goes on as well.
    await clock.advance(3.5 * hour);
    expect(ran).toEqual(['again at 1', 'again at 2', 'again at 3']);
  });

  it('all that follows from one thing is over before the next falls due', async () => {
    const begun = clock.now();
    clock.after(hour, () => {
      // Begins a little later, and goes on in a chain of its own.
      setImmediate(() => void clock.during(turn()).then(() => clock.during(turn().then(note('work', begun)))));
    });
    clock.after(2 * hour, note('next', begun));
    await clock.advance(2 * hour);
    expect(ran).toEqual(['work at 1', 'next at 2']);
  });

  it('it passes although something is going on, when that is asked for', async () => {
    const begun = clock.now();
    clock.after(2 * hour, note('second', begun));
    clock.after(hour, note('first', begun));
    void clock.during(new Promise(() => {}));
    await clock.pass(3 * hour);
    expect(ran).toEqual(['first at 1', 'second at 2']);
  });

  it('work that fails is over too', async () => {
    const failed = clock.during(Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    await clock.idle();
  });

  it('what was cancelled does not happen', async () => {
    const cancel = clock.after(hour, note('cancelled', clock.now()));
    cancel();
    await clock.advance(2 * hour);
    expect(ran).toEqual([]);
  });

  it('it is so for other threads too', async () => {
    await clock.advance(hour);
    const { skew } = structuredClone({ skew: clock.skew });
    expect(Number(Atomics.load(skew, 0))).toBeGreaterThan(hour - 1000);
    expect(skew.buffer).toEqual(clock.skew.buffer);
  });

  it('it does not wait for what is further away than any timer of JavaScript', async () => {
    const days = 24 * hour;
    clock.after(100 * days, () => ran.push('in the end'));
    await clock.advance(99 * days);
    expect(ran).toEqual([]);
    await clock.advance(days);
    expect(ran).toEqual(['in the end']);
  });
});

it('closed, it runs nothing any more, and keeps nobody waiting', async () => {
  clock.after(1, () => ran.push('waiting'));
  clock.close();
  clock.after(1, () => ran.push('too late'));
  await clock.advance(hour);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(ran).toEqual([]);
});
