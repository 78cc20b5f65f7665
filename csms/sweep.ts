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
 * Does what is due, of all kinds side by side. What fails stays due, and neither that nor what is slow keeps anything else from
 * being done.
 *
 * @throws in the end, all that failed
 */
export async function sweep(ports: SweepPorts): Promise<void> {
  const runs = await Promise.allSettled(swept.map((one) => one(ports)));
  const errors = runs.flatMap((run) => (run.status === 'rejected' ? [run.reason as unknown] : []));
  if (errors.length > 0) throw new AggregateError(errors, errors.map(String).join(' '));
}
