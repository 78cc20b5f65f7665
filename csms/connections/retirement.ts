import { fraction } from '../fraction.js';

const minute = 60_000;

/**
 * When a connection is to be closed by us: at an age of 60 to 115 minutes, its own for each. After an outage all sockets
 * are of one age, and would all die together every two hours for ever.
 *
 * @param connectedAt milliseconds since 1970
 */
export function retiresAt(connectionId: string, connectedAt: number): number {
  return connectedAt + (60 + fraction(connectionId) * 55) * minute;
}
