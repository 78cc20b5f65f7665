import { describe, expect, it } from 'vitest';
import { frameWithoutSecrets, withoutSecrets } from './without-secrets.js';

const secret = '0123456789abcdef';
const component = { name: 'SecurityCtrlr' };

describe('a payload without secrets', () => {
  it('is otherwise as it was', () => {
    const payload = { idTag: '04A2B3', parts: [1, null, { key: 'HeartbeatInterval', value: '300' }], empty: '' };
    expect(withoutSecrets(payload)).toEqual(payload);
  });

  it.each<[string, object]>([
    ['ChangeConfiguration', { key: 'AuthorizationKey', value: secret }],
    ['GetConfiguration', { configurationKey: [{ key: 'authorizationKEY', readonly: false, value: secret }] }],
    [
      'SetVariables',
      { setVariableData: [{ component, variable: { name: 'BasicAuthPassword' }, attributeValue: secret }] },
    ],
    [
      'GetVariables',
      { getVariableResult: [{ component, variable: { name: 'BasicAuthPassword' }, attributeValue: secret }] },
    ],
    [
      'NotifyReport',
      { reportData: [{ component, variable: { name: 'BasicAuthPassword' }, variableAttribute: [{ value: secret }] }] },
    ],
    ['NotifyEvent', { eventData: [{ component, variable: { name: 'ApnPassword' }, actualValue: secret }] }],
    [
      'SetNetworkProfile',
      { connectionData: { basicAuthPassword: secret, vpn: { password: secret }, apn: { apnPassword: secret } } },
    ],
    ['SetNetworkProfile with a VPN', { connectionData: { vpn: { user: 'me', key: secret, type: 'IPSec' } } }],
    ['SetNetworkProfile with a SIM', { connectionData: { apn: { apn: 'internet', simPin: secret } } }],
    ['Authorize with a PIN', { idToken: { idToken: secret, type: 'KeyCode' } }],
    ['UpdateFirmware', { location: `ftp://csms:${secret}@files.example/firmware.bin` }],
    [
      'GetLog',
      { log: { remoteLocation: `https://b.example/log?X-Amz-Date=1&X-Amz-Signature=${secret}&x-id=PutObject` } },
    ],
    [
      'GetDiagnostics to the own bucket',
      { location: `https://csms.example/files/1767326645-PUT-${secret}${'x'.repeat(27)}/uploads/CP1/diagnostics/7/` },
    ],
  ])('has none of %s', (_action, payload) => {
    expect(JSON.stringify(payload)).toContain(secret);
    const told = JSON.stringify(withoutSecrets(payload));
    expect(told).not.toContain(secret);
    expect(told).toContain('***');
  });

  it('has whatever else is said beside a secret', () => {
    const data = {
      component,
      variable: { name: 'BasicAuthPassword' },
      attributeType: 'Actual',
      attributeValue: secret,
    };
    expect(withoutSecrets(data)).toEqual({ ...data, attributeValue: '***' });
  });

  it('says where a file is, and not how to get it', () => {
    const location = `https://csms.example/files/1767326645-GET-${'x'.repeat(43)}/firmware/wallbox.bin`;
    expect(withoutSecrets(location)).toBe('https://csms.example/files/1767326645-GET-***/firmware/wallbox.bin');
  });

  it('is so in a frame too, and what is no frame is as it was', () => {
    const frame = ['m1', { idToken: { idToken: '4711', type: 'keycode' } }];
    expect(frameWithoutSecrets(JSON.stringify(frame))).toBe('["m1",{"idToken":{"idToken":"***","type":"keycode"}}]');
    expect(frameWithoutSecrets('[2,')).toBe('[2,');
  });

  it.each([undefined, null, 7, true, []])('of %j has nothing to hide', (value) => {
    expect(withoutSecrets(value)).toEqual(value);
  });
});
