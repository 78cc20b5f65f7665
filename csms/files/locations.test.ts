import { expect, it } from 'vitest';
import { SettableClock } from '../../test/memory/clock.js';
import { MemoryFiles } from '../../test/memory/files.js';
import { atOnce } from '../../test/memory/turn.js';
import { firmwareKey, uploadFolder } from './keys.js';
import { keyIn, withoutSecrets } from './locations.js';

const clock = new SettableClock();
const urls = new MemoryFiles(atOnce, clock);
const expiresAt = new Date(clock.now().getTime() + 60_000);
const folder = uploadFolder({ chargePointId: 'CP:1', kind: 'log', requestId: 7 });

it("of the stage's own URLs the key is known", () => {
  expect(keyIn(urls.uploadUrl({ key: folder, expiresAt }))).toBe('uploads/CP:1/log/7/');
  expect(keyIn(urls.downloadUrl({ key: firmwareKey('é.bin'), expiresAt }))).toBe('firmware/~C3~A9.bin');
});

it.each(['https://edge.example/files/firmware/1', 'ftp://somewhere/uploads/CP1/log/7/', 'no URL'])(
  '%s is not one of them',
  (location) => {
    expect(keyIn(location)).toBeUndefined();
  },
);

it('what lets its reader in is no longer in it', () => {
  expect(withoutSecrets(urls.uploadUrl({ key: folder, expiresAt }))).toBe(
    'https://edge.example/files/uploads/CP:1/log/7/',
  );
  expect(withoutSecrets('https://user:password@files.acme.com/a?token=b')).toBe('https://files.acme.com/a');
  expect(withoutSecrets('no URL')).toBe('no URL');
});
