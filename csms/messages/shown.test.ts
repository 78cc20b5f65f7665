import { describe, expect, it } from 'vitest';
import { longest, shown } from './shown.js';

const secret = '0123456789abcdef';
const component = { name: 'SecurityCtrlr' };

describe('a payload that is kept', () => {
  it('is as it was', () => {
    const payload = { idTag: '04A2B3', parts: [1, null, { key: 'HeartbeatInterval', value: '300' }], empty: '' };
    expect(shown(payload)).toEqual({ json: JSON.stringify(payload) });
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
    ['UpdateFirmware', { location: `ftp://csms:${secret}@files.example/firmware.bin` }],
    [
      'GetLog',
      { log: { remoteLocation: `https://b.example/log?X-Amz-Date=1&X-Amz-Signature=${secret}&x-id=PutObject` } },
    ],
  ])('has no secret of %s', (_action, payload) => {
    expect(JSON.stringify(payload)).toContain(secret);
    expect(shown(payload).json).not.toContain(secret);
    expect(shown(payload).json).toContain('***');
  });

  it('has whatever else is said beside a secret', () => {
    const data = {
      component,
      variable: { name: 'BasicAuthPassword' },
      attributeType: 'Actual',
      attributeValue: secret,
    };
    expect(shown(data)).toEqual({ json: JSON.stringify({ ...data, attributeValue: '***' }) });
  });

  it('that is long is cut off, and says so', () => {
    const payload = { data: 'x'.repeat(longest) };
    const json = JSON.stringify(payload);
    expect(shown(payload)).toEqual({ json: json.slice(0, longest), cutFrom: json.length });
  });

  it('may be nothing at all', () => {
    expect(shown(undefined)).toEqual({ json: 'null' });
  });
});
