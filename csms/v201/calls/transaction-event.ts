import type { Responses } from '../../../schemas/generated/ocpp2.0.1/types.js';
import type { Requests } from '../../../schemas/generated/ocpp2.1/types.js';
import { authorize } from '../../id-tokens/authorize.js';
import { dateTime } from '../../ocpp/date-time.js';
import { OcppError } from '../../ocpp/errors.js';
import type { HandlerContext } from '../../ocpp/handler.js';
import type { TransactionEvent } from '../../transactions/event.js';
import { placeOf } from '../../transactions/place.js';
import { presented, withStatus } from '../../transactions/presented.js';
import { record } from '../../transactions/record.js';
import { verdictOn } from '../../transactions/tokens.js';
import { idTokenInfo } from '../id-token-info.js';
import { meterValue } from '../meter-value.js';

/** C01: ConcurrentTx is for the answer to a start only; a token that comes later is told the nearest that there is. */
const concurrent = { started: 'ConcurrentTx', updated: 'NotAtThisTime' } as const;

const types = { Started: 'started', Updated: 'updated', Ended: 'ended' } as const;

/** E01-E15: something happened in a transaction. What takes 2.1's request and gives 2.0.1's response serves both. */
export async function transactionEvent(
  request: Requests['TransactionEvent'],
  context: HandlerContext,
): Promise<Responses['TransactionEvent']> {
  const { chargePointId, protocol, receivedAt } = context;
  const { eventType, seqNo, evse, offline, reservationId, triggerReason, idToken, meterValue: sent = [] } = request;
  const { costDetails } = request;
  const { transactionId, chargingState, stoppedReason, remoteStartId, tariffId, transactionLimit } =
    request.transactionInfo;
  // The schema lets it be empty; one transaction could not be told from another.
  if (transactionId === '') {
    throw new OcppError('PropertyConstraintViolation', 'transactionInfo.transactionId must not be empty');
  }
  const authorization = idToken && (await authorize(idToken, context));
  const event: TransactionEvent = {
    type: types[eventType],
    ...{ chargePointId, transactionId, protocol, receivedAt, seqNo },
    at: dateTime(request.timestamp),
    ...(evse && { evseId: evse.id, ...(evse.connectorId !== undefined && { connectorId: evse.connectorId }) }),
    ...(idToken &&
      authorization && { idToken: presented({ idToken: idToken.idToken, type: idToken.type }, authorization) }),
    ...(triggerReason === 'StopAuthorized' && { isStop: true }),
    ...(chargingState && { chargingState }),
    ...(tariffId && { tariffId }),
    ...(transactionLimit && { transactionLimit: JSON.stringify(transactionLimit) }),
    // Of the periods there may be hundreds, and the whole transaction is written with each event.
    ...(costDetails && { costDetails: JSON.stringify({ ...costDetails, chargingPeriods: undefined }) }),
    // E06: left out, it is Local.
    ...(eventType === 'Ended' && { reason: stoppedReason ?? 'Local' }),
    ...(remoteStartId !== undefined && { remoteStartId }),
    ...(reservationId !== undefined && { reservationId }),
    ...(offline && { offline }),
    meterValues: sent.map(meterValue),
  };
  const transaction = await record(event, context);
  if (!event.idToken || !authorization) return {};
  // Of a token that ends it nothing else is asked than who may stop it, which the station decides.
  if (event.type === 'ended' || event.isStop) return { idTokenInfo: idTokenInfo(authorization) };
  const verdict = verdictOn(transaction ?? {}, { by: placeOf(event).by, value: event.idToken });
  const status = verdict === 'ConcurrentTx' ? concurrent[event.type] : verdict;
  return { idTokenInfo: idTokenInfo(withStatus(authorization, status)) };
}
