import { expect, it } from 'vitest';
import { isSecret } from './secrets.js';

it.each([
  ['AuthorizationKey', true],
  ['BasicAuthPassword', true],
  ['apnPassword', true],
  ['vpnPassword', true],
  ['VPNPASSWORD', true],
  ['VpnKey', true],
  ['ApnSimPin', true],
  ['SharedSecret', true],
  ['HeartbeatInterval', false],
  ['', false],
])('the value of %s is a secret: %s', (name, is) => {
  expect(isSecret(name)).toBe(is);
});
