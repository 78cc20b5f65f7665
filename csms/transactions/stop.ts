import { createHash } from 'node:crypto';
import { type Authorization, authorize } from '../id-tokens/authorize.js';
import type { MeterValue } from '../meter-values/ports.js';
import type { HandlerContext } from '../ocpp/handler.js';
import type { TransactionEvent } from './event.js';
import { isLate, presented } from './presented.js';
import { record } from './record.js';

export interface Stop {
  transactionId: number;
  at: Date;
  /** Wh */
  meterStop: number;
  idTag?: string;
  reason?: string;
  meterValues: MeterValue[];
}

/**
 * 1.6 4.10: a transaction ended, and nothing that is answered changes that. One that nobody knows is kept too, under an id
 * of its own.
 *
 * @returns what is said of the token that stopped it, if one did
 */
export async function stopTransaction(stop: Stop, context: HandlerContext): Promise<Authorization | undefined> {
  const { transactionId, at, meterStop, idTag, reason, meterValues } = stop;
  const { chargePointId, protocol, receivedAt } = context;
  const authorization = idTag === undefined ? undefined : await authorize({ idToken: idTag }, context);
  const event: TransactionEvent = {
    type: 'ended',
    ...{ chargePointId, protocol, at, receivedAt, meterValues },
    transactionId: String(transactionId),
    ...(idTag !== undefined && authorization && { idToken: presented({ idToken: idTag }, authorization) }),
    reason: reason ?? 'Local',
    ...(isLate(at, receivedAt) && { offline: true }),
    register: { at: at.toISOString(), wh: meterStop, context: 'meterStop' },
    isKnownOnly: true,
  };
  const known = await record(event, context);
  if (!known) await record({ ...event, transactionId: unknownId(stop), isKnownOnly: false }, context);
  return authorization;
}

/** Charge points that never got an id all say the same, after a power cut on several connectors in the same second. */
function unknownId({ transactionId, at, meterStop, idTag }: Stop): string {
  const hash = createHash('sha256').update(JSON.stringify([meterStop, idTag]));
  return `${transactionId}@${at.toISOString()}@${hash.digest('base64url').slice(0, 8)}`;
}
