import type { RefusalCode } from '../../schemas/refusals.js';
import type { Command, CommandStatus } from './ports.js';

/** Of what a command's status alone says. */
const byStatus: Partial<Record<CommandStatus, RefusalCode>> = {
  rejected: 'command-rejected',
  'timed-out': 'command-timed-out',
  expired: 'command-expired',
  cancelled: 'command-cancelled',
};

/** Why a command did not do what it was for; undefined while it may, and when it did. */
export function codeOf({ status, code }: Pick<Command, 'status' | 'code'>): RefusalCode | undefined {
  return status === 'failed' ? code : byStatus[status];
}
