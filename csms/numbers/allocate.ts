import type { Clock } from '../clock.js';
import { itemKey } from '../inventory/key.js';
import type { Inventory } from '../inventory/ports.js';
import { naturalId } from '../transactions/natural-id.js';

/** What the CSMS numbers, for each charge point apart. */
export type Series = 'charging-profile' | 'display-message' | 'local-list' | 'remote-start' | 'request' | 'reservation';

/** Whose number it is to be: a command that asks again gets the same. */
export interface Wanted {
  chargePointId: string;
  commandId: string;
  series: Series;
}

export interface NumberPorts {
  inventory: Inventory;
  clock: Clock;
}

/** Too many commands wait with numbers of a series, or what keeps them is broken. */
export class NoNumberFree extends Error {}

/** In ms: a month. By then the charge point has what the number is of, or never had. */
const kept = 30 * 24 * 60 * 60_000;

/** A number is another's once in two billion times; this often in a row only where something is broken. */
const attempts = 5;

/** Commands that wait with the next versions; more are not queued for one charge point. */
const mostWaiting = 100;

/**
 * A number that nothing else of the charge point has, however many are asked for at once.
 *
 * @param isTaken whether something that others numbered has it
 * @returns 1 to 2^31 - 1
 */
export async function allocate(
  wanted: Wanted,
  ports: NumberPorts,
  isTaken: (number: number) => Promise<boolean> = async () => false,
): Promise<number> {
  const { chargePointId, commandId, series } = wanted;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const number = naturalId(chargePointId, `${series} ${commandId}`, attempt);
    if ((await holderOf(number, wanted, ports)) === commandId) return number;
    if (!(await isTaken(number)) && (await claim(number, wanted, ports))) return number;
  }
  throw new NoNumberFree(`No number was free for a ${series} of ${chargePointId}.`);
}

/** The next number of a series that counts. @param last the last that is in use */
export async function allocateNext(wanted: Wanted, last: number, ports: NumberPorts): Promise<number> {
  for (let number = last + 1; number <= last + mostWaiting; number++) {
    if (await claim(number, wanted, ports)) return number;
  }
  throw new NoNumberFree(
    `${mostWaiting} commands wait with the next numbers for a ${wanted.series} of ${wanted.chargePointId}.`,
  );
}

async function holderOf(number: number, { chargePointId, series }: Wanted, { inventory }: NumberPorts) {
  const found = await inventory.find(chargePointId, 'number', itemKey(series, number));
  return (found?.detail as { commandId?: string } | undefined)?.commandId;
}

/** @returns whether the number is the command's */
async function claim(number: number, wanted: Wanted, { inventory, clock }: NumberPorts): Promise<boolean> {
  const { chargePointId, commandId, series } = wanted;
  const at = clock.now();
  const until = new Date(at.getTime() + kept);
  const item = { chargePointId, kind: 'number', key: itemKey(series, number), at, until } as const;
  const held = await inventory.add({ ...item, detail: { commandId } });
  return (held.detail as { commandId: string }).commandId === commandId;
}
