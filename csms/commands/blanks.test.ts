import { expect, it } from 'vitest';
import { hasBlank } from './blanks.js';

it.each([
  ['a member', { location: 'firmware' }, true],
  ['what a member holds', { requestId: 'request', 'image?': { location: 'firmware' } }, true],
  ['no member, though one is named like it', { firmware: { retrieveDateTime: 'now' } }, false],
] as const)('a blank is found in %s', (_, blanks, is) => {
  expect(hasBlank(blanks, 'firmware')).toBe(is);
});
