import type { Effect } from '../../ocpp/effect.js';
import { remoteStartAccepted } from '../../remote-starts/accepted.js';

/** F01, F02: a transaction is to start; or it has, when the cable was plugged in first, and is named in the answer. */
export const requestStartTransaction: Effect<'ocpp2.1', 'RequestStartTransaction'> = async (answered, context) => {
  const { response, command, at } = answered;
  if (response.status !== 'Accepted') return;
  await remoteStartAccepted({ command, at, transactionId: response.transactionId }, context);
};
