import * as z from 'zod/mini';
import { type NamedProfile, profileNamed } from '../csms/charging-profiles/library.js';
import { blankTables, hasBlank } from '../csms/commands/blanks.js';
import { type CompletionPorts, onTrial } from '../csms/commands/complete.js';
import { prepare } from '../csms/commands/prepare.js';
import { live } from '../csms/connections/life.js';
import { NoNumberFree } from '../csms/numbers/allocate.js';
import { OcppError } from '../csms/ocpp/errors.js';
import { type Protocol, protocols } from '../csms/ocpp/protocol.js';
import { checked } from './checked.js';
import { readChargePoint, readFirmware } from './known.js';
import { payloadInvalid, versionsOf } from './payload.js';
import type { ApiPorts } from './ports.js';
import { Problem } from './problem.js';

/** A command as somebody asks for it. */
interface Asked {
  action: string;
  body: Record<string, unknown>;
  /** The name of a firmware in the stage's bucket. */
  firmware?: string | undefined;
  /** The name of a charging profile of the library; `body` is then what it is for. */
  profile?: string | undefined;
}

/** Of one charge point. */
interface AskedOfOne extends Asked {
  chargePointId: string;
  commandId: string;
  /** Until when it may be sent, if that is said. */
  until?: Date | undefined;
}

/** The versions that a charge point may speak: that of its connection, or of its last boot. @throws {Problem} */
export async function versionsSpokenBy(id: string, ports: ApiPorts): Promise<readonly Protocol[]> {
  const { protocol: booted } = await readChargePoint(id, ports);
  const protocol = live(await ports.connections.read(id), ports.clock.now())?.protocol ?? booted;
  // One that never came may be of any version: it is checked again before it is sent.
  return protocol ? [protocol] : protocols;
}

/**
 * The payload of a command, with what only the system knows filled in where it was left out. What is not valid takes no
 * numbers.
 *
 * @throws {Problem} when it is not as the charge point's version asks for
 */
export async function completed(asked: AskedOfOne, ports: ApiPorts): Promise<object> {
  return prepared(asked, await versionsSpokenBy(asked.chargePointId, ports), ports, ports);
}

/** No charge point has this name: a thing's has no `#`. */
const anybody = { chargePointId: '#anybody', commandId: 'trial' };

/** Whether a command can be completed for a charge point of one of these versions. @throws {Problem} when it can't */
export async function checkCompletable(asked: Asked, versions: readonly Protocol[], ports: ApiPorts): Promise<void> {
  await prepared({ ...asked, ...anybody }, versions, ports, onTrial(ports));
}

async function prepared(
  { body, firmware, profile: name, until, ...call }: AskedOfOne,
  spoken: readonly Protocol[],
  ports: ApiPorts,
  completion: CompletionPorts,
): Promise<object> {
  const versions = versionsOf(call.action, spoken);
  if (firmware !== undefined) await checkFirmware(firmware, call.action, versions, ports);
  const profile = name === undefined ? undefined : await profileFor(name, call.action, body, ports);
  const more = { ...(firmware !== undefined && { firmware }), ...(profile && { profile }), ...(until && { until }) };
  try {
    return await prepare({ ...call, payload: body, ...more }, versions, completion);
  } catch (error) {
    throw error instanceof OcppError ? payloadInvalid(error) : problemOf(error);
  }
}

/** @throws {Problem} */
async function checkFirmware(
  name: string,
  action: string,
  versions: readonly Protocol[],
  ports: ApiPorts,
): Promise<void> {
  const takesIt = versions.some((version) => hasBlank(blankTables[version][action] ?? {}, 'firmware'));
  if (!takesIt) throw new Problem('bad-parameter', `Leave firmware away: ${action} installs none.`);
  await readFirmware(name, ports);
}

const use = z.strictObject({
  evseId: z.int().check(z.minimum(0)),
  transactionId: z.optional(z.string().check(z.minLength(1), z.maxLength(36))),
});

/** @throws {Problem} unless it may be set, and the body is a `Use` */
async function profileFor(name: string, action: string, body: object, ports: ApiPorts): Promise<NamedProfile> {
  if (action !== 'SetChargingProfile') throw new Problem('bad-parameter', `Leave profile away: ${action} sets none.`);
  const profile = await profileNamed(name, ports);
  if (!profile) throw profileUnknown();
  checked(use, body, 'bad-body');
  return profile;
}

export function profileUnknown(): Problem {
  return new Problem('charging-profile-unknown', 'List the charging profiles for those that there are.');
}

/** What whoever asks can do something about. */
export function problemOf(error: unknown): unknown {
  if (error instanceof NoNumberFree) {
    return new Problem('no-number-free', 'Say the number in the payload: none could be chosen for you.');
  }
  // A URL that is to be good for too long, or would be longer than OCPP has room for.
  if (error instanceof RangeError) return new Problem('bad-body', `Correct this: ${error.message}`);
  return error;
}
