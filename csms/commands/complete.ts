import { allocateProfileId } from '../charging-profiles/allocate.js';
import { firmwareKey, uploadFolder } from '../files/keys.js';
import type { FileUrls } from '../files/ports.js';
import type { Inventory } from '../inventory/ports.js';
import { allocate, allocateNext, type NumberPorts } from '../numbers/allocate.js';
import { looseDateTime } from '../ocpp/date-time.js';
import type { Protocol } from '../ocpp/protocol.js';
import { allocateReservationId } from '../reservations/allocate.js';
import type { Reservations } from '../reservations/ports.js';
import { type Blank, type Blanks, blankTables } from './blanks.js';

/** A command as somebody asks for it. */
export interface Incomplete {
  chargePointId: string;
  commandId: string;
  action: string;
  payload: unknown;
  /** The name of the firmware in the stage's bucket that is to be installed or published. */
  firmware?: string;
  /** Until when it may be sent: its URLs are good for a week from then. */
  until?: Date;
}

export type CompletionPorts = NumberPorts & { reservations: Reservations; fileUrls: FileUrls };

type Payload = Record<string, unknown>;
type Filling = Incomplete & CompletionPorts & { request: Payload };

const day = 24 * 60 * 60_000;
/** In ms: how long a file's URL is good, from when it is last to be used first, and how long at most. */
const [week, month] = [7 * day, 30 * day];

/**
 * Fills in what the sender of a command left out and only the CSMS knows: numbers, versions, and where files go. Nothing that
 * he says is changed; what is wrong with it, the schema tells. The same command gets the same numbers again.
 *
 * @param protocol the version that the charge point speaks
 * @throws {RangeError} when the firmware is to be fetched later than a URL may be good
 */
export async function complete(call: Incomplete, protocol: Protocol, ports: CompletionPorts): Promise<unknown> {
  const { action, payload } = call;
  const blanks = Object.hasOwn(blankTables[protocol], action) ? blankTables[protocol][action] : undefined;
  if (!blanks || !isObject(payload)) return payload;
  const request = structuredClone(payload);
  await fill(request, blanks, { ...call, ...ports, request });
  return request;
}

async function fill(target: Payload, blanks: Blanks, filling: Filling): Promise<void> {
  for (const [name, blank] of Object.entries(blanks)) {
    const member = name.replace('?', '');
    if (typeof blank === 'string') {
      if (target[member] === undefined) setUnlessUndefined(target, member, await valueOf(blank, target, filling));
      continue;
    }
    if (target[member] === undefined && member === name) target[member] = {};
    const inner = target[member];
    if (isObject(inner)) await fill(inner, blank, filling);
  }
}

async function valueOf(blank: Blank, target: Payload, filling: Filling): Promise<unknown> {
  const { chargePointId, commandId, request, inventory, clock, fileUrls, firmware } = filling;
  const whose = { chargePointId, commandId };
  switch (blank) {
    case 'request':
    case 'remote-start':
      return allocate({ ...whose, series: blank }, filling);
    case 'display-message': {
      const isTaken = async (id: number) => (await inventory.find(chargePointId, blank, String(id))) !== undefined;
      return allocate({ ...whose, series: blank }, filling, isTaken);
    }
    case 'reservation':
      return allocateReservationId(whose, filling);
    case 'charging-profile':
      return allocateProfileId(whose, filling);
    case 'local-list': {
      return allocateNext({ ...whose, series: blank }, await lastKnownVersion(chargePointId, filling), filling);
    }
    case 'log':
    case 'diagnostics': {
      const requestId = blank === 'log' ? String(request.requestId) : commandId;
      const key = uploadFolder({ chargePointId, kind: blank, requestId });
      return fileUrls.uploadUrl({ key, expiresAt: endOfUrl(undefined, filling) });
    }
    case 'firmware': {
      if (firmware === undefined) return undefined;
      const expiresAt = endOfUrl(timeIn(target.retrieveDateTime ?? target.retrieveDate), filling);
      return fileUrls.downloadUrl({ key: firmwareKey(firmware), expiresAt });
    }
    case 'now':
      return clock.now().toISOString();
    case 'command':
      return commandId;
  }
}

/** A week after it is to be used, and after the command is sent: of one that may wait for longer, within the month that is most. */
function endOfUrl(from: Date | undefined, { clock, until }: Filling): Date {
  const now = clock.now().getTime();
  const sent = Math.min((until?.getTime() ?? now) + week, now + month);
  return new Date(Math.max((from?.getTime() ?? now) + week, sent));
}

/** Of the local list that a charge point has. */
export async function lastKnownVersion(
  chargePointId: string,
  { inventory }: { inventory: Inventory },
): Promise<number> {
  const known = await inventory.find(chargePointId, 'local-list', '');
  const { version = 0 } = (known?.detail ?? {}) as { version?: number };
  // -1 is that of a charge point without a list.
  return Math.max(version, 0);
}

/** Ports on which nothing is claimed: what a command would be. */
export function onTrial<P extends CompletionPorts>({ inventory, reservations, fileUrls, clock }: P): CompletionPorts {
  const reading: Inventory = {
    find: (...item) => inventory.find(...item),
    list: (...items) => inventory.list(...items),
    add: async (item) => item,
    put: async () => true,
    remove: async () => true,
  };
  return { inventory: reading, reservations, fileUrls, clock };
}

function timeIn(value: unknown): Date | undefined {
  const text = typeof value === 'string' ? looseDateTime(value) : undefined;
  return text === undefined ? undefined : new Date(text);
}

function setUnlessUndefined(target: Payload, member: string, value: unknown): void {
  if (value !== undefined) target[member] = value;
}

function isObject(value: unknown): value is Payload {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
