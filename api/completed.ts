import * as z from 'zod/mini';
import { profileNamed, type Use } from '../csms/charging-profiles/library.js';
import { payloadOf } from '../csms/charging-profiles/payload.js';
import { blankTables } from '../csms/commands/blanks.js';
import { complete, onTrial } from '../csms/commands/complete.js';
import { live } from '../csms/connections/life.js';
import { NoNumberFree } from '../csms/numbers/allocate.js';
import type { OcppError } from '../csms/ocpp/errors.js';
import { type Protocol, protocols } from '../csms/ocpp/protocol.js';
import { checked } from './checked.js';
import { faultOf, payloadInvalid, versionsOf } from './payload.js';
import type { ApiPorts } from './ports.js';
import { Problem } from './problem.js';
import { readChargePoint } from './resources/charge-points.js';
import { readFirmware } from './resources/firmware.js';

/** A command as somebody asks for it. */
interface Asked {
  chargePointId: string;
  commandId: string;
  action: string;
  body: Record<string, unknown>;
  /** The name of a firmware in the stage's bucket. */
  firmware?: string | undefined;
  /** The name of a charging profile of the library; `body` is then what it is for. */
  profile?: string | undefined;
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
export async function completed(asked: Asked, ports: ApiPorts): Promise<object> {
  const { chargePointId, commandId, action, firmware } = asked;
  const versions = versionsOf(action, await versionsSpokenBy(chargePointId, ports));
  if (firmware !== undefined) await checkFirmware(firmware, action, versions, ports);
  const payload = await payloadsOf(asked, ports);
  let first: OcppError | undefined;
  for (const version of versions) {
    const call = {
      chargePointId,
      commandId,
      action,
      payload: payload(version),
      ...(firmware !== undefined && { firmware }),
    };
    try {
      const fault = await faultOf(version, action, await complete(call, version, onTrial(ports)));
      if (!fault) return (await complete(call, version, ports)) as object;
      first ??= fault;
    } catch (error) {
      throw problemOf(error);
    }
  }
  throw first ? payloadInvalid(first) : new Error(`No version has ${action}.`);
}

/** @throws {Problem} */
async function checkFirmware(
  name: string,
  action: string,
  versions: readonly Protocol[],
  ports: ApiPorts,
): Promise<void> {
  const takesIt = versions.some((version) => JSON.stringify(blankTables[version][action] ?? {}).includes('"firmware"'));
  if (!takesIt) throw new Problem('bad-parameter', `Leave firmware away: ${action} installs none.`);
  await readFirmware(name, ports);
}

const use = z.strictObject({
  evseId: z.int().check(z.minimum(0)),
  transactionId: z.optional(z.string().check(z.minLength(1), z.maxLength(36))),
});

/** The payload for each version, as it is asked for. @throws {Problem} */
async function payloadsOf(
  { action, body, profile: name }: Asked,
  ports: ApiPorts,
): Promise<(version: Protocol) => object> {
  if (name === undefined) return () => body;
  if (action !== 'SetChargingProfile') throw new Problem('bad-parameter', `Leave profile away: ${action} sets none.`);
  const profile = await profileNamed(name, ports);
  if (!profile) throw profileUnknown();
  const { transactionId, evseId } = checked(use, body, 'bad-body') as z.infer<typeof use>;
  const about: Use = { evseId, ...(transactionId !== undefined && { transactionId }) };
  return (version) => payloadOf(profile, about, version);
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
