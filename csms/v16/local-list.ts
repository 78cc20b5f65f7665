import type { Requests } from '../../schemas/generated/ocpp1.6/types.js';
import type { LocalListUpdate } from '../id-tokens/local-list.js';
import { idTagInfo } from './id-tag-info.js';

/** 5.15: an update of the local list, as 1.6 has it. A token without idTagInfo is to be removed. */
export function sendLocalList({ version, entries, removed }: LocalListUpdate): Requests['SendLocalList'] {
  return {
    listVersion: version,
    localAuthorizationList: [
      ...(removed ?? []).map(({ idToken }) => ({ idTag: idToken })),
      ...entries.map(({ idToken, authorization }) => ({ idTag: idToken, idTagInfo: idTagInfo(authorization) })),
    ],
    updateType: removed ? 'Differential' : 'Full',
  };
}
