import { setProfile } from '../charging-profiles/keep.js';
import type { ChargingProfile } from '../charging-profiles/profile.js';
import type { Command } from '../commands/ports.js';
import { sentAt } from '../commands/sent-at.js';
import type { HandlerContext } from '../ocpp/handler.js';
import type { Transaction } from '../transactions/ports.js';
import { chargingProfile as fromV16 } from '../v16/charging-profile.js';

/** K05/5.11: the charging profile that came with a remote start is the transaction's that came of it. */
export async function keepStartProfile(
  command: Command,
  { transactionId, evseId = 0 }: Pick<Transaction, 'transactionId' | 'evseId'>,
  context: Pick<HandlerContext, 'chargePointId' | 'inventory' | 'transactions' | 'clock'>,
): Promise<void> {
  const profile = profileOf(command);
  if (!profile) return;
  const at = new Date(sentAt(command, context.clock.now()));
  await setProfile({ evseId, chargingLimitSource: 'CSO', chargingProfile: { ...profile, transactionId } }, at, {
    ...context,
    isOnePerLevel: command.action === 'RemoteStartTransaction',
  });
}

function profileOf({ action, payload }: Command): ChargingProfile | undefined {
  const { chargingProfile } = JSON.parse(payload);
  return action === 'RemoteStartTransaction' && chargingProfile ? fromV16(chargingProfile) : chargingProfile;
}
