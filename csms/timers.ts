import type { Timer } from '../schemas/timer.js';
import type { ChargePoints } from './charge-points/ports.js';
import type { Clock } from './clock.js';
import { closeDue, offlineDue, retireDue } from './connections/close.js';
import { openingDue } from './connections/open.js';
import type { Connections, Sockets } from './connections/ports.js';
import type { Events } from './events.js';

/** Tells the system something later, within minutes. */
export interface Timers {
  /** Delivers `timer` when it is due or before, at least once. */
  send(timer: Timer): Promise<void>;
}

interface Ports {
  chargePoints: ChargePoints;
  connections: Connections;
  sockets: Sockets;
  timers: Timers;
  events: Events;
  clock: Clock;
}

/** Does what a timer is for; one that was received early goes back to the queue. */
export async function actOn(timer: Timer, ports: Ports): Promise<void> {
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
