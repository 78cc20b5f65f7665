import type { Component, Components } from '../device-model/ports.js';
import type { Protocol } from '../ocpp/protocol.js';
import { sendLocalList as v16 } from '../v16/local-list.js';
import { sendLocalList as v2x } from '../v201/local-list.js';
import { entriesOf, type LocalListEntry, type LocalListLimits, type LocalListUpdate, updatesOf } from './local-list.js';
import type { IdToken } from './ports.js';

/** Bytes that an update has at most where the charge point tells no limit. */
const usual = 30_000;

/** Characters that a token has at most in a version. A charge point that knows no longer ones can't be told of them. */
const longest: Record<Protocol, number> = { 'ocpp1.6': 20, 'ocpp2.0.1': 36, 'ocpp2.1': 255 };

/** Types that a version has for what may be in a list; 1.6 has none. In 2.1 a token may be of any other, too. */
const typesIn2x = ['Central', 'eMAID', 'ISO14443', 'ISO15693', 'KeyCode', 'Local', 'MacAddress'];
const types: Record<Protocol, readonly string[]> = {
  'ocpp1.6': [''],
  'ocpp2.0.1': typesIn2x,
  'ocpp2.1': [...typesIn2x, 'EVCCID', 'VIN'],
};

/** SendLocalList of an update, in the words of a version. */
export function payloadOfUpdate(update: LocalListUpdate, protocol: Protocol): object {
  return protocol === 'ocpp1.6' ? v16(update) : v2x(update);
}

/**
 * D01/5.15: the updates for a charge point, as large as it takes them, each still without its number. Tokens that its version
 * has no words for, since they are longer or of a type of later ones, are left out: one of them would make the whole list invalid.
 *
 * @param tokens what it is to know of them
 * @param removed tokens that it is to know no more, of whichever type it knew them; undefined where it is to know nothing else
 * than `tokens`
 * @throws {RangeError} when a single token is larger than a message may be
 */
export async function localListUpdates(
  { chargePointId, protocol, tokens, removed }: Wanted,
  { components }: { components: Components },
  now: Date,
): Promise<LocalListUpdate[]> {
  const hasRoom = (idToken: string) => [...idToken].length <= longest[protocol];
  const isTyped = protocol !== 'ocpp1.6';
  const isOfIts = (type: string | undefined) => protocol !== 'ocpp2.0.1' || !type || typesIn2x.includes(type);
  const listed = tokens.filter(({ idToken, type }) => hasRoom(idToken) && isOfIts(type));
  const gone = removed?.filter(hasRoom).flatMap((idToken) => types[protocol].map((type) => entryOf(idToken, type)));
  const known = gone && { version: 0, entries: gone };
  const limits = await limitsOf(chargePointId, protocol, components);
  // As many digits as a number may have.
  const sizeOf = (update: LocalListUpdate) =>
    JSON.stringify(payloadOfUpdate({ ...update, version: 2 ** 31 - 1 }, protocol)).length;
  return updatesOf(entriesOf(listed, now, { isTyped }), known, 0, limits, sizeOf);
}

interface Wanted {
  chargePointId: string;
  protocol: Protocol;
  tokens: IdToken[];
  removed: string[] | undefined;
}

/** Of a token that is to be removed, its name says enough. */
function entryOf(idToken: string, type: string): LocalListEntry {
  return { idToken, type, authorization: { status: 'Unknown' } };
}

/** As it told in its variables, or configuration keys. */
async function limitsOf(chargePointId: string, protocol: Protocol, components: Components): Promise<LocalListLimits> {
  const is16 = protocol === 'ocpp1.6';
  const told = await components.find(chargePointId, { name: is16 ? 'Configuration' : 'LocalAuthListCtrlr' });
  const items = numberIn(told, is16 ? 'SendLocalListMaxLength' : 'ItemsPerMessage');
  const bytes = is16 ? undefined : numberIn(told, 'BytesPerMessage');
  return { ...(items !== undefined && { items }), bytes: Math.min(bytes ?? usual, usual) };
}

function numberIn(component: Component | undefined, name: string): number | undefined {
  const variable = component?.variables.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const is = Number(variable?.attributes.find(({ type }) => type === 'Actual')?.value?.is);
  return is >= 1 ? is : undefined;
}
