import type { Command } from '../commands/ports.js';
import { sentAt } from '../commands/sent-at.js';
import { dateTime } from '../ocpp/date-time.js';
import type { EffectContext } from '../ocpp/effect.js';
import { tellOf } from './change.js';
import type { Asked, Refusal } from './ports.js';

/** What a charge point was asked to reserve, in any version. */
export interface Wanted extends Pick<Asked, 'evseId' | 'connectorType' | 'idToken' | 'groupIdToken'> {
  reservationId: number;
  /** An OCPP date-time. */
  expiryDate: string;
}

/** H01, H02/5.13: an EVSE is reserved, or it was refused. */
export async function reservationAnswered(
  { reservationId, expiryDate, ...wanted }: Wanted,
  { status, command, at }: { status: 'Accepted' | Refusal; command: Command; at: Date },
  context: EffectContext,
): Promise<void> {
  const asked = {
    ...{ at: sentAt(command, at), commandId: command.commandId },
    ...wanted,
    expiresAt: dateTime(expiryDate).toISOString(),
  };
  await tellOf(reservationId, status === 'Accepted' ? { asked } : { refused: { ...asked, status } }, context);
}

/**
 * H02/5.2: it is no more. One that the charge point doesn't know has ended otherwise, or will have; but where the cancellation
 * had to be sent again it was the first, of which no answer came, that ended it.
 */
export async function cancellationAnswered(
  { reservationId, status, command, at }: { reservationId: number; status: string; command: Command; at: Date },
  context: EffectContext,
): Promise<void> {
  const [first] = command.attempts;
  const wasHeard = status === 'Rejected' && command.status === 'accepted' && first;
  if (status !== 'Accepted' && !wasHeard) return;
  await tellOf(reservationId, { cancelled: { at: wasHeard ? first.sentAt : sentAt(command, at) } }, context);
}
