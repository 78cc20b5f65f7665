import type { Clock } from '../clock.js';
import type { SettledStatus } from '../commands/ports.js';
import { endIfOver } from './end.js';
import { settled } from './life.js';
import type { TaskEvents, Tasks } from './ports.js';

/** A command of a task was settled. */
export async function settleTarget(
  told: {
    taskId: string;
    chargePointId: string;
    commandId: string;
    status: SettledStatus;
    reason?: string | undefined;
  },
  ports: { tasks: Tasks; taskEvents: TaskEvents; clock: Clock },
): Promise<void> {
  const { taskId, chargePointId, commandId, status, reason } = told;
  await ports.tasks.changeTarget(taskId, chargePointId, (target) =>
    target.commandId === commandId ? settled(target, status, reason) : undefined,
  );
  await endIfOver(taskId, ports);
}
