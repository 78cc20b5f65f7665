import type { Run } from '../steps/step.js';
import type { Take } from './take.js';

interface SendLocalList16 {
  listVersion: number;
  updateType: 'Full' | 'Differential';
  localAuthorizationList?: { idTag: string; idTagInfo?: { status: string } }[];
}

interface SendLocalList2 {
  versionNumber: number;
  updateType: 'Full' | 'Differential';
  localAuthorizationList?: { idToken: { idToken: string }; idTokenInfo?: { status: string } }[];
}

/** What the CSMS says of a token; without a status it is to be forgotten. */
type Entry = [idToken: string, status: string | undefined];

/** 5.15. */
export const sendLocalList: Take<SendLocalList16> = ({ listVersion, updateType, localAuthorizationList = [] }, run) => {
  const entries = localAuthorizationList.map(({ idTag, idTagInfo }): Entry => [idTag, idTagInfo?.status]);
  return { status: take(listVersion, updateType, entries, run) };
};

/** D01. */
export const sendLocalListOf2: Take<SendLocalList2> = (
  { versionNumber, updateType, localAuthorizationList = [] },
  run,
) => {
  const entries = localAuthorizationList.map(
    ({ idToken, idTokenInfo }): Entry => [idToken.idToken, idTokenInfo?.status],
  );
  return { status: take(versionNumber, updateType, entries, run) };
};

/** 5.10. */
export const getLocalListVersion: Take<object> = (_request, { localList }) => ({ listVersion: localList.version });

/** D02. */
export const getLocalListVersionOf2: Take<object> = (_request, { localList }) => ({ versionNumber: localList.version });

function take(version: number, updateType: string, entries: Entry[], { localList }: Run): string {
  if (updateType === 'Differential' && version <= localList.version) return 'VersionMismatch';
  if (updateType === 'Full') localList.statuses.clear();
  for (const [idToken, status] of entries) {
    if (status === undefined) localList.statuses.delete(idToken);
    else localList.statuses.set(idToken, status);
  }
  localList.version = version;
  return 'Accepted';
}
