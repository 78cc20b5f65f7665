import { each } from '../each.js';
import { dropItems } from '../inventory/drop.js';
import type { HandlerContext } from '../ocpp/handler.js';
import { isOpen, type Transaction } from '../transactions/ports.js';
import { type Criteria, isReplaced, type KeptProfile, meets, ofTransaction } from './profile.js';

type Ports = Pick<HandlerContext, 'chargePointId' | 'inventory' | 'transactions'>;

const kind = 'charging-profile';

/** In days: what was said before is heard by then, and each profile that is set reads all that were replaced. */
const replacedKept = 1;
const atOnce = 8;

/**
 * A charge point has a profile, as it said itself. One of a transaction is gone with it.
 *
 * @param replaced ids of those that are gone for it
 */
export async function keepProfile(
  profile: KeptProfile,
  at: Date,
  ports: Ports,
  replaced: readonly number[] = [],
): Promise<void> {
  const { chargePointId, inventory, transactions } = ports;
  const { id, chargingProfilePurpose, transactionId } = profile.chargingProfile;
  await inventory.put({ chargePointId, kind, key: String(id), at, detail: profile });
  if (chargingProfilePurpose !== ofTransaction || transactionId === undefined) return;
  const transaction = await transactions.change(chargePointId, transactionId, (known) => {
    const { chargingProfileIds: ids = [] } = known ?? {};
    const others = ids.filter((one) => one === id || !replaced.includes(one));
    const after = others.includes(id) ? others : [...others, id];
    return known && after.join() !== ids.join() ? { ...known, chargingProfileIds: after } : undefined;
  });
  if (transaction && !isOpen(transaction)) await dropProfilesOf(transaction, ports);
}

/** K01/5.16: it took a profile, and drops what that replaces. */
export async function setProfile(
  profile: KeptProfile,
  at: Date,
  { isOnePerLevel, ...ports }: Ports & { isOnePerLevel: boolean },
): Promise<void> {
  const { chargePointId, inventory } = ports;
  const former = (await inventory.list(chargePointId, kind))
    .filter(({ key }) => key !== String(profile.chargingProfile.id))
    .filter(({ detail }) => isReplaced(detail as KeptProfile, profile, isOnePerLevel));
  const replaced: number[] = [];
  for (const { key } of former) {
    if (await inventory.remove(chargePointId, kind, key, at, replacedKept)) replaced.push(Number(key));
  }
  await keepProfile(profile, at, ports, replaced);
}

/** K28.FR.06, K28.FR.09: a dynamic profile has other values in its period, of which it has one. */
export async function updateProfile(id: number, values: object, at: Date, ports: Ports): Promise<void> {
  const known = await ports.inventory.find(ports.chargePointId, kind, String(id));
  if (!known) return;
  const profile = known.detail as KeptProfile;
  const [schedule, ...others] = profile.chargingProfile.chargingSchedule as { chargingSchedulePeriod?: object[] }[];
  const [period, ...later] = schedule?.chargingSchedulePeriod ?? [];
  const chargingSchedule = [{ ...schedule, chargingSchedulePeriod: [{ ...period, ...values }, ...later] }, ...others];
  const chargingProfile = { ...profile.chargingProfile, dynUpdateTime: at.toISOString(), chargingSchedule };
  await keepProfile({ ...profile, chargingProfile }, at, ports);
}

/** A charge point has those profiles no more, as of `at`: what was told of one later stays. */
export async function dropProfiles(
  criteria: Criteria,
  at: Date,
  ports: Pick<Ports, 'chargePointId' | 'inventory'>,
): Promise<void> {
  await dropItems(kind, (detail) => meets(detail as KeptProfile, criteria), at, ports);
}

/** The profiles of a transaction that is over are gone. A number may be in use again, for another's. */
export async function dropProfilesOf(
  { chargePointId, transactionId, chargingProfileIds = [] }: Transaction,
  { inventory }: Pick<Ports, 'inventory'>,
): Promise<void> {
  await each(chargingProfileIds, atOnce, async (id) => {
    const known = await inventory.find(chargePointId, kind, String(id));
    const { chargingProfile } = (known?.detail ?? {}) as Partial<KeptProfile>;
    const isIts = chargingProfile?.transactionId === transactionId;
    if (known && isIts) await inventory.remove(chargePointId, kind, String(id), known.at);
  });
}
