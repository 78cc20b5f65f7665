import { expect, it } from 'vitest';
import { firmwareKey, nameIn, uploadFolder } from './keys.js';

const upload = { chargePointId: 'CP1', kind: 'log', requestId: 7 } as const;

it('an upload is found by its charge point, its kind and its request', () => {
  expect(uploadFolder(upload)).toBe('uploads/CP1/log/7/');
});

it('firmware is apart from uploads, which are deleted', () => {
  expect(firmwareKey('wallbox-1.2.3.bin')).toBe('firmware/wallbox-1.2.3.bin');
});

it.each([
  ['../CP2', 'uploads/~2E.~2FCP2/log/7/'],
  ['..', 'uploads/~2E./log/7/'],
  ['CP:1_a-b', 'uploads/CP:1_a-b/log/7/'],
  ['é', 'uploads/~C3~A9/log/7/'],
  ['\ud800', 'uploads/~EF~BF~BD/log/7/'],
])('charge point %j writes only below its own name', (chargePointId, folder) => {
  expect(uploadFolder({ ...upload, chargePointId })).toBe(folder);
});

it('what somebody chose can not be taken for what stands there for something else', () => {
  expect(firmwareKey('~2E')).not.toBe(firmwareKey('.'));
});

it.each(['wallbox-1.2.3.bin', '.hidden', 'a b/é€.bin', '~2E', '100%'])('a key tells the name %j again', (name) => {
  expect(nameIn(firmwareKey(name))).toBe(name);
});
