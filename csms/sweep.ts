import { sweepCommands } from './commands/overdue.js';
import type { CommandPorts } from './commands/ports.js';
import type { CsmsPorts } from './ocpp/handler.js';
import { sweepReservations } from './reservations/expire.js';
import { sweepTasks } from './tasks/overdue.js';
import type { Tasks } from './tasks/ports.js';
import { sweepTransactions } from './transactions/forget.js';

export type SweepPorts = CommandPorts & { tasks: Tasks } & Pick<
    CsmsPorts,
    'transactions' | 'idTokens' | 'inventory' | 'reservations'
  >;

/** What time decides and no message tells. Each finds what is due in an index of its own, and changes nothing the second time. */
const swept: ((ports: SweepPorts) => Promise<void>)[] = [
  sweepCommands,
  sweepReservations,
  sweepTasks,
  sweepTransactions,
];

/**
 * Does what is due. What fails stays due, and keeps nothing else from being done.
 *
 * @throws in the end, all that failed
 */
export async function sweep(ports: SweepPorts): Promise<void> {
  const errors: unknown[] = [];
  for (const one of swept) await one(ports).catch((error) => errors.push(error));
  if (errors.length > 0) throw new AggregateError(errors, errors.map(String).join(' '));
}
