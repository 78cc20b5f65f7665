import { describe, expect, it } from 'vitest';
import { isStartedBy, remoteStartOf } from './remote-start.js';

const commandId = 'm1';
const of = (action: string, payload: object) => remoteStartOf({ commandId, action, payload: JSON.stringify(payload) });
const idToken = { idToken: '04A2B3', type: 'ISO14443' };

describe('what a charge point is asked to start', () => {
  it.each([
    ['ocpp1.6', 'RemoteStartTransaction', { idTag: '04A2B3' }, {}],
    ['ocpp1.6, at a connector', 'RemoteStartTransaction', { idTag: '04A2B3', connectorId: 2 }, { evseId: 2 }],
    ['2.x', 'RequestStartTransaction', { remoteStartId: 7, idToken }, { remoteStartId: 7 }],
    [
      '2.x, at an EVSE',
      'RequestStartTransaction',
      { remoteStartId: 7, idToken, evseId: 2 },
      { remoteStartId: 7, evseId: 2 },
    ],
  ])('%s %s %j', (_, action, payload, more) => {
    expect(of(action, payload)).toEqual({ commandId, idToken: '04A2B3', ...more });
  });

  it('is nothing, with another command', () => {
    expect(of('RequestStopTransaction', { transactionId: 't1' })).toBeUndefined();
  });
});

describe('a start', () => {
  const asked16 = { commandId, idToken: '04A2B3' };
  const asked2x = { ...asked16, remoteStartId: 7 };

  it.each([
    ['its token', asked16, { idToken: '04A2B3', evseId: 1 }, true],
    ['its token in other letters', asked16, { idToken: '04a2b3' }, true],
    ['another token', asked16, { idToken: '04A2B4' }, false],
    ['no token', asked16, {}, false],
    ['its connector', { ...asked16, evseId: 2 }, { idToken: '04A2B3', evseId: 2 }, true],
    ['another connector', { ...asked16, evseId: 2 }, { idToken: '04A2B3', evseId: 1 }, false],
    ['no connector, where one was asked for', { ...asked16, evseId: 2 }, { idToken: '04A2B3' }, false],
    ['its number', asked2x, { remoteStartId: 7 }, true],
    ['another number', asked2x, { remoteStartId: 8 }, false],
    ['its token without its number, where it has one', asked2x, { idToken: '04A2B3' }, false],
  ])('with %s: %j %j is what was asked for: %s', (_, asked, told, is) => {
    expect(isStartedBy(asked, told)).toBe(is);
  });
});
