import { describe, expect, it } from 'vitest';
import type { MessageRecord } from '../../csms/messages/records.js';
import { itemsOf } from './cloud.js';
import { isAtLeastOnce, newThing } from './deliveries.js';
import { dial, Refused } from './socket.js';
import { eventually, testSystem } from './system.js';

const csms = testSystem();
const withOwnAnswer = testSystem({ stage: 'withOwnAnswer' });

/** What is logged of an action, once it is as expected. */
const logged = (
  identity: string,
  action: string,
  isThere = (one: MessageRecord) => one.answer !== undefined,
  on = csms,
) =>
  eventually(`${action} in the log`, async () => {
    const all = (await itemsOf(on.system, 'MessagesTable', identity)) as MessageRecord[];
    return all.find((one) => one.action === action && isThere(one));
  });

describe('what is said', () => {
  it('by a charge point is in the log, with its answer', async () => {
    const identity = await csms.thing();
    const socket = await dial(`${csms.url}${identity}`, { offered: ['ocpp1.6'] });
    await socket.call('Authorize', { idTag: '04A2B3' });
    expect(await logged(identity, 'Authorize')).toMatchObject({
      ...{ askedBy: 'charge-point', protocol: 'ocpp1.6', request: { json: '{"idTag":"04A2B3"}' } },
      answer: { by: 'csms', type: 'CALLRESULT', latency: expect.any(Number) },
    });
  });

  it('to a charge point is in the log, without the secret that is in it', async () => {
    const identity = await csms.thing();
    const socket = await dial(`${csms.url}${identity}`, { offered: ['ocpp1.6'] });
    await csms.advance(1_000);
    const mqtt = await csms.mqttClient();
    const payload = { key: 'AuthorizationKey', value: '0123456789abcdef' };
    await mqtt.publishAsync(`${identity}/out`, JSON.stringify([2, 'key', 'ChangeConfiguration', payload]), { qos: 1 });
    const [, messageId] = await socket.frame();
    socket.send(JSON.stringify([3, messageId, { status: 'Accepted' }]));
    expect(await logged(identity, 'ChangeConfiguration')).toMatchObject({
      ...{ askedBy: 'csms', commandId: 'key', status: 'accepted' },
      request: { json: '{"key":"AuthorizationKey","value":"***"}' },
      answer: { by: 'charge-point', json: '{"status":"Accepted"}' },
    });
  });

  it('and answered elsewhere is in the log with that answer, once the built-in one comes for nothing', async () => {
    const identity = await withOwnAnswer.thing();
    const socket = await dial(`${withOwnAnswer.url}${identity}`);
    const answer = await socket.call('Authorize', { idToken: { idToken: 'DE-1', type: 'eMAID' } });
    await withOwnAnswer.advance(11_000);
    expect(await logged(identity, 'Authorize', ({ answer }) => answer !== undefined, withOwnAnswer)).toMatchObject({
      answer: { by: 'elsewhere', type: 'CALLRESULT', json: JSON.stringify(answer) },
    });
  });
});

describe('a refused handshake', () => {
  it('is kept, with where it came from as the edge saw it', async () => {
    const identity = newThing();
    const headers = {
      'user-agent': 'Wallbox/1.0',
      'x-viewer-address': '198.51.100.1',
      'x-forwarded-for': '198.51.100.1',
    };
    await expect(dial(`${csms.url}${identity}`, { offered: ['ocpp1.6'], headers })).rejects.toThrow(Refused);
    expect(await itemsOf(csms.system, 'KnocksTable', identity)).toMatchObject([
      {
        // A write that is said to have failed is made again.
        ...{ code: 'not-registered', times: isAtLeastOnce() ? expect.any(Number) : 1 },
        last: {
          ...{ address: expect.stringContaining('127.0.0.1'), subprotocols: 'ocpp1.6' },
          ...{ userAgent: 'Wallbox/1.0', hasCredentials: false },
        },
      },
    ]);
  });
});
