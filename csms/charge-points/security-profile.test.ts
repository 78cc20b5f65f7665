import { expect, it } from 'vitest';
import type { Component } from '../device-model/ports.js';
import { profileInUse, reportedProfile, securityComponent } from './security-profile.js';

const told = { at: '2026-01-02T03:04:05.000Z', receivedAt: '2026-01-02T03:04:05.000Z' };
const component = (name: string, is?: string): Component => ({
  name: 'SecurityCtrlr',
  variables: [{ name, attributes: [{ type: 'Actual', ...(is !== undefined && { value: { is, ...told } }) }] }],
});
const connection = { connectionId: 'c', protocol: 'ocpp2.0.1', since: told.at } as const;

it.each([
  ['is told in a variable of 2.x', component('SecurityProfile', '3'), 3],
  ['is one however its name is spelled', component('securityprofile', '0'), 0],
  ['is unknown where none was told', component('SecurityProfile'), undefined],
  ['is unknown where it is no number', component('SecurityProfile', 'high'), undefined],
  ['is unknown where the component has no such variable', component('Identity', '2'), undefined],
  ['is unknown of who said nothing', undefined, undefined],
])('the reported security profile %s', (_, component, profile) => {
  expect(reportedProfile(component)).toBe(profile);
});

it('it is a key of 1.6, and a variable of 2.x', () => {
  expect(securityComponent('ocpp1.6').name).toBe('Configuration');
  expect(securityComponent('ocpp2.1').name).toBe('SecurityCtrlr');
  expect(securityComponent(undefined).name).toBe('SecurityCtrlr');
});

it.each([
  ['without a password is 0', { ...connection, hasPassword: false }, true, 0],
  ['with a password is 1', { ...connection, hasPassword: true }, false, 1],
  ['with a password, behind TLS, is 2', { ...connection, hasPassword: true }, true, 2],
  ['of a connection that is older than that is noted is unknown', connection, true, undefined],
  ['of who is not connected is none', undefined, true, undefined],
])('the security profile in use %s', (_, connection, isEncrypted, profile) => {
  expect(profileInUse(connection, isEncrypted)).toBe(profile);
});
