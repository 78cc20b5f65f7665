/**
 * What conformance asks of a CSMS and nobody expects. What is about sockets is tried over sockets, in
 * test/system/connections.test.ts: a charge point that resets reconnects at once, perhaps twice; what is in flight on the
 * old connection is answered there, it is closed gently, and those that reconnect on every close come to rest.
 */
import { describe, expect, it } from 'vitest';
import { answer } from '../../csms/answer.js';
import { deliver } from '../../csms/deliver.js';
import { type Protocol, protocols } from '../../csms/ocpp/protocol.js';
import { calling } from '../memory/calling.js';
import { chargePoint } from '../memory/charge-point.js';
import { elapse } from '../memory/elapse.js';
import { inMemory } from '../memory/index.js';

const at = '2026-01-02T03:00:00Z';
const start = { connectorId: 1, idTag: 'GOOD', meterStart: 1_000, timestamp: at };
const started = (transactionId: string, idToken: string) => ({
  ...{ eventType: 'Started', timestamp: at, triggerReason: 'Authorized', seqNo: 0, evse: { id: 1 } },
  ...{ transactionInfo: { transactionId }, idToken: { idToken, type: 'ISO14443' } },
});

function setUp(protocol: Protocol) {
  const memory = inMemory();
  memory.idTokens.put({ idToken: 'GOOD' });
  memory.idTokens.put({ idToken: 'EXPIRED', expiry: new Date(0) });
  memory.idTokens.put({ idToken: 'BLOCKED', status: 'Blocked' });
  memory.chargePoints.put({ chargePointId: 'CP1' });
  return { memory, ...calling(memory, protocol) };
}

/** A charge point with a connection, and what it hears on it. */
async function connected(protocol: Protocol) {
  const { memory, ...calls } = setUp(protocol);
  await chargePoint(memory, 'CP1', protocol).connect('c1');
  await elapse(memory, 1_000);
  let commands = 0;

  /** The operator asks for something; the charge point answers, or refuses to. */
  async function command(action: string, payload: object, response: object = { status: 'Rejected' }): Promise<string> {
    const id = `o${++commands}`;
    const text = JSON.stringify([2, id, action, payload]);
    const nobodys = { connectionId: undefined, receivedAt: undefined, isContested: false };
    await deliver({ chargePointId: 'CP1', text, publishedAt: memory.clock.now(), ...nobodys }, memory);
    const sent = memory.sockets.frames('c1').at(-1) ?? '';
    const receivedAt = memory.clock.now();
    const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt };
    await answer(JSON.stringify([3, id, response]), context);
    return sent;
  }
  return { memory, ...calls, command };
}

describe('an unknown, an expired and a blocked token', () => {
  it('TC_023 are three different words in 1.6', async () => {
    const { call } = setUp('ocpp1.6');
    const statusOf = async (idTag: string) => (await call('Authorize', { idTag })).idTagInfo.status;
    expect([await statusOf('NOBODY'), await statusOf('EXPIRED'), await statusOf('BLOCKED')]).toEqual([
      'Invalid',
      'Expired',
      'Blocked',
    ]);
  });

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)('C02 are three different words in %s', async (protocol) => {
    const { call } = setUp(protocol);
    const statusOf = async (idToken: string) =>
      (await call('Authorize', { idToken: { idToken, type: 'ISO14443' } })).idTokenInfo.status;
    expect([await statusOf('NOBODY'), await statusOf('EXPIRED'), await statusOf('BLOCKED')]).toEqual([
      'Unknown',
      'Expired',
      'Blocked',
    ]);
  });
});

describe('a transaction', () => {
  it('TC_039 that nobody knows is stopped all the same: the charge point can’t un-stop it', async () => {
    const { call, transactions } = setUp('ocpp1.6');
    expect(await call('StopTransaction', { transactionId: 4711, meterStop: 5, timestamp: at })).toEqual({});
    expect(transactions()).toMatchObject([{ ended: { value: {} }, end: { wh: 5 } }]);
  });

  it('TC_037 whose start is told again has the id of the first', async () => {
    const { call, transactions } = setUp('ocpp1.6');
    const first = await call('StartTransaction', start);
    expect(await call('StartTransaction', start)).toEqual(first);
    expect(transactions()).toHaveLength(1);
  });

  it.each(['NOBODY', 'EXPIRED', 'BLOCKED'])('whose token is refused (%s) has an id, and is recorded', async (idTag) => {
    const { call, transaction } = setUp('ocpp1.6');
    const { transactionId, idTagInfo } = await call('StartTransaction', { ...start, idTag });
    expect(idTagInfo.status).not.toBe('Accepted');
    expect(transaction(transactionId)).toMatchObject({ idToken: { value: { idToken: idTag } }, begin: { wh: 1_000 } });
  });

  it.each([
    ['ocpp1.6', 'RemoteStartTransaction', { idTag: 'GOOD', connectorId: 1 }],
    ['ocpp2.0.1', 'RequestStartTransaction', { idToken: { idToken: 'GOOD', type: 'Central' }, remoteStartId: 1 }],
    ['ocpp2.1', 'RequestStartTransaction', { idToken: { idToken: 'GOOD', type: 'Central' }, remoteStartId: 1 }],
  ] as const)(
    'TC_026, F01 %s: is not made by a remote start that the charge point rejects',
    async (protocol, action, payload) => {
      const { memory, command, transactions } = await connected(protocol);
      await command(action, payload);
      expect(memory.events.named('command-settled')).toMatchObject([{ action, status: 'rejected' }]);
      expect([transactions(), memory.events.named('transaction-started')]).toEqual([[], []]);
    },
  );

  it('TC_028 1.6: stays open when the charge point rejects its remote stop', async () => {
    const { memory, call, command, transaction } = await connected('ocpp1.6');
    const { transactionId } = await call('StartTransaction', start);
    await command('RemoteStopTransaction', { transactionId });
    expect(memory.events.named('command-settled')).toMatchObject([{ status: 'rejected' }]);
    expect(transaction(transactionId)).not.toHaveProperty('ended');
    expect(memory.events.names()).not.toContain('transaction-ended');
  });

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)('F03 %s: stays open when it rejects the stop', async (protocol) => {
    const { memory, call, command, transaction } = await connected(protocol);
    await call('TransactionEvent', started('T1', 'GOOD'));
    await command('RequestStopTransaction', { transactionId: 'T1' });
    expect(memory.events.named('command-settled')).toMatchObject([{ status: 'rejected' }]);
    expect(transaction('T1')).not.toHaveProperty('ended');
    expect(memory.events.names()).not.toContain('transaction-ended');
  });
});

describe.each(protocols)('%s', (protocol) => {
  const boot =
    protocol === 'ocpp1.6'
      ? { chargePointVendor: 'Acme', chargePointModel: 'One', firmwareVersion: '1.2' }
      : { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'One' } };
  const available =
    protocol === 'ocpp1.6'
      ? { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp: at }
      : { evseId: 1, connectorId: 1, connectorStatus: 'Available', timestamp: at };

  it('B01, TC_001 a boot is followed by no command that nobody asked for', async () => {
    const { memory, call } = await connected(protocol);
    await call('BootNotification', boot);
    await call('StatusNotification', available);
    await call('Heartbeat', {});
    await elapse(memory, 5 * 60_000);
    expect([memory.sockets.frames('c1'), memory.commands.items.size]).toEqual([[], 0]);
  });

  const refusable: [string, object][] =
    protocol === 'ocpp1.6'
      ? [
          ['UnlockConnector', { connectorId: 99 }],
          ['ChangeAvailability', { connectorId: 99, type: 'Operative' }],
          ['CancelReservation', { reservationId: 4711 }],
          ['RemoteStopTransaction', { transactionId: 4711 }],
          ['RemoteStartTransaction', { idTag: 'BLOCKED', connectorId: 99 }],
          ['ChangeConfiguration', { key: 'NoSuchKey', value: '' }],
        ]
      : [
          ['UnlockConnector', { evseId: 99, connectorId: 99 }],
          ['ChangeAvailability', { operationalStatus: 'Operative', evse: { id: 99 } }],
          ['CancelReservation', { reservationId: 4711 }],
          ['RequestStopTransaction', { transactionId: '4711' }],
          [
            'RequestStartTransaction',
            { idToken: { idToken: 'BLOCKED', type: 'Central' }, remoteStartId: 1, evseId: 99 },
          ],
        ];

  it.each(refusable)('nothing is refused that is the charge point’s to refuse: %s %j', async (action, payload) => {
    const { command } = await connected(protocol);
    expect(JSON.parse(await command(action, payload)).slice(2)).toEqual([action, payload]);
  });

  it('a token charges at several places at once unless it is marked otherwise', async () => {
    const { memory } = setUp(protocol);
    for (const id of ['A', 'B', 'C']) {
      const { call } = calling(memory, protocol, id);
      const { idTagInfo, idTokenInfo } =
        protocol === 'ocpp1.6'
          ? await call('StartTransaction', start)
          : await call('TransactionEvent', started('T1', 'GOOD'));
      expect((idTagInfo ?? idTokenInfo).status).toBe('Accepted');
    }
  });

  it('what goes on the wire is compact JSON, its members in the order of the schema', async () => {
    const { memory } = setUp(protocol);
    memory.idTokens.put({ idToken: 'GROUP', groupId: 'Family', language: 'de', cacheSeconds: 60 });
    const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt: memory.clock.now() };
    const heard = (action: string, payload: object) => answer(JSON.stringify([2, 'm1', action, payload]), context);
    const cacheUntil = '2026-01-02T03:05:05.000Z';
    const [authorize, begin] =
      protocol === 'ocpp1.6'
        ? [await heard('Authorize', { idTag: 'GROUP' }), await heard('StartTransaction', { ...start, idTag: 'GROUP' })]
        : [
            await heard('Authorize', { idToken: { idToken: 'GROUP', type: 'ISO14443' } }),
            await heard('TransactionEvent', started('T1', 'GROUP')),
          ];
    if (protocol === 'ocpp1.6') {
      const info = `{"expiryDate":"${cacheUntil}","parentIdTag":"Family","status":"Accepted"}`;
      expect(authorize).toBe(`[3,"m1",{"idTagInfo":${info}}]`);
      expect(begin).toMatch(/^\[3,"m1",\{"idTagInfo":\{[^ ]*\},"transactionId":\d+\}\]$/);
    } else {
      const group = '"groupIdToken":{"idToken":"Family","type":"Central"}';
      expect(authorize).toContain('[3,"m1",{"idTokenInfo":{"status":"Accepted",');
      expect(authorize).toContain(group);
      expect(begin).toBe(authorize);
      for (const text of [authorize, begin]) expect(text).not.toMatch(/\s/);
    }
  });
});
