import { describe, expect, it } from 'vitest';
import { current, hasEnded } from './statuses.js';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();
const told = (...statuses: string[]) => statuses.map((status, i) => ({ status, at: at(i) }));
const ends = [
  ...['Installed', 'InstallationFailed', 'InstallVerificationFailed', 'InvalidSignature', 'DownloadFailed'],
  ...['Published', 'PublishFailed', 'InvalidChecksum'],
  ...['Uploaded', 'UploadFailed', 'UploadFailure', 'BadMessage', 'NotSupportedOperation', 'PermissionDenied'],
  'AcceptedCanceled',
];

describe('a run of a job', () => {
  it.each(ends)('ends with %s, and what comes then is another', (status) => {
    expect(hasEnded(told('Begun', status))).toBe(true);
    expect(current(told('Begun', status, 'Begun'))?.startedAt).toBe(at(2));
  });

  it.each([
    ...['Idle', 'Downloaded', 'Downloading', 'DownloadScheduled', 'DownloadPaused', 'Installing', 'InstallRebooting'],
    ...['InstallScheduled', 'SignatureVerified', 'ChecksumVerified', 'Uploading'],
  ])('does not end with %s', (status) => {
    expect(hasEnded(told('Begun', status))).toBe(false);
  });

  it('has not ended that never began', () => {
    expect(hasEnded([])).toBe(false);
  });

  it.each(['DownloadScheduled', 'Downloading', 'DownloadPaused', 'Uploading'])(
    'begins with %s, also when the one before was never finished',
    (status) => {
      expect(current(told('Installing', status))?.startedAt).toBe(at(1));
    },
  );
});
