import type { Responses } from '../../schemas/generated/ocpp2.0.1/types.js';
import type { Authorization } from '../id-tokens/authorize.js';

/** What 2.x says of a token. A group is the operator's own, so it is of type Central. */
export function idTokenInfo({
  status,
  groupId,
  language,
  cacheUntil,
}: Authorization): Responses['Authorize']['idTokenInfo'] {
  return {
    status,
    ...(groupId && { groupIdToken: { idToken: groupId, type: 'Central' } }),
    ...(language && { language1: language }),
    ...(cacheUntil && { cacheExpiryDateTime: cacheUntil.toISOString() }),
  };
}
