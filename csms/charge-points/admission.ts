import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KnockCode } from '../knocks/ports.js';
import { type Negotiated, negotiate } from '../ocpp/protocol.js';
import type { ChargePoint, ChargePoints, KeptPassword, Registry } from './ports.js';

export type Admission =
  | ({ outcome: 'admitted'; hasPassword: boolean } & Negotiated)
  /** No common subprotocol: the handshake completes without one, and the connection is closed (OCPP-J 3.2). */
  | { outcome: 'stray' }
  | { outcome: 'refused'; status: 401 | 404; code: KnockCode; why: string };

export interface Handshake {
  chargePointId: string;
  /** `Sec-WebSocket-Protocol` as offered. */
  subprotocols: string | undefined;
  /** `Authorization` as sent. */
  authorization: string | undefined;
}

export interface AdmissionPorts {
  chargePoints: ChargePoints;
  registry: Registry;
  stage: { namespace: string; allowSecurityProfile0: boolean };
}

/**
 * Decides on a handshake. OCPP-J 3.1.1: an unknown charge point is answered 404. A01: with the first that brings the password
 * which it took last, the former one ends.
 */
export async function admit(handshake: Handshake, ports: AdmissionPorts): Promise<Admission> {
  const { chargePointId } = handshake;
  const chargePoint = await registered(chargePointId, ports);
  if (!chargePoint) return refused(404, 'not-registered', `${chargePointId} is not registered as an IoT Thing`);
  if (chargePoint.namespace !== ports.stage.namespace) {
    const where = chargePoint.namespace ? `namespace ${chargePoint.namespace}` : 'the empty namespace';
    return refused(
      404,
      'other-namespace',
      `${chargePointId} is a charge point of ${where}: a thing name exists once per account and Region`,
    );
  }

  const { password, nextPassword } = chargePoint;
  const isNext = nextPassword !== undefined && passwordFits(handshake, nextPassword);
  const isFormer = password ? passwordFits(handshake, password) : ports.stage.allowSecurityProfile0;
  if (!isNext && !isFormer) {
    return password || nextPassword
      ? refused(401, 'wrong-password', 'user or password is wrong')
      : refused(401, 'no-password', `${chargePointId} has no password yet`);
  }

  if (isNext) await ports.chargePoints.usedPassword(chargePoint);
  const negotiated = negotiate(handshake.subprotocols);
  return negotiated
    ? { outcome: 'admitted', hasPassword: isNext || password !== undefined, ...negotiated }
    : { outcome: 'stray' };
}

/** A new password, which is kept nowhere, and what is kept of it. */
export function newPassword(): { password: string; kept: KeptPassword } {
  // 20 random bytes in hex: what OCPP 1.6 calls an AuthorizationKey, and long enough for 2.x.
  const password = randomBytes(20).toString('hex');
  return { password, kept: hashPassword(password, randomBytes(8).toString('hex')) };
}

/** Salt and hash to keep of a new password. Passwords are random keys of 16 bytes and more, so that one round of SHA-256 will do. */
export function hashPassword(password: string, salt: string): KeptPassword {
  return { salt, hash: createHash('sha256').update(salt).update(password).digest('hex') };
}

async function registered(
  chargePointId: string,
  { chargePoints, registry }: AdmissionPorts,
): Promise<ChargePoint | undefined> {
  const known = await chargePoints.find(chargePointId);
  if (known?.registered) return known;
  const thing = await registry.describe(chargePointId);
  if (!thing) return undefined;
  // Any event of the registry is newer than this look-up.
  await chargePoints.mirror({ chargePointId, registered: true, namespace: thing.namespace, at: 0 });
  return { ...known, chargePointId, registered: true, namespace: thing.namespace };
}

/** Security profiles 1 and 2: HTTP Basic, the user is the identity. */
function passwordFits({ chargePointId, authorization }: Handshake, { salt, hash }: KeptPassword): boolean {
  const credentials = Buffer.from(/^Basic (.+)$/i.exec(authorization ?? '')?.[1] ?? '', 'base64');
  const colon = credentials.indexOf(':');
  if (credentials.subarray(0, Math.max(colon, 0)).toString() !== chargePointId) return false;
  const sent = credentials.subarray(colon + 1);
  // 1.6 is configured with hex digits: most send the bytes they stand for, some the digits.
  return [sent.toString(), sent.toString().toLowerCase(), sent.toString('hex')].some((candidate) =>
    timingSafeEqual(Buffer.from(hashPassword(candidate, salt).hash), Buffer.from(hash)),
  );
}

function refused(status: 401 | 404, code: KnockCode, why: string): Admission {
  return { outcome: 'refused', status, code, why };
}
