import type { Command } from '../commands/ports.js';
import { asOf } from '../inventory/asked.js';
import type { EffectContext } from '../ocpp/effect.js';
import { openJob } from './open.js';
import { reportJobStatus } from './report-status.js';

/** L03: a firmware is to be had from a charge point. The checksum is its name from then on. */
export async function publicationAccepted(
  { checksum, requestId, location }: { checksum: string; requestId: number; location: string },
  { command, at }: { command: Command; at: Date },
  context: EffectContext,
): Promise<void> {
  await openJob({ kind: 'firmware-publishing', requestId, location }, { command, at }, context);
  await asOf(at, context).put('published-firmware', checksum, { requestId });
}

/** L04: it is not to be had any more. */
export async function unpublished(checksum: string, at: Date, context: EffectContext): Promise<void> {
  const { chargePointId, inventory } = context;
  const known = await inventory.find(chargePointId, 'published-firmware', checksum);
  if (known && known.at > at) return;
  if (known) {
    const { requestId } = known.detail as { requestId: number };
    const told = { kind: 'firmware-publishing', requestId, status: 'Unpublished' } as const;
    await reportJobStatus(told, { ...context, receivedAt: at });
  }
  await asOf(at, context).remove('published-firmware', checksum);
}
