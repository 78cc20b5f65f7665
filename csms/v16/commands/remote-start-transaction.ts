import type { Effect } from '../../ocpp/effect.js';
import { remoteStartAccepted } from '../../remote-starts/accepted.js';

/** 5.11: a transaction is to start. */
export const remoteStartTransaction: Effect<'ocpp1.6', 'RemoteStartTransaction'> = async (answered, context) => {
  const { response, command, at } = answered;
  if (response.status === 'Accepted') await remoteStartAccepted({ command, at }, context);
};
