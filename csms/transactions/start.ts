import { type Authorization, authorize } from '../id-tokens/authorize.js';
import type { HandlerContext } from '../ocpp/handler.js';
import { naturalId, type Start, startKey } from './natural-id.js';
import { isLate, presented, withStatus } from './presented.js';
import { record } from './record.js';

/** An id is another start's once in two billion times; this often in a row only where something is broken. */
const attempts = 5;

/**
 * 1.6 4.8: a transaction began, and gets its id; so it does when its token is refused, since it is the charge point that
 * stops it. The same start told again gets the same id and the same answer.
 */
export async function startTransaction(
  start: Start & { reservationId?: number },
  context: HandlerContext,
): Promise<{ transactionId: number; authorization: Authorization }> {
  const { chargePointId, protocol, receivedAt } = context;
  const { connectorId, idTag, meterStart, at, reservationId } = start;
  const authorization = await authorize({ idToken: idTag }, context);
  const key = startKey(start);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const transactionId = naturalId(chargePointId, key, attempt);
    const transaction = await record(
      {
        type: 'started',
        ...{ chargePointId, protocol, at, receivedAt },
        transactionId: String(transactionId),
        evseId: connectorId,
        connectorId: 1,
        idToken: presented({ idToken: idTag }, authorization),
        ...(reservationId !== undefined && { reservationId }),
        ...(isLate(at, receivedAt) && { offline: true }),
        meterValues: [],
        register: { at: at.toISOString(), wh: meterStart, context: 'meterStart' },
        startKey: key,
      },
      context,
    );
    const status = transaction?.idToken?.value.authorization;
    if (status) return { transactionId, authorization: withStatus(authorization, status) };
  }
  throw new Error(`No id was free for a transaction of ${chargePointId}.`);
}
