import { describe, expect, it } from 'vitest';
import { calling, stored } from '../../test/memory/calling.js';
import { inMemory } from '../../test/memory/index.js';

const at = (minute: number) => `2026-01-02T03:${String(minute).padStart(2, '0')}:00Z`;
const iso = (minute: number) => new Date(at(minute)).toISOString();
const card = { idToken: '04A2B3', type: 'ISO14443' };

/** What a charge point says of transaction T1. */
const event = (eventType: string, minute: number, seqNo: number, { transactionInfo = {}, ...more }: Payload = {}) => ({
  ...{ eventType, timestamp: at(minute), seqNo, triggerReason: 'Trigger' },
  transactionInfo: { transactionId: 'T1', ...transactionInfo },
  ...more,
});
interface Payload {
  transactionInfo?: object;
  [member: string]: unknown;
}
const meterValue = (minute: number, ...sampledValue: object[]) => ({ timestamp: at(minute), sampledValue });
const energy = (minute: number, value: number, more: object = {}) => ({
  meterValue: [meterValue(minute, { value, ...more })],
});
const evse = { id: 1, connectorId: 1 };

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s', (protocol) => {
  function setUp() {
    const memory = inMemory();
    memory.clock.millis = Date.parse(at(0)) + 1_000;
    memory.idTokens.put({ idToken: '04A2B3' });
    const station = calling(memory, protocol);
    /** Arrives a second after it was made. */
    const tell = (payload: object) => {
      const { timestamp } = payload as { timestamp: string };
      return station.call('TransactionEvent', payload, new Date(Date.parse(timestamp) + 1_000));
    };
    return { memory, ...station, tell };
  }

  describe('E TransactionEvent', () => {
    it('E02 plug first: the session is charged to the token that is presented later', async () => {
      const { memory, tell, transaction } = setUp();
      const plugged = { evse, triggerReason: 'CablePluggedIn', ...energy(0, 1_000, { context: 'Transaction.Begin' }) };
      expect(await tell(event('Started', 0, 0, plugged))).toEqual({});
      expect(transaction('T1')).not.toHaveProperty('idToken');
      const charging = { chargingState: 'Charging' };
      const authorized = { idToken: card, triggerReason: 'Authorized', transactionInfo: charging };
      expect(await tell(event('Updated', 1, 1, authorized))).toEqual({ idTokenInfo: { status: 'Accepted' } });
      const unplugged = { transactionInfo: { stoppedReason: 'EVDisconnected' } };
      expect(
        await tell(event('Ended', 40, 2, { ...unplugged, ...energy(40, 8_200, { context: 'Transaction.End' }) })),
      ).toEqual({});
      expect(transaction('T1')).toMatchObject({
        ...{ chargePointId: 'CP1', transactionId: 'T1', protocol, evseId: 1, connectorId: 1, energy: 7_200 },
        ...{ startedAt: { value: iso(0) }, ended: { value: { at: iso(40), reason: 'EVDisconnected' } } },
        ...{ idToken: { value: { ...card, authorization: 'Accepted' } }, chargingState: { value: 'Charging' } },
        seqNos: [[0, 2]],
      });
      expect(memory.events.names()).toEqual(['transaction-started', 'transaction-ended']);
    });

    it('E03 token first: the EVSE is known when the cable is plugged in', async () => {
      const { memory, tell, transaction } = setUp();
      const answer = await tell(event('Started', 0, 0, { idToken: card, triggerReason: 'Authorized' }));
      expect(answer).toEqual({ idTokenInfo: { status: 'Accepted' } });
      expect(transaction('T1')).not.toHaveProperty('evseId');
      await tell(event('Updated', 1, 1, { evse, triggerReason: 'CablePluggedIn', ...energy(1, 1_000) }));
      await tell(event('Ended', 40, 2, energy(40, 8_200)));
      expect(transaction('T1')).toMatchObject({ evseId: 1, energy: 7_200 });
      expect(memory.events.named('transaction-ended')).toMatchObject([{ evseId: 1, idToken: '04A2B3' }]);
    });

    it('E01 may begin with any event: what is known is kept', async () => {
      const { tell, transaction } = setUp();
      await tell(event('Updated', 5, 4, energy(5, 2_000)));
      expect(transaction('T1')).toMatchObject({ seqNos: [[4, 4]], firstAt: iso(5) });
      expect(transaction('T1')).not.toHaveProperty('startedAt');
    });

    it('E06.FR: the end without a reason is Local', async () => {
      const { tell, transaction } = setUp();
      await tell(event('Ended', 5, 1));
      expect(transaction('T1')?.ended?.value.reason).toBe('Local');
    });

    it.each(['PowerLoss', 'Reboot', 'ImmediateReset', 'Remote', 'DeAuthorized', 'EmergencyStop', 'StoppedByEV'])(
      'E07-E10 keeps reason %s',
      async (stoppedReason) => {
        const { memory, tell, transaction } = setUp();
        await tell(event('Ended', 5, 1, { transactionInfo: { stoppedReason } }));
        expect(transaction('T1')?.ended?.value.reason).toBe(stoppedReason);
        expect(memory.events.named('transaction-ended')).toMatchObject([{ reason: stoppedReason }]);
      },
    );

    it('E13 that is told again, late and out of order gets the same answer and leaves the same', async () => {
      const { memory, tell } = setUp();
      const session = [
        event('Started', 0, 0, { evse, idToken: card, ...energy(0, 1_000) }),
        event('Updated', 5, 1, { ...energy(5, 2_000), transactionInfo: { chargingState: 'Charging' } }),
        event('Updated', 20, 2, { ...energy(20, 5_000), idToken: card }),
        event('Ended', 40, 3, { idToken: card, ...energy(40, 8_200), triggerReason: 'StopAuthorized' }),
      ];
      const answers = [];
      for (const one of session) answers.push(await tell(one));
      const before = stored(memory);
      for (const i of [3, 1, 0, 2, 2, 0]) expect(await tell(session[i] as object)).toEqual(answers[i]);
      expect(stored(memory)).toEqual(before);

      const other = setUp();
      for (const i of [2, 3, 0, 1]) expect(await other.tell(session[i] as object)).toEqual(answers[i]);
      expect(stored(other.memory)).toEqual(before);
    });

    it('E13 that comes after the end is told with it anew: who lists what transactions cost misses nothing', async () => {
      const { memory, tell } = setUp();
      const ended = event('Ended', 40, 2, energy(40, 8_200, { context: 'Transaction.End' }));
      const started = { idToken: card, evse, ...energy(0, 1_000, { context: 'Transaction.Begin' }) };
      const told = () => memory.events.named('transaction-ended');
      await tell(ended);
      expect(told()).toMatchObject([{ transactionId: 'T1', endedAt: iso(40), meterStop: 8_200 }]);
      expect(told()[0]).not.toHaveProperty('energy');
      await tell(event('Started', 0, 0, started));
      const all = { startedAt: iso(0), endedAt: iso(40), idToken: '04A2B3', authorization: 'Accepted' };
      expect(told()[1]).toMatchObject({ ...all, meterStart: 1_000, meterStop: 8_200, energy: 7_200 });
      await tell(event('Updated', 20, 1, energy(20, 3_000)));
      await tell(ended);
      // What did not come before has come, so that the end says so.
      expect([told()[1]?.missingEvents, told()[2]?.missingEvents]).toEqual([[{ from: 1, to: 1 }], undefined]);
      expect(new Set(told().map(({ id }) => id)).size).toBe(3);
    });

    it('E13 of registers that come after the end, and the end tells none', async () => {
      const { memory, tell } = setUp();
      await tell(event('Started', 0, 0, { idToken: card, evse }));
      await tell(event('Ended', 50, 2));
      const meterValues = [meterValue(1, { value: 1_000 }), meterValue(49, { value: 8_200 })];
      await tell(event('Updated', 10, 1, { meterValue: meterValues }));
      const told = memory.events.named('transaction-ended');
      expect(told.map(({ energy }) => energy)).toEqual([undefined, 7_200]);
      expect(told[1]?.id).not.toBe(told[0]?.id);
    });

    it('E13 that is told again has the answer of the first time, though its token was blocked meanwhile', async () => {
      const { memory, tell } = setUp();
      const started = event('Started', 0, 0, { idToken: card });
      const first = await tell(started);
      memory.idTokens.put({ idToken: '04A2B3', status: 'Blocked' });
      expect(await tell(started)).toEqual(first);
      expect(await tell(event('Updated', 1, 1, { idToken: card }))).toEqual({ idTokenInfo: { status: 'Blocked' } });
    });

    it('E04 with offline is marked so', async () => {
      const { memory, tell, transaction } = setUp();
      await tell(event('Started', 0, 0, { offline: true }));
      await tell(event('Ended', 5, 1, { offline: false }));
      expect(transaction('T1')).toMatchObject({ offline: true });
      expect(memory.events.emitted).toMatchObject([{ offline: true }, { offline: true }]);
    });

    it('E: knows which of its events are missing, also when seqNo begins again at 0', async () => {
      const { memory, tell, transaction } = setUp();
      for (const [minute, seqNo] of [
        [0, 0],
        [1, 1],
        [9, 4],
        [10, 0],
      ] as const)
        await tell(event('Updated', minute, seqNo));
      expect(transaction('T1')?.seqNos).toEqual([
        [0, 1],
        [4, 4],
      ]);
      await tell(event('Ended', 11, 5));
      expect(memory.events.named('transaction-ended')).toMatchObject([{ missingEvents: [{ from: 2, to: 3 }] }]);
    });

    it('E 1.3.2 of one whose station counts on from the one before, none are missing before its start, whenever that comes', async () => {
      const session = [event('Started', 0, 70), event('Updated', 1, 71), event('Ended', 3, 73)];
      const missing = [{ from: 72, to: 72 }];
      const inOrder = setUp();
      for (const one of session) await inOrder.tell(one);
      expect(inOrder.memory.events.named('transaction-ended')).toMatchObject([{ missingEvents: missing }]);
      const late = setUp();
      for (const i of [2, 1, 0, 1]) await late.tell(session[i] as object);
      const told = late.memory.events.named('transaction-ended');
      expect(told[0]).toMatchObject({ missingEvents: [{ from: 0, to: 72 }] });
      expect(told.at(-1)).toMatchObject({ missingEvents: missing });
    });

    it('F02, H01 keeps remoteStartId and reservationId, and tells them', async () => {
      const { memory, tell, transaction } = setUp();
      const started = { triggerReason: 'RemoteStart', reservationId: 7, transactionInfo: { remoteStartId: 42 } };
      await tell(event('Started', 0, 0, started));
      expect(transaction('T1')).toMatchObject({ remoteStartId: 42, reservationId: 7 });
      expect(memory.events.named('transaction-started')).toMatchObject([{ remoteStartId: 42, reservationId: 7 }]);
    });

    it('keeps the same transactionId of two charge points apart', async () => {
      const { memory, tell, transaction } = setUp();
      await tell(event('Started', 0, 0));
      await calling(memory, protocol, 'CP2').call('TransactionEvent', event('Ended', 5, 1));
      expect(transaction('T1')).not.toHaveProperty('ended');
    });
  });

  describe('C the token of a transaction', () => {
    it.each<[string, object | undefined]>([
      ['Unknown', undefined],
      ['Blocked', { status: 'Blocked' }],
      ['Expired', { expiry: new Date(0) }],
      ['Invalid', { status: 'Invalid' }],
      ['NoCredit', { status: 'NoCredit' }],
      ['NotAllowedTypeEVSE', { status: 'NotAllowedTypeEVSE' }],
      ['NotAtThisLocation', { status: 'NotAtThisLocation' }],
      ['NotAtThisTime', { status: 'NotAtThisTime' }],
    ])('C02, E05 that is %s is answered so at any event, and recorded', async (status, token) => {
      for (const eventType of ['Started', 'Updated', 'Ended']) {
        const { memory, tell, transaction } = setUp();
        if (token) memory.idTokens.put({ idToken: 'REFUSED', ...token });
        const idToken = { idToken: 'refused', type: 'ISO14443' };
        expect(await tell(event(eventType, 0, 0, { idToken }))).toEqual({ idTokenInfo: { status } });
        const told = eventType === 'Ended' ? transaction('T1')?.stopIdToken : transaction('T1')?.idToken;
        expect(told?.value).toEqual({ ...idToken, authorization: status });
      }
    });

    it('C: a card that is refused and then another: the session is charged to the one that may charge', async () => {
      const { memory, tell, transaction } = setUp();
      memory.idTokens.put({ idToken: 'BLOCKED', status: 'Blocked' });
      await tell(event('Started', 0, 0, { evse }));
      const blocked = { idToken: { idToken: 'BLOCKED', type: 'ISO14443' } };
      expect(await tell(event('Updated', 1, 1, blocked))).toEqual({ idTokenInfo: { status: 'Blocked' } });
      expect(await tell(event('Updated', 2, 2, { idToken: card }))).toEqual({ idTokenInfo: { status: 'Accepted' } });
      await tell(event('Ended', 9, 3));
      expect(transaction('T1')?.idToken?.value).toEqual({ ...card, authorization: 'Accepted' });
      expect(memory.events.named('transaction-ended')).toMatchObject([{ idToken: '04A2B3' }]);
    });

    it('C09, C12 a stop by another token of the group: the group is said, the first token is charged', async () => {
      const { memory, tell, transaction } = setUp();
      memory.idTokens.put({ idToken: '04A2B3', groupId: 'Family', language: 'de' });
      memory.idTokens.put({ idToken: 'SPOUSE', groupId: 'Family' });
      const groupIdToken = { idToken: 'Family', type: 'Central' };
      expect(await tell(event('Started', 0, 0, { idToken: card }))).toEqual({
        idTokenInfo: { status: 'Accepted', groupIdToken, language1: 'de' },
      });
      const spouse = { idToken: { idToken: 'SPOUSE', type: 'ISO14443' }, triggerReason: 'StopAuthorized' };
      for (const [eventType, seqNo] of [
        ['Updated', 1],
        ['Ended', 2],
      ] as const) {
        const { idTokenInfo } = await tell(event(eventType, 9, seqNo, spouse));
        expect(idTokenInfo).toEqual({ status: 'Accepted', groupIdToken });
      }
      expect(transaction('T1')).toMatchObject({
        ...{ idToken: { value: { idToken: '04A2B3' } }, stopIdToken: { value: { idToken: 'SPOUSE' } } },
      });
    });

    it('C16 master pass: its group is said at Authorize and at the end, the reason is kept', async () => {
      const { memory, call, tell, transaction } = setUp();
      memory.idTokens.put({ idToken: 'MASTER', groupId: 'MASTERPASS' });
      const idToken = { idToken: 'MASTER', type: 'ISO14443' };
      const info = { idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: 'MASTERPASS', type: 'Central' } } };
      await tell(event('Started', 0, 0, { idToken: card }));
      expect(await call('Authorize', { idToken })).toEqual(info);
      const stoppedBy = { idToken, triggerReason: 'StopAuthorized', transactionInfo: { stoppedReason: 'MasterPass' } };
      expect(await tell(event('Ended', 9, 1, stoppedBy))).toEqual(info);
      expect(transaction('T1')).toMatchObject({
        ended: { value: { reason: 'MasterPass' } },
        idToken: { value: { idToken: '04A2B3' } },
        stopIdToken: { value: { idToken: 'MASTER' } },
      });
    });

    it('C02 NoAuthorization needs none', async () => {
      const { tell, transaction } = setUp();
      const idToken = { idToken: '', type: 'NoAuthorization' };
      expect(await tell(event('Started', 0, 0, { idToken }))).toEqual({ idTokenInfo: { status: 'Accepted' } });
      expect(transaction('T1')?.idToken?.value).toEqual({ ...idToken, authorization: 'Accepted' });
    });
  });

  describe('J what a meter shows', () => {
    it('J02 in a transaction is kept, and says how far it is, in every unit and with a multiplier', async () => {
      const { memory, tell, transaction } = setUp();
      await tell(event('Started', 0, 0, { evse, ...energy(0, 1, { unitOfMeasure: { unit: 'kWh' } }) }));
      const tenths = { unitOfMeasure: { unit: 'kWh', multiplier: -1 } };
      await tell(event('Updated', 5, 1, energy(5, 35, tenths)));
      expect(transaction('T1')).toMatchObject({ energy: 2_500 });
      expect(memory.meterValues.readings).toMatchObject([
        { chargePointId: 'CP1', transactionId: 'T1', evseId: 1, meterValues: [{ sampledValues: [{ value: 1_000 }] }] },
        { transactionId: 'T1', meterValues: [{ at: iso(5), sampledValues: [{ value: 3_500, unit: 'Wh' }] }] },
      ]);
    });

    it('J01 outside transactions is the EVSE’s; 0 is the station’s own meter', async () => {
      const { memory, call, transactions } = setUp();
      for (const evseId of [0, 2]) {
        const payload = { evseId, meterValue: [meterValue(15, { value: 7, context: 'Sample.Clock' })] };
        expect(await call('MeterValues', payload)).toEqual({});
        await call('MeterValues', payload);
      }
      expect(transactions()).toEqual([]);
      expect(memory.meterValues.readings).toMatchObject([
        { evseId: 0, meterValues: [{ sampledValues: [{ context: 'Sample.Clock' }] }] },
        { evseId: 2 },
      ]);
    });

    it.each([0, 2])('of EVSE %d is kept, and no energy of a transaction on EVSE 1', async (id) => {
      const { memory, tell, transaction } = setUp();
      await tell(event('Started', 0, 0, { evse, ...energy(0, 1_000) }));
      await tell(event('Updated', 5, 1, { evse: { id }, ...energy(5, 910_000) }));
      expect(transaction('T1')).toMatchObject({ energy: 0, evseId: 1 });
      expect(memory.meterValues.readings[1]).toMatchObject({ transactionId: 'T1', evseId: id });
    });

    it('J: clock-aligned and periodic values are kept, each with its context', async () => {
      const { memory, tell } = setUp();
      const values = ['Sample.Clock', 'Sample.Periodic'].map((context) => meterValue(15, { value: 1, context }));
      await tell(event('Updated', 15, 1, { meterValue: values }));
      const [readings] = memory.meterValues.readings;
      expect(readings?.meterValues.map(({ sampledValues: [value] }) => value?.context)).toEqual([
        'Sample.Clock',
        'Sample.Periodic',
      ]);
    });

    it('J: signed values are kept byte for byte, with their number', async () => {
      const { memory, tell, transaction } = setUp();
      const signedMeterValue = {
        signedMeterData: 'T0NNRnx7IlJWIjo4LjIwfQ==\\u0000',
        signingMethod: 'ECDSA-secp256r1-SHA256',
        encodingMethod: 'OCMF',
        publicKey: 'oca:base16:asn1:3059',
      };
      const signed = energy(0, 8_200, { context: 'Transaction.Begin', signedMeterValue });
      await tell(event('Started', 0, 0, { evse, ...signed }));
      const [readings] = memory.meterValues.readings;
      expect(readings?.meterValues[0]?.sampledValues[0]).toMatchObject({ value: 8_200, signed: signedMeterValue });
      expect(transaction('T1')?.begin?.wh).toBe(8_200);
    });

    it('is told of once in a quarter of an hour', async () => {
      const { memory, tell } = setUp();
      await tell(event('Started', 0, 0, { evse, ...energy(0, 0) }));
      const charging = { transactionInfo: { chargingState: 'Charging' } };
      for (let minute = 0; minute < 60; minute++) {
        await tell(event('Updated', minute, minute + 1, { ...charging, ...energy(minute, minute) }));
      }
      expect(memory.events.named('transaction-updated')).toMatchObject([
        { energy: 15, chargingState: 'Charging', evseId: 1 },
        { energy: 30 },
        { energy: 45 },
      ]);
    });
  });

  describe('what no message of OCPP says', () => {
    it.each<[string, object]>([
      ['a seqNo of 1e300', event('Started', 0, 1e300)],
      ['an EVSE 1e300', event('Started', 0, 0, { evse: { id: 1e300 } })],
      ['a connector 1e300', event('Started', 0, 0, { evse: { id: 1, connectorId: 1e300 } })],
      ['a remote start 1e300', event('Started', 0, 0, { transactionInfo: { remoteStartId: 1e300 } })],
      ['a reservation 1e300', event('Started', 0, 0, { reservationId: 1e300 })],
    ])('%s is refused, and kept', async (_what, payload) => {
      const { memory, frame } = setUp();
      expect((await frame('TransactionEvent', payload))[2]).toBe('PropertyConstraintViolation');
      expect([stored(memory).transactions, memory.events.names()]).toEqual([{}, ['protocol-deviation', 'frame-kept']]);
    });

    it('an id of one that ended long ago is refused, and its frames are kept: two are not billed as one', async () => {
      const { memory, tell, frame, transaction } = setUp();
      await tell(event('Started', 0, 0, { idToken: card, ...energy(0, 1_000) }));
      await tell(event('Ended', 40, 1, energy(40, 8_000)));
      const before = transaction('T1');
      memory.clock.advance(60 * 24 * 60 * 60_000);
      for (const eventType of ['Started', 'Updated', 'Ended']) {
        const timestamp = memory.clock.now().toISOString();
        const reused = { ...event(eventType, 0, 0, energy(0, 507_000)), timestamp };
        expect((await frame('TransactionEvent', reused))[2]).toBe('PropertyConstraintViolation');
      }
      expect(transaction('T1')).toEqual(before);
      expect(memory.events.named('frame-kept')).toHaveLength(3);
    });

    it('no transactionId is refused, and kept', async () => {
      const { memory, frame } = setUp();
      const payload = event('Started', 0, 0, { transactionInfo: { transactionId: '' } });
      expect((await frame('TransactionEvent', payload))[2]).toBe('PropertyConstraintViolation');
      expect([stored(memory).transactions, memory.events.names()]).toEqual([{}, ['frame-kept']]);
    });
  });
});
