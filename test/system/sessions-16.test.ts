import type { RPCClient } from 'ocpp-rpc';
import { describe, expect, it } from 'vitest';
import { sessionsOf, vanish } from './sessions.js';
import { testSystem } from './system.js';

const csms = testSystem();
const { connect, token, transaction, transactionIds, readings, at } = sessionsOf(csms, 'ocpp1.6');

const boot = (charger: RPCClient) =>
  charger.call('BootNotification', { chargePointVendor: 'Acme', chargePointModel: 'Wallbox' });
const report = (charger: RPCClient, status: string) =>
  charger.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status });
const authorize = (charger: RPCClient, idTag: string) => charger.call('Authorize', { idTag });

interface Started {
  transactionId: number;
  idTagInfo: { status: string; parentIdTag?: string };
}
const start = async (charger: RPCClient, idTag: string, meterStart: number, timestamp: string) =>
  (await charger.call('StartTransaction', { connectorId: 1, idTag, meterStart, timestamp })) as Started;

const sample = (transactionId: number, timestamp: string, value: string, unit: string) => ({
  ...{ connectorId: 1, transactionId },
  meterValue: [{ timestamp, sampledValue: [{ value, unit, context: 'Sample.Periodic' }] }],
});

const accepted = { idTagInfo: { status: 'Accepted' } };

async function booted() {
  const identity = await csms.thing();
  const charger = await connect(identity);
  await boot(charger);
  return { identity, charger };
}

describe('a session in 1.6', () => {
  it('TC_003 plug first: its energy is between the registers, and it is told', async () => {
    const { identity, charger } = await booted();
    const idTag = await token();
    const started = csms.event(identity, 'transaction-started');
    const ended = csms.event(identity, 'transaction-ended');
    await report(charger, 'Preparing');
    expect(await authorize(charger, idTag)).toEqual(accepted);
    const { transactionId, ...answer } = await start(charger, idTag, 12_345, at(-60));
    expect(answer).toEqual(accepted);
    await report(charger, 'Charging');
    // The same meter, in another unit.
    expect(await charger.call('MeterValues', sample(transactionId, at(-30), '15.021', 'kWh'))).toEqual({});
    expect(await transaction(identity, transactionId)).toMatchObject({ energy: 2_676 });
    const stop = { transactionId, idTag, meterStop: 19_579, timestamp: at(0), reason: 'Local' };
    expect(await charger.call('StopTransaction', stop)).toEqual(accepted);
    await report(charger, 'Finishing');
    await report(charger, 'Available');

    const id = String(transactionId);
    expect(await started).toMatchObject({ transactionId: id, meterStart: 12_345, idToken: idTag });
    expect(await ended).toMatchObject({ transactionId: id, meterStop: 19_579, energy: 7_234, reason: 'Local' });
    expect(await transactionIds(identity)).toEqual([id]);
    expect(await transaction(identity, id)).toMatchObject({
      evseId: 1,
      energy: 7_234,
      ended: { value: { reason: 'Local' } },
      idToken: { value: { idToken: idTag, authorization: 'Accepted' } },
    });
  });

  it('TC_004 token first', async () => {
    const { identity, charger } = await booted();
    const idTag = await token();
    expect(await authorize(charger, idTag)).toEqual(accepted);
    await report(charger, 'Preparing');
    const { transactionId } = await start(charger, idTag, 0, at(-5));
    await charger.call('StopTransaction', { transactionId, meterStop: 83, timestamp: at(0), reason: 'EVDisconnected' });
    expect(await transaction(identity, transactionId)).toMatchObject({
      energy: 83,
      ended: { value: { reason: 'EVDisconnected' } },
    });
  });

  it('TC_037 offline: what was kept is told after the reconnect, again too, and is one transaction', async () => {
    const { identity, charger } = await booted();
    const idTag = await token();
    await vanish(charger);
    const [begun, sampled, stopped] = [at(-90), at(-60), at(-30)];

    const back = await connect(identity);
    const { transactionId } = await start(back, idTag, 910_000, begun);
    expect(await start(back, idTag, 910_000, begun)).toEqual({ transactionId, ...accepted });
    const values = sample(transactionId, sampled, '910050', 'Wh');
    const stop = { transactionId, idTag, meterStop: 910_083, timestamp: stopped };
    for (const _ of ['once', 'again']) {
      await back.call('MeterValues', values);
      expect(await back.call('StopTransaction', stop)).toEqual(accepted);
    }
    expect(await start(back, idTag, 910_000, begun)).toEqual({ transactionId, ...accepted });

    expect(await transactionIds(identity)).toEqual([String(transactionId)]);
    expect(await readings(identity, transactionId)).toHaveLength(1);
    expect(await transaction(identity, transactionId)).toMatchObject({
      energy: 83,
      offline: true,
      startedAt: { value: begun },
      ended: { value: { at: stopped } },
    });
  });

  it.each(['before', 'after'])('TC_032 power loss: the stop comes %s the boot', async (order) => {
    const { identity, charger } = await booted();
    const { transactionId } = await start(charger, await token(), 500, at(-20));
    await vanish(charger);

    const back = await connect(identity);
    if (order === 'after') {
      await boot(back);
      expect(await transaction(identity, transactionId)).not.toHaveProperty('ended');
    }
    const stop = { transactionId, meterStop: 1_733, timestamp: at(-10), reason: 'PowerLoss' };
    expect(await back.call('StopTransaction', stop)).toEqual({});
    if (order === 'before') await boot(back);
    expect(await transaction(identity, transactionId)).toMatchObject({
      energy: 1_233,
      ended: { value: { reason: 'PowerLoss' } },
    });
  });

  it('soft reset: a boot on the same socket ends nothing', async () => {
    const { identity, charger } = await booted();
    const { transactionId } = await start(charger, await token(), 0, at(-20));
    await boot(charger);
    const open = await transaction(identity, transactionId);
    expect([open?.ended, open?.forgottenAt]).toEqual([undefined, undefined]);
    await charger.call('StopTransaction', { transactionId, meterStop: 42, timestamp: at(0), reason: 'SoftReset' });
    expect(await transaction(identity, transactionId)).toMatchObject({
      energy: 42,
      ended: { value: { reason: 'SoftReset' } },
    });
  });

  it('hard reset: what is in flight is answered on the old socket or nowhere; told again it gets the same id', async () => {
    const { identity, charger } = await booted();
    const idTag = await token();
    const begun = at(-1);
    const inFlight = start(charger, idTag, 7, begun);
    const [[first], back] = await Promise.all([Promise.allSettled([inFlight]), connect(identity)]);
    await boot(back);
    const { transactionId } = await start(back, idTag, 7, begun);
    if (first.status === 'fulfilled') expect(first.value).toEqual({ transactionId, ...accepted });
    await back.call('StopTransaction', { transactionId, meterStop: 8, timestamp: at(0), reason: 'HardReset' });
    expect(await transactionIds(identity)).toEqual([String(transactionId)]);
    expect(await transaction(identity, transactionId)).toMatchObject({
      energy: 1,
      ended: { value: { reason: 'HardReset' } },
    });
  });
});

describe('a token in 1.6', () => {
  it.each([
    ['Blocked', { status: 'Blocked' }],
    ['Expired', { expiry: '2020-01-01T00:00:00Z' }],
    ['Invalid', { status: 'Invalid' }],
  ])('TC_023 that is %s is told so; its transaction has an id, and is on record', async (status, item) => {
    const { identity, charger } = await booted();
    const idTag = await token(item);
    expect(await authorize(charger, idTag)).toEqual({ idTagInfo: { status } });
    const { transactionId, idTagInfo } = await start(charger, idTag, 10, at(-1));
    expect(idTagInfo).toEqual({ status });
    await charger.call('StopTransaction', { transactionId, meterStop: 10, timestamp: at(0), reason: 'DeAuthorized' });
    expect(await transaction(identity, transactionId)).toMatchObject({
      idToken: { value: { idToken: idTag, authorization: status } },
      energy: 0,
      ended: { value: { reason: 'DeAuthorized' } },
    });
  });

  it('TC_023 that nobody knows is Invalid', async () => {
    const { charger } = await booted();
    expect(await authorize(charger, 'NOBODY')).toEqual({ idTagInfo: { status: 'Invalid' } });
    const { transactionId, idTagInfo } = await start(charger, 'NOBODY', 0, at(0));
    expect([idTagInfo, transactionId > 0]).toEqual([{ status: 'Invalid' }, true]);
  });

  it('for one transaction only is ConcurrentTx in a second one, until the first is over', async () => {
    const [here, there] = [await booted(), await booted()];
    const idTag = await token({ oneTransaction: true });
    const first = await start(here.charger, idTag, 0, at(-1));
    const second = await start(there.charger, idTag, 0, at(-1));
    expect([first.idTagInfo.status, second.idTagInfo.status]).toEqual(['Accepted', 'ConcurrentTx']);
    const stop = { meterStop: 0, timestamp: at(0), reason: 'DeAuthorized' };
    await there.charger.call('StopTransaction', { ...stop, transactionId: second.transactionId });
    await here.charger.call('StopTransaction', { ...stop, transactionId: first.transactionId, meterStop: 100 });
    const third = await start(there.charger, idTag, 0, at(0));
    expect(third.idTagInfo).toEqual({ status: 'Accepted' });
    expect(await transaction(here.identity, first.transactionId)).toMatchObject({ energy: 100 });
  });

  it('for many is Accepted in two at once', async () => {
    const [here, there] = [await booted(), await booted()];
    const idTag = await token();
    const answers = await Promise.all([here, there].map(({ charger }) => start(charger, idTag, 0, at(0))));
    expect(answers.map(({ idTagInfo }) => idTagInfo.status)).toEqual(['Accepted', 'Accepted']);
  });

  it('of the same group may stop a transaction: both are told their group', async () => {
    const { identity, charger } = await booted();
    const [one, other] = [await token({ groupId: 'FLEET' }), await token({ groupId: 'FLEET' })];
    const { transactionId, idTagInfo } = await start(charger, one, 0, at(-1));
    const grouped = { idTagInfo: { status: 'Accepted', parentIdTag: 'FLEET' } };
    expect({ idTagInfo }).toEqual(grouped);
    expect(await authorize(charger, other)).toEqual(grouped);
    const stop = { transactionId, idTag: other, meterStop: 5, timestamp: at(0) };
    expect(await charger.call('StopTransaction', stop)).toEqual(grouped);
    expect(await transaction(identity, transactionId)).toMatchObject({
      idToken: { value: { idToken: one } },
      stopIdToken: { value: { idToken: other } },
      energy: 5,
    });
  });
});

it('signed values are kept byte for byte, and the energy is that of the registers', async () => {
  const { identity, charger } = await booted();
  const { transactionId } = await start(charger, await token(), 1_000, at(-10));
  const signed = 'T0NNRnx7IkZWIjoiMS4wIiwiR0kiOiLDpMO2w7wifXx7IlNEIjoiMzA0NSJ9/+==';
  const timestamp = at(0);
  const transactionData = [
    {
      timestamp,
      sampledValue: [
        { value: signed, format: 'SignedData', context: 'Transaction.End' },
        { value: '2.5', unit: 'kWh', context: 'Transaction.End' },
      ],
    },
  ];
  await charger.call('StopTransaction', { transactionId, meterStop: 2_500, timestamp, transactionData });
  const [values, ...others] = await readings(identity, transactionId);
  expect(others).toEqual([]);
  expect(values?.meterValues[0]?.sampledValues).toMatchObject([
    { signed: { signedMeterData: signed } },
    { value: 2_500 },
  ]);
  expect(await transaction(identity, transactionId)).toMatchObject({ energy: 1_500 });
});
