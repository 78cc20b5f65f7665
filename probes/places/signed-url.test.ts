import { describe, expect, it } from 'vitest';
import { mqttUrl, signedQuery } from './signed-url.js';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const at = new Date('2015-08-30T12:36:00Z');

it("signs as in AWS's test suite of Signature Version 4, get-vanilla by query string", () => {
  const host = 'example.amazonaws.com';
  const request = { host, path: '/', service: 'service', region: 'us-east-1', credentials, at, goodFor: 3600 };
  expect(signedQuery(request)).toBe(
    'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fservice%2Faws4_request' +
      '&X-Amz-Date=20150830T123600Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host' +
      '&X-Amz-Signature=e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d',
  );
});

describe('the URL for MQTT', () => {
  const host = 'abc-ats.iot.eu-west-1.amazonaws.com';
  const parameters = (url: string) => new URL(url).searchParams;

  it("is the device gateway's", () => {
    const url = mqttUrl(host, 'eu-west-1', credentials, at);
    expect(url).toMatch(/^wss:\/\/abc-ats\.iot\.eu-west-1\.amazonaws\.com\/mqtt\?/);
    expect(parameters(url).get('X-Amz-Credential')).toBe(
      'AKIDEXAMPLE/20150830/eu-west-1/iotdevicegateway/aws4_request',
    );
  });

  it('has the session token of temporary credentials at its end, unsigned', () => {
    const temporary = mqttUrl(host, 'eu-west-1', { ...credentials, sessionToken: 'a+b/c=' }, at);
    expect(temporary).toBe(`${mqttUrl(host, 'eu-west-1', credentials, at)}&X-Amz-Security-Token=a%2Bb%2Fc%3D`);
  });
});
