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

/** A series has come to its end, or what keeps its numbers is broken. */
export class NoNumberFree extends Error {}

/** In ms: a month. By then the charge point has what the number is of, or never had. */
const kept = 30 * 24 * 60 * 60_000;

/** A number is another's once in two billion times; this often in a row only where something is broken. */
const attempts = 5;

/** So many numbers are tried one by one before it is looked up which are claimed: claims outlive their commands. */
const triedFirst = 10;

/** OCPP has 32 bits for a number, with its sign. */
const highest = 2 ** 31 - 1;

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

/**
 * The next number of a series that counts: above all that are claimed. For several in a row, the last is that of the one before.
 *
 * @param last the last that is in use
 * @returns `last` + 1 to 2^31 - 1
 */
export async function allocateNext(wanted: Wanted, last: number, ports: NumberPorts): Promise<number> {
  const near = await firstFree(wanted, last + 1, Math.min(last + triedFirst, highest), ports);
  if (near !== undefined) return near;
  const { own, next } = await claimed(wanted, last + triedFirst + 1, ports);
  const number = own ?? (await firstFree(wanted, next, highest, ports));
  if (number !== undefined) return number;
  throw new NoNumberFree(`No number is left for a ${wanted.series} of ${wanted.chargePointId} after ${last}.`);
}

async function firstFree(wanted: Wanted, from: number, to: number, ports: NumberPorts): Promise<number | undefined> {
  for (let number = from; number <= to; number++) {
    if (await claim(number, wanted, ports)) return number;
  }
  return undefined;
}

/** @returns the number from `from` on that the command has already, and the one after all that are claimed */
async function claimed({ chargePointId, commandId, series }: Wanted, from: number, { inventory }: NumberPorts) {
  const prefix = `${series}#`;
  const all = (await inventory.list(chargePointId, 'number'))
    .filter(({ key }) => key.startsWith(prefix))
    .map(({ key, detail }) => ({ number: Number(key.slice(prefix.length)), ...(detail as { commandId: string }) }))
    .filter(({ number }) => number >= from);
  const own = all.find((one) => one.commandId === commandId)?.number;
  return { own, next: Math.max(from, ...all.map(({ number }) => number + 1)) };
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
