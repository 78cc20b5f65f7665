import type { Responses } from '../../schemas/generated/ocpp1.6/types.js';
import type { Authorization } from '../id-tokens/authorize.js';

type IdTagInfo = Responses['Authorize']['idTagInfo'];

/** What 1.6 has no word for is Invalid when nobody knows the token, and Blocked when somebody does. */
const statuses: Record<Authorization['status'], IdTagInfo['status']> = {
  Accepted: 'Accepted',
  Blocked: 'Blocked',
  ConcurrentTx: 'ConcurrentTx',
  Expired: 'Expired',
  Invalid: 'Invalid',
  NoCredit: 'Blocked',
  NotAllowedTypeEVSE: 'Blocked',
  NotAtThisLocation: 'Blocked',
  NotAtThisTime: 'Blocked',
  Unknown: 'Invalid',
};

/** What 1.6 says of a token. Its expiryDate is when the charge point's cache is to forget it. */
export function idTagInfo({ status, groupId, cacheUntil }: Authorization): IdTagInfo {
  return {
    status: statuses[status],
    ...(groupId && { parentIdTag: groupId }),
    ...(cacheUntil && { expiryDate: cacheUntil.toISOString() }),
  };
}
