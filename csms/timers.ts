import type { Timer } from '../schemas/timer.js';
import { closeDue, offlineDue, retireDue } from './connections/close.js';
import { openingDue } from './connections/open.js';
import type { ConnectionPorts } from './connections/ports.js';

/** Tells the system something later, within minutes. */
export interface Timers {
  /** Delivers `timer` when it is due or before, at least once. */
  send(timer: Timer): Promise<void>;
}

/** Does what a timer is for; one that was received early goes back to the queue. */
export async function actOn(timer: Timer, ports: ConnectionPorts): Promise<void> {
  if (timer.due > ports.clock.now().getTime()) return ports.timers.send(timer);
  switch (timer.kind) {
    case 'opening':
      return openingDue(timer, ports);
    case 'close':
      return closeDue(timer, ports);
    case 'retire':
      return retireDue(timer, ports);
    case 'offline':
      return offlineDue(timer, ports);
  }
}
