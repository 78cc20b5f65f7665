import { actOn } from '../../csms/act-on.js';
import type { Memory } from './index.js';

/** Lets time pass: each timer is acted on when it is due, in order, and so are those that come of it. */
export async function elapse(memory: Memory, milliseconds: number): Promise<void> {
  const end = memory.clock.millis + milliseconds;
  for (let timer = memory.timers.take(end); timer; timer = memory.timers.take(end)) {
    memory.clock.millis = Math.max(memory.clock.millis, timer.due);
    await actOn(timer, memory);
  }
  memory.clock.millis = end;
}
