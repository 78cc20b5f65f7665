import type { Requests } from '../../schemas/generated/ocpp2.1/types.js';
import type { LocalListEntry, LocalListUpdate } from '../id-tokens/local-list.js';
import { idTokenInfo } from './id-token-info.js';

/** D01: an update of the local list, as 2.x has it. A token without idTokenInfo is to be removed; an empty list is left out. */
export function sendLocalList({ version, entries, removed }: LocalListUpdate): Requests['SendLocalList'] {
  const token = ({ idToken, type }: LocalListEntry) => ({ idToken: { idToken, type } });
  const list = [
    ...(removed ?? []).map(token),
    ...entries.map((entry) => ({ ...token(entry), idTokenInfo: idTokenInfo(entry.authorization) })),
  ];
  return {
    versionNumber: version,
    updateType: removed ? 'Differential' : 'Full',
    ...(list.length > 0 && { localAuthorizationList: list }),
  };
}
