import { describe, expect, it } from 'vitest';
import { calling, stored } from '../../test/memory/calling.js';
import { inMemory, type Stage } from '../../test/memory/index.js';
import { sweepTransactions } from './forget.js';
import { naturalId, startKey } from './natural-id.js';

const start = { connectorId: 1, idTag: '04A2B3', meterStart: 1_000, timestamp: '2026-01-02T03:00:00Z' };
const stop = { idTag: '04A2B3', meterStop: 8_200, timestamp: '2026-01-02T04:00:00Z' };
const at = (minute: number) => `2026-01-02T03:${String(minute).padStart(2, '0')}:00Z`;
const received = (minute: number, seconds = 1) => new Date(Date.parse(at(minute)) + seconds * 1_000);
const energy = (value: number | string, more: object = {}) => ({ value: String(value), ...more });
const meterValue = (minute: number, ...sampledValue: object[]) => ({ timestamp: at(minute), sampledValue });

/** A charge point whose messages arrive a second after they were made. */
function setUp(stage: Partial<Stage> = {}) {
  const memory = inMemory({ stage });
  memory.clock.millis = received(0).getTime();
  memory.idTokens.put({ idToken: '04A2B3' });
  return { memory, ...calling(memory, 'ocpp1.6') };
}

describe('4.8 StartTransaction', () => {
  it('gets an id of 31 bits, is kept and told', async () => {
    const { memory, call, transaction } = setUp();
    const { transactionId, ...answer } = await call('StartTransaction', { ...start, reservationId: 7 });
    expect(answer).toEqual({ idTagInfo: { status: 'Accepted' } });
    expect(transactionId > 0 && transactionId < 2 ** 31).toBe(true);
    expect(transaction(transactionId)).toMatchObject({
      ...{ protocol: 'ocpp1.6', evseId: 1, connectorId: 1, reservationId: 7 },
      startedAt: { value: '2026-01-02T03:00:00.000Z' },
      idToken: { value: { idToken: '04A2B3', authorization: 'Accepted' } },
      begin: { wh: 1_000 },
    });
    expect(transaction(transactionId)).not.toHaveProperty('offline');
    expect(memory.events.named('transaction-started')).toMatchObject([
      {
        ...{ name: 'transaction-started', transactionId: String(transactionId), evseId: 1, connectorId: 1 },
        ...{ idToken: '04A2B3', authorization: 'Accepted', meterStart: 1_000, reservationId: 7 },
      },
    ]);
  });

  it('TC_003 that is told again gets the same id and the same answer, whatever happened meanwhile', async () => {
    const { memory, call, transactions } = setUp();
    const first = await call('StartTransaction', start);
    const before = stored(memory);
    expect(await call('StartTransaction', start)).toEqual(first);
    expect(stored(memory)).toEqual(before);
    await call('StopTransaction', { ...stop, transactionId: first.transactionId });
    memory.idTokens.put({ idToken: '04A2B3', status: 'Blocked' });
    expect(await call('StartTransaction', start)).toEqual(first);
    expect(transactions()).toHaveLength(1);
    const ids = memory.events.named('transaction-started').map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([3, 1]);
  });

  it.each([
    ['connector', { connectorId: 2 }],
    ['token', { idTag: 'OTHER' }],
    ['time', { timestamp: at(1) }],
    ['register', { meterStart: 1_001 }],
  ])('of another %s is another transaction', async (_what, change) => {
    const { call, transactions } = setUp();
    await call('StartTransaction', start);
    await call('StartTransaction', { ...start, ...change });
    expect(transactions()).toHaveLength(2);
  });

  it.each<[string, object, string, string]>([
    ['TC_023 nobody knows', {}, 'Unknown', 'Invalid'],
    ['TC_023 is blocked', { status: 'Blocked' }, 'Blocked', 'Blocked'],
    ['TC_023 has expired', { expiry: new Date(0) }, 'Expired', 'Expired'],
    ['is invalid', { status: 'Invalid' }, 'Invalid', 'Invalid'],
    ['has no credit', { status: 'NoCredit' }, 'NoCredit', 'Blocked'],
    ['may not charge here', { status: 'NotAtThisLocation' }, 'NotAtThisLocation', 'Blocked'],
    ['may not charge now', { status: 'NotAtThisTime' }, 'NotAtThisTime', 'Blocked'],
    ['may not charge at this one', { status: 'NotAllowedTypeEVSE' }, 'NotAllowedTypeEVSE', 'Blocked'],
  ])('whose token %s is answered so, with an id, and recorded', async (_what, token, authorization, status) => {
    const { memory, call, transaction } = setUp();
    if (authorization !== 'Unknown') memory.idTokens.put({ idToken: 'REFUSED', ...token });
    const { transactionId, idTagInfo } = await call('StartTransaction', { ...start, idTag: 'REFUSED' });
    expect(idTagInfo).toEqual({ status });
    expect(transactionId).toBeGreaterThan(0);
    expect(transaction(transactionId)?.idToken?.value).toEqual({ idToken: 'REFUSED', authorization });
    expect(memory.events.named('transaction-started')).toMatchObject([{ idToken: 'REFUSED', authorization }]);
    await call('StopTransaction', { ...stop, transactionId, reason: 'DeAuthorized' });
    expect(transaction(transactionId)).toMatchObject({ ended: { value: { reason: 'DeAuthorized' } }, energy: 7_200 });
  });

  it('of a token that nobody knows is Accepted where the stage says so', async () => {
    const { call } = setUp({ unknownTokens: 'Accepted' });
    expect(await call('StartTransaction', { ...start, idTag: 'NOBODY' })).toMatchObject({
      idTagInfo: { status: 'Accepted' },
    });
  });

  it('says the group and how long it may be relied on', async () => {
    const { memory, call } = setUp();
    memory.idTokens.put({ idToken: '04A2B3', groupId: 'Family', cacheSeconds: 60 });
    const { idTagInfo } = await call('StartTransaction', start);
    expect(idTagInfo).toEqual({ status: 'Accepted', parentIdTag: 'Family', expiryDate: received(0, 61).toISOString() });
  });

  it('whose id is another’s gets the next, and so it does when it is told again', async () => {
    const { call, transactions, transaction } = setUp();
    const [one, other] = collision();
    const first = await call('StartTransaction', { ...start, meterStart: one });
    const second = await call('StartTransaction', { ...start, meterStart: other });
    expect(second.transactionId).not.toBe(first.transactionId);
    expect(await call('StartTransaction', { ...start, meterStart: other })).toEqual(second);
    expect(await call('StartTransaction', { ...start, meterStart: one })).toEqual(first);
    expect(transactions()).toHaveLength(2);
    expect(transaction(first.transactionId)?.begin?.wh).toBe(one);
    expect(transaction(second.transactionId)?.begin?.wh).toBe(other);
  });

  it('by a clock that was never set began when it was received, and nobody knows whether it was kept', async () => {
    const { memory, call, transaction } = setUp();
    const payload = { ...start, timestamp: '1970-01-01T00:01:00Z' };
    const { transactionId } = await call('StartTransaction', payload);
    expect(transaction(transactionId)).toMatchObject({ startedAt: { value: received(0).toISOString() } });
    expect(transaction(transactionId)).not.toHaveProperty('offline');
    expect(memory.events.named('transaction-started')).toMatchObject([{ startedAt: received(0).toISOString() }]);
    expect((await call('StartTransaction', payload, received(9))).transactionId).toBe(transactionId);
    expect(transaction(transactionId)).toMatchObject({ startedAt: { value: received(0).toISOString() } });
  });

  it('TC_037 that was kept while there was no connection is marked as offline', async () => {
    const { call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', start, received(10));
    expect(transaction(transactionId)).toMatchObject({ offline: true });
  });

  it('is not offline because it had to be repeated', async () => {
    const { call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', start, received(0));
    await call('StartTransaction', start, received(10));
    expect(transaction(transactionId)).not.toHaveProperty('offline');
  });
});

/** Two registers whose starts, all else the same, have the same id. */
function collision(): [number, number] {
  const { connectorId, idTag, timestamp } = start;
  const seen = new Map<number, number>();
  for (let meterStart = 0; ; meterStart++) {
    const id = naturalId('CP1', startKey({ connectorId, idTag, meterStart, at: new Date(timestamp) }), 0);
    const other = seen.get(id);
    if (other !== undefined) return [other, meterStart];
    seen.set(id, meterStart);
  }
}

describe('4.10 StopTransaction', () => {
  it('TC_003 ends it, with the energy between the registers, and reason Local unless it says another', async () => {
    const { memory, call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    expect(await call('StopTransaction', { ...stop, transactionId }, new Date('2026-01-02T04:00:01Z'))).toEqual({
      idTagInfo: { status: 'Accepted' },
    });
    expect(transaction(transactionId)).toMatchObject({
      ...{ evseId: 1, energy: 7_200, stopIdToken: { value: { idToken: '04A2B3' } } },
      ended: { value: { at: '2026-01-02T04:00:00.000Z', reason: 'Local' } },
    });
    expect(memory.events.named('transaction-ended')).toMatchObject([
      { transactionId: String(transactionId), reason: 'Local', meterStart: 1_000, meterStop: 8_200, energy: 7_200 },
    ]);
  });

  it.each(['EmergencyStop', 'EVDisconnected', 'HardReset', 'Other', 'PowerLoss', 'Reboot', 'Remote', 'SoftReset'])(
    'TC_004, TC_032 keeps reason %s',
    async (reason) => {
      const { call, transaction } = setUp();
      const { transactionId } = await call('StartTransaction', start);
      const { idTag: _, ...untouched } = stop;
      expect(await call('StopTransaction', { ...untouched, transactionId, reason })).toEqual({});
      expect(transaction(transactionId)?.ended?.value.reason).toBe(reason);
      expect(transaction(transactionId)).not.toHaveProperty('stopIdToken');
    },
  );

  it('told again, the answer and all that is stored are the same', async () => {
    const { memory, call } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    const transactionData = [meterValue(0, energy(1_000)), meterValue(59, energy(8_200))];
    const first = await call('StopTransaction', { ...stop, transactionId, transactionData });
    const before = stored(memory);
    expect(await call('StopTransaction', { ...stop, transactionId, transactionData })).toEqual(first);
    expect(stored(memory)).toEqual(before);
    const ids = memory.events.named('transaction-ended').map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
  });

  it('by another token of the group: the group is said, the session is charged to the one that began it', async () => {
    const { memory, call, transaction } = setUp();
    memory.idTokens.put({ idToken: '04A2B3', groupId: 'Family' });
    memory.idTokens.put({ idToken: 'SPOUSE', groupId: 'Family' });
    const { transactionId } = await call('StartTransaction', start);
    const answer = await call('StopTransaction', { ...stop, transactionId, idTag: 'SPOUSE' });
    expect(answer).toEqual({ idTagInfo: { status: 'Accepted', parentIdTag: 'Family' } });
    expect(transaction(transactionId)).toMatchObject({
      ...{ idToken: { value: { idToken: '04A2B3' } }, stopIdToken: { value: { idToken: 'SPOUSE' } } },
    });
  });

  it('by a token that is refused ends it all the same', async () => {
    const { memory, call, transaction } = setUp();
    memory.idTokens.put({ idToken: 'BLOCKED', status: 'Blocked' });
    const { transactionId } = await call('StartTransaction', start);
    const answer = await call('StopTransaction', { ...stop, transactionId, idTag: 'BLOCKED' });
    expect(answer).toEqual({ idTagInfo: { status: 'Blocked' } });
    expect(transaction(transactionId)).toHaveProperty('ended');
  });

  it('TC_039 of a transaction that nobody knows is accepted and kept, its energy not known', async () => {
    const { memory, call, transactions } = setUp();
    const answer = await call('StopTransaction', { ...stop, transactionId: 4711, meterStop: 910_083 });
    expect(answer).toEqual({ idTagInfo: { status: 'Accepted' } });
    const [kept, ...others] = transactions();
    expect(others).toEqual([]);
    expect(kept).toMatchObject({ ended: { value: { reason: 'Local' } }, end: { wh: 910_083 } });
    expect(kept).not.toHaveProperty('energy');
    expect(memory.events.named('transaction-ended')).toMatchObject([{ meterStop: 910_083 }]);
    expect(memory.events.emitted[0]).not.toHaveProperty('energy');
  });

  it.each([-1, 0])('of transaction %d, which every charge point says that got no id, is kept each time', async (id) => {
    const { memory, call, transactions } = setUp();
    const stops = [
      { ...stop, transactionId: id },
      { ...stop, transactionId: id, meterStop: 500 },
      { ...stop, transactionId: id, timestamp: at(30) },
      { ...stop, transactionId: id, idTag: 'OTHER' },
    ];
    for (const one of stops) await call('StopTransaction', one);
    expect(transactions()).toHaveLength(4);
    const before = stored(memory);
    for (const one of stops) await call('StopTransaction', one);
    expect(stored(memory)).toEqual(before);
  });

  it('of another charge point’s transaction leaves that as it is', async () => {
    const { memory, call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    await calling(memory, 'ocpp1.6', 'CP2').call('StopTransaction', { ...stop, transactionId });
    expect(transaction(transactionId)).not.toHaveProperty('ended');
  });

  it('with a meter that ran backwards is kept with both registers, its energy not known', async () => {
    const { call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    await call('StopTransaction', { ...stop, transactionId, meterStop: 0 });
    expect(transaction(transactionId)).toMatchObject({ begin: { wh: 1_000 }, end: { wh: 0 } });
    expect(transaction(transactionId)).not.toHaveProperty('energy');
  });

  it('keeps its values; meterStart and meterStop count before them, which say kWh and forget to', async () => {
    const { memory, call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', { ...start, meterStart: 910_000 });
    const transactionData = [
      meterValue(0, energy('910.000', { context: 'Transaction.Begin' })),
      meterValue(59, energy('910.083', { context: 'Transaction.End' })),
    ];
    await call('StopTransaction', { ...stop, transactionId, meterStop: 910_083, transactionData });
    expect(transaction(transactionId)?.energy).toBe(83);
    expect(memory.meterValues.readings).toMatchObject([
      { transactionId: String(transactionId), meterValues: [{ at: '2026-01-02T03:00:00.000Z' }, {}] },
    ]);
  });
});

describe('4.7 MeterValues', () => {
  it('TC_070 in a transaction say how far it is', async () => {
    const { memory, call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    const values = [meterValue(5, energy('3.5', { unit: 'kWh' }))];
    expect(await call('MeterValues', { connectorId: 1, transactionId, meterValue: values })).toEqual({});
    expect(transaction(transactionId)).toMatchObject({ energy: 2_500 });
    expect(memory.meterValues.readings).toMatchObject([
      {
        ...{ chargePointId: 'CP1', evseId: 1, transactionId: String(transactionId) },
        meterValues: [{ at: '2026-01-02T03:05:00.000Z', sampledValues: [{ value: 3_500, unit: 'Wh' }] }],
      },
    ]);
  });

  it('clock-aligned and periodic ones are kept, each with its context', async () => {
    const { memory, call } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    const contexts = ['Sample.Clock', 'Sample.Periodic', 'Interruption.Begin', 'Interruption.End', 'Trigger', 'Other'];
    const values = contexts.map((context, i) => meterValue(15, energy(1_000 + i, { context })));
    await call('MeterValues', { connectorId: 1, transactionId, meterValue: values });
    const [readings] = memory.meterValues.readings;
    expect(readings?.meterValues.map(({ sampledValues: [value] }) => value?.context)).toEqual(contexts);
  });

  it.each([
    ['another connector', 2],
    ['connector 0, the whole charge point,', 0],
  ])('of %s are kept, and no energy of the transaction', async (_what, connectorId) => {
    const { memory, call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    await call('MeterValues', { connectorId, transactionId, meterValue: [meterValue(5, energy(910_000))] });
    expect(transaction(transactionId)).not.toHaveProperty('energy');
    expect(memory.meterValues.readings).toMatchObject([{ evseId: connectorId, transactionId: String(transactionId) }]);
  });

  it.each([undefined, 0, -1])('outside transactions (id %s) are the connector’s', async (transactionId) => {
    const { memory, call, transactions } = setUp();
    const payload = { connectorId: 2, transactionId, meterValue: [meterValue(5, energy(7))] };
    expect(await call('MeterValues', payload)).toEqual({});
    expect(transactions()).toEqual([]);
    expect(memory.meterValues.readings).toMatchObject([{ evseId: 2 }]);
    expect(memory.meterValues.readings[0]?.transactionId).toBeUndefined();
  });

  it('of a transaction that nobody knows are kept under its id, and make no transaction', async () => {
    const { memory, call, transactions } = setUp();
    await call('MeterValues', { connectorId: 1, transactionId: 4711, meterValue: [meterValue(5, energy(7))] });
    expect(transactions()).toEqual([]);
    expect(memory.meterValues.readings).toMatchObject([{ evseId: 1, transactionId: '4711' }]);
    expect(memory.events.emitted).toEqual([]);
  });

  it('that are signed are kept byte for byte, and are no register', async () => {
    const { memory, call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    const value = '0011aaFF:OCMF|{"RV":8.20, "x":"é \\u00e9"}';
    const values = [meterValue(5, { value, format: 'SignedData', context: 'Transaction.Begin' })];
    await call('MeterValues', { connectorId: 1, transactionId, meterValue: values });
    const [readings] = memory.meterValues.readings;
    expect(readings?.meterValues[0]?.sampledValues[0]?.signed).toEqual({ signedMeterData: value });
    expect(transaction(transactionId)).not.toHaveProperty('energy');
  });

  it('of every measurand, phase and location are kept', async () => {
    const { memory, call } = setUp();
    const sampledValue = [
      { value: '230', measurand: 'Voltage', phase: 'L1-N', unit: 'V' },
      { value: '16', measurand: 'Current.Import', phase: 'L2', location: 'Cable', unit: 'A' },
      { value: '80', measurand: 'SoC', location: 'EV', unit: 'Percent' },
      { value: '41', measurand: 'Temperature', location: 'Body', unit: 'Celcius' },
    ];
    await call('MeterValues', { connectorId: 1, meterValue: [{ timestamp: at(5), sampledValue }] });
    const outside = { context: 'Sample.Periodic', location: 'Outlet' };
    expect(memory.meterValues.readings[0]?.meterValues[0]?.sampledValues).toEqual([
      { ...outside, measurand: 'Voltage', phase: 'L1-N', value: 230, unit: 'V' },
      { ...outside, measurand: 'Current.Import', phase: 'L2', location: 'Cable', value: 16, unit: 'A' },
      { ...outside, measurand: 'SoC', location: 'EV', value: 80, unit: 'Percent' },
      { ...outside, measurand: 'Temperature', location: 'Body', value: 41, unit: 'Celsius' },
    ]);
  });

  it('without any value change nothing', async () => {
    const { memory, call } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    const before = stored(memory);
    expect(await call('MeterValues', { connectorId: 1, transactionId, meterValue: [] })).toEqual({});
    expect(await call('MeterValues', { connectorId: 1, meterValue: [] })).toEqual({});
    expect(stored(memory)).toEqual(before);
  });

  it('6.31 without a transaction are of the one that is open on their connector, and keep it from being forgotten', async () => {
    const { memory, call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    for (let hours = 1; hours <= 31; hours++) {
      memory.clock.advance(60 * 60_000);
      const timestamp = memory.clock.now().toISOString();
      const payload = { connectorId: 1, meterValue: [{ timestamp, sampledValue: [energy(1_000 + hours)] }] };
      await call('MeterValues', payload);
      await call('MeterValues', payload);
      await sweepTransactions(memory);
    }
    expect(transaction(transactionId)).toMatchObject({ energy: 31 });
    expect(transaction(transactionId)).not.toHaveProperty('forgottenAt');
    expect(new Set(memory.meterValues.readings.map((one) => one.transactionId))).toEqual(
      new Set([String(transactionId)]),
    );
    await call('StopTransaction', { ...stop, transactionId });
    expect(transaction(transactionId)).toMatchObject({ energy: 7_200 });
  });

  it.each([
    ['of the charge point itself', 0, 5],
    ['of another connector', 2, 5],
    ['of before it began', 1, -1],
  ])('without a transaction, %s, are of none', async (_, connectorId, minute) => {
    const { memory, call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', { ...start, timestamp: at(1) });
    const meterValues = [{ timestamp: at(1 + minute), sampledValue: [energy(9_000)] }, meterValue(7, energy(9_001))];
    const before = transaction(transactionId);
    await call('MeterValues', { connectorId, meterValue: meterValues });
    expect(transaction(transactionId)).toEqual(before);
    expect(memory.meterValues.readings).toMatchObject([{ evseId: connectorId }]);
    expect(memory.meterValues.readings[0]).not.toHaveProperty('transactionId');
  });

  it('by a clock that was never set move it to no other month, and hide nothing', async () => {
    const { call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    const tell = (timestamp: string, wh: number, minute: number) =>
      call(
        'MeterValues',
        { connectorId: 1, transactionId, meterValue: [{ timestamp, sampledValue: [energy(wh)] }] },
        received(minute),
      );
    await tell('1970-01-01T00:00:30Z', 5_000, 20);
    expect(transaction(transactionId)).toMatchObject({ firstAt: '2026-01-02T03:00:00.000Z', energy: 4_000 });
    await tell('2099-01-01T00:00:30Z', 6_000, 30);
    await tell(at(40), 7_000, 40);
    expect(transaction(transactionId)).toMatchObject({ energy: 6_000 });
  });

  it('that come after the stop, late, leave its energy', async () => {
    const { call, transaction } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    await call('StopTransaction', { ...stop, transactionId });
    for (const [minute, wh] of [
      [20, 3_000],
      [59, 9_999],
    ] as const) {
      await call('MeterValues', { connectorId: 1, transactionId, meterValue: [meterValue(minute, energy(wh))] });
    }
    expect(transaction(transactionId)).toMatchObject({ energy: 7_200, end: { wh: 8_200 } });
  });

  it('are told of once in a quarter of an hour, with the same id when they are told again', async () => {
    const { memory, call } = setUp();
    const { transactionId } = await call('StartTransaction', start);
    const tell = (minute: number) =>
      call(
        'MeterValues',
        { connectorId: 1, transactionId, meterValue: [meterValue(minute, energy(1_000 + minute))] },
        received(minute),
      );
    for (let minute = 1; minute < 60; minute++) await tell(minute);
    const updates = memory.events.named('transaction-updated');
    expect(updates.map(({ energy }) => energy)).toEqual([15, 30, 45]);
    await call('StartTransaction', start);
    await tell(45);
    await tell(46);
    const ids = memory.events.named('transaction-updated').map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([4, 3]);
  });
});

describe('what no message of OCPP says', () => {
  it.each<[string, object]>([
    ['StartTransaction', { ...start, connectorId: 1e300 }],
    ['StartTransaction', { ...start, meterStart: 2 ** 60 }],
    ['StartTransaction', { ...start, reservationId: 1e300 }],
    ['StopTransaction', { ...stop, transactionId: 1, meterStop: 1e300 }],
    ['MeterValues', { connectorId: 1e300, meterValue: [meterValue(5, energy(7))] }],
    ['MeterValues', { connectorId: 1e300, transactionId: 5, meterValue: [meterValue(5, energy(7))] }],
  ])('%s %j is refused: numbers have 32 bits', async (action, payload) => {
    const { memory, frame } = setUp();
    const before = stored(memory);
    expect((await frame(action, payload))[2]).toBe('PropertyConstraintViolation');
    expect(stored(memory)).toEqual(before);
  });
});
