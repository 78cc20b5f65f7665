import type { RPCClient } from 'ocpp-rpc';
import { describe, expect, it } from 'vitest';
import { sessionsOf, vanish } from './sessions.js';
import { testSystem } from './system.js';
import { begins, ends, numberedEvents, shows, tokenOf } from './telling.js';

const csms = testSystem();
const { connect, token, transaction, transactionIds, readings, at } = sessionsOf(csms, 'ocpp2.0.1');

const boot = (station: RPCClient, reason = 'PowerUp') =>
  station.call('BootNotification', { reason, chargingStation: { model: 'Wallbox', vendorName: 'Acme' } });
const report = (station: RPCClient, connectorStatus: string) =>
  station.call('StatusNotification', { timestamp: at(0), connectorStatus, evseId: 1, connectorId: 1 });

const authorize = (station: RPCClient, idToken: string) => station.call('Authorize', tokenOf(idToken));

const told = numberedEvents(() => at(0));

const accepted = { idTokenInfo: { status: 'Accepted' } };

async function booted() {
  const identity = await csms.thing();
  const station = await connect(identity);
  await boot(station);
  return { identity, station };
}

describe('a session in 2.0.1', () => {
  it('E01, E02 plug first: its energy is between the registers, and it is told', async () => {
    const { identity, station } = await booted();
    const idToken = await token();
    const isStarted = csms.event(identity, 'transaction-started');
    const isEnded = csms.event(identity, 'transaction-ended');
    const { started, updated, ended } = told(station, 'T1');
    const chargingState = (state: string) => ({ transactionInfo: { chargingState: state } });

    await report(station, 'Occupied');
    const plugged = { triggerReason: 'CablePluggedIn', ...chargingState('EVConnected'), ...begins(at(-60), 12_345) };
    expect(await started({ ...plugged, timestamp: at(-60) })).toEqual({});
    expect(await authorize(station, idToken)).toEqual(accepted);
    const authorized = { triggerReason: 'Authorized', ...tokenOf(idToken), ...chargingState('Charging') };
    expect(await updated({ ...authorized, timestamp: at(-59) })).toEqual(accepted);
    const kWh = [{ value: 15.021, unitOfMeasure: { unit: 'kWh' } }];
    await updated({ timestamp: at(-30), meterValue: [{ timestamp: at(-30), sampledValue: kWh }] });
    expect(await transaction(identity, 'T1')).toMatchObject({ energy: 2_676 });
    const stopped = { triggerReason: 'StopAuthorized', transactionInfo: { stoppedReason: 'Local' } };
    expect(await ended({ ...stopped, ...tokenOf(idToken), ...ends(at(0), 19_579) })).toEqual(accepted);
    await report(station, 'Available');

    expect(await isStarted).toMatchObject({ transactionId: 'T1', meterStart: 12_345 });
    expect(await isEnded).toMatchObject({ transactionId: 'T1', meterStop: 19_579, energy: 7_234, idToken });
    expect(await transactionIds(identity)).toEqual(['T1']);
    expect(await transaction(identity, 'T1')).toMatchObject({
      evseId: 1,
      energy: 7_234,
      ended: { value: { reason: 'Local' } },
      idToken: { value: { idToken, authorization: 'Accepted' } },
      seqNos: [[0, 3]],
    });
  });

  it('E03 token first', async () => {
    const { identity, station } = await booted();
    const idToken = await token();
    const { started, updated, ended } = told(station, 'T2');
    expect(await authorize(station, idToken)).toEqual(accepted);
    const timestamp = at(-5);
    const authorized = { triggerReason: 'Authorized', timestamp, ...tokenOf(idToken), ...begins(timestamp, 0) };
    expect(await started(authorized)).toEqual(accepted);
    await updated({
      triggerReason: 'CablePluggedIn',
      transactionInfo: { chargingState: 'Charging' },
      timestamp: at(-4),
    });
    const unplugged = { triggerReason: 'EVDeparted', transactionInfo: { stoppedReason: 'EVDisconnected' } };
    expect(await ended({ ...unplugged, ...ends(at(0), 83) })).toEqual({});
    expect(await transaction(identity, 'T2')).toMatchObject({
      energy: 83,
      ended: { value: { reason: 'EVDisconnected' } },
    });
  });

  it('E12 offline: what was kept is told after the reconnect, again too, and is one transaction', async () => {
    const { identity, station } = await booted();
    const idToken = await token();
    await vanish(station);
    const times = [at(-90), at(-60), at(-30)] as const;
    const [begun, sampled, stopped] = times;

    const back = await connect(identity);
    const { event } = told(back, 'T3');
    const kept = { offline: true };
    const events = [
      event('Started', { ...kept, timestamp: begun, ...tokenOf(idToken), ...begins(begun, 910_000) }),
      event('Updated', { ...kept, timestamp: sampled, ...shows(sampled, 910_050) }),
      event('Ended', { ...kept, timestamp: stopped, ...ends(stopped, 910_083) }),
    ];
    for (const one of [...events, ...events]) await back.call('TransactionEvent', one);

    expect(await transactionIds(identity)).toEqual(['T3']);
    expect(await readings(identity, 'T3')).toHaveLength(3);
    expect(await transaction(identity, 'T3')).toMatchObject({
      energy: 83,
      offline: true,
      startedAt: { value: begun },
      ended: { value: { at: stopped } },
      seqNos: [[0, 2]],
    });
  });

  it.each(['before', 'after'])('power loss: the end comes %s the boot', async (order) => {
    const { identity, station } = await booted();
    await told(station, 'T4').started({ ...tokenOf(await token()), timestamp: at(-20), ...begins(at(-20), 500) });
    await vanish(station);

    const back = await connect(identity);
    if (order === 'after') {
      await boot(back);
      expect(await transaction(identity, 'T4')).not.toHaveProperty('ended');
    }
    const lost = { triggerReason: 'AbnormalCondition', transactionInfo: { stoppedReason: 'PowerLoss' } };
    await told(back, 'T4', 1).ended({ ...lost, timestamp: at(-10), ...ends(at(-10), 1_733) });
    if (order === 'before') await boot(back);
    expect(await transaction(identity, 'T4')).toMatchObject({
      energy: 1_233,
      ended: { value: { reason: 'PowerLoss' } },
    });
  });

  it('power loss: the transaction goes on after the boot', async () => {
    const { identity, station } = await booted();
    await told(station, 'T5').started({ ...tokenOf(await token()), timestamp: at(-20), ...begins(at(-20), 500) });
    await vanish(station);

    const back = await connect(identity);
    await boot(back);
    const { updated, ended } = told(back, 'T5', 1);
    await updated({ triggerReason: 'ChargingStateChanged', transactionInfo: { chargingState: 'Charging' } });
    await ended({ triggerReason: 'StopAuthorized', ...ends(at(0), 2_501) });
    expect(await transactionIds(identity)).toEqual(['T5']);
    expect(await transaction(identity, 'T5')).toMatchObject({ energy: 2_001, seqNos: [[0, 2]] });
  });

  it('soft reset: a boot on the same socket ends nothing', async () => {
    const { identity, station } = await booted();
    const { started, ended } = told(station, 'T6');
    await started({ ...tokenOf(await token()), timestamp: at(-20), ...begins(at(-20), 0) });
    await boot(station, 'RemoteReset');
    const open = await transaction(identity, 'T6');
    expect([open?.ended, open?.forgottenAt]).toEqual([undefined, undefined]);
    const reset = { triggerReason: 'ResetCommand', transactionInfo: { stoppedReason: 'ImmediateReset' } };
    await ended({ ...reset, ...ends(at(0), 42) });
    expect(await transaction(identity, 'T6')).toMatchObject({
      energy: 42,
      ended: { value: { reason: 'ImmediateReset' } },
    });
  });

  it('hard reset: what is in flight is answered on the old socket or nowhere; told again it changes nothing', async () => {
    const { identity, station } = await booted();
    const begin = told(station, 'T7').event('Started', { ...tokenOf(await token()), ...begins(at(-1), 7) });
    const inFlight = station.call('TransactionEvent', begin);
    const [[first], back] = await Promise.all([Promise.allSettled([inFlight]), connect(identity)]);
    await boot(back, 'Watchdog');
    if (first.status === 'fulfilled') expect(first.value).toEqual(accepted);
    expect(await back.call('TransactionEvent', begin)).toEqual(accepted);
    const rebooted = { triggerReason: 'AbnormalCondition', transactionInfo: { stoppedReason: 'Reboot' } };
    await told(back, 'T7', 1).ended({ ...rebooted, ...ends(at(0), 8) });
    expect(await transactionIds(identity)).toEqual(['T7']);
    expect(await transaction(identity, 'T7')).toMatchObject({ energy: 1, ended: { value: { reason: 'Reboot' } } });
  });
});

describe('a token in 2.0.1', () => {
  it.each([
    ['Blocked', { status: 'Blocked' }],
    ['Expired', { expiry: '2020-01-01T00:00:00Z' }],
    ['Invalid', { status: 'Invalid' }],
    ['NoCredit', { status: 'NoCredit' }],
  ])('C01 that is %s is told so, and its transaction is on record', async (status, item) => {
    const { identity, station } = await booted();
    const idToken = await token(item);
    expect(await authorize(station, idToken)).toEqual({ idTokenInfo: { status } });
    const { started, ended } = told(station, 'T1');
    const answer = await started({ ...tokenOf(idToken), timestamp: at(-1), ...begins(at(-1), 10) });
    expect(answer).toEqual({ idTokenInfo: { status } });
    const stopped = { triggerReason: 'Deauthorized', transactionInfo: { stoppedReason: 'DeAuthorized' } };
    await ended({ ...stopped, ...ends(at(0), 10) });
    expect(await transaction(identity, 'T1')).toMatchObject({
      idToken: { value: { idToken, authorization: status } },
      energy: 0,
      ended: { value: { reason: 'DeAuthorized' } },
    });
  });

  it('C01 that nobody knows is Unknown', async () => {
    const { station } = await booted();
    const unknown = { idTokenInfo: { status: 'Unknown' } };
    expect(await authorize(station, 'NOBODY')).toEqual(unknown);
    expect(await told(station, 'T1').started(tokenOf('NOBODY'))).toEqual(unknown);
  });

  it('for one transaction only is ConcurrentTx in a second one, until the first is over', async () => {
    const [here, there] = [await booted(), await booted()];
    const idToken = await token({ oneTransaction: true });
    const [first, second] = [told(here.station, 'T1'), told(there.station, 'T2')];
    expect(await first.started({ ...tokenOf(idToken), ...begins(at(-3), 0) })).toEqual(accepted);
    const concurrent = { idTokenInfo: { status: 'ConcurrentTx' } };
    expect(await second.started(tokenOf(idToken))).toEqual(concurrent);
    await second.ended({ triggerReason: 'Deauthorized', transactionInfo: { stoppedReason: 'DeAuthorized' } });
    await first.ended(ends(at(0), 100));
    expect(await told(there.station, 'T3').started(tokenOf(idToken))).toEqual(accepted);
    expect(await transaction(here.identity, 'T1')).toMatchObject({ energy: 100 });
  });

  it('C09 of the same group may stop a transaction: both are told their group', async () => {
    const { identity, station } = await booted();
    const [one, other] = [await token({ groupId: 'FLEET' }), await token({ groupId: 'FLEET' })];
    const grouped = { idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: 'FLEET', type: 'Central' } } };
    const { started, ended } = told(station, 'T1');
    expect(await started({ ...tokenOf(one), timestamp: at(-1), ...begins(at(-1), 0) })).toEqual(grouped);
    expect(await authorize(station, other)).toEqual(grouped);
    expect(await ended({ triggerReason: 'StopAuthorized', ...tokenOf(other), ...ends(at(0), 5) })).toEqual(grouped);
    expect(await transaction(identity, 'T1')).toMatchObject({
      idToken: { value: { idToken: one } },
      stopIdToken: { value: { idToken: other } },
      energy: 5,
    });
  });

  it('C16 of the master group ends the transactions of others', async () => {
    const { identity, station } = await booted();
    const [driver, master] = [await token(), await token({ groupId: 'MASTERPASS' })];
    const isMaster = { idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: 'MASTERPASS', type: 'Central' } } };
    const { started, ended } = told(station, 'T1');
    await started({ ...tokenOf(driver), timestamp: at(-1), ...begins(at(-1), 0) });
    expect(await authorize(station, master)).toEqual(isMaster);
    const passed = { triggerReason: 'StopAuthorized', transactionInfo: { stoppedReason: 'MasterPass' } };
    expect(await ended({ ...passed, ...tokenOf(master), ...ends(at(0), 6) })).toEqual(isMaster);
    expect(await transaction(identity, 'T1')).toMatchObject({
      idToken: { value: { idToken: driver } },
      stopIdToken: { value: { idToken: master } },
      ended: { value: { reason: 'MasterPass' } },
      energy: 6,
    });
  });
});

it('J01 signed values are kept byte for byte, and the energy is that of the registers', async () => {
  const { identity, station } = await booted();
  const { started, ended } = told(station, 'T1');
  await started({ ...tokenOf(await token()), timestamp: at(-10), ...begins(at(-10), 1_000) });
  const signedMeterValue = {
    signedMeterData: 'T0NNRnx7IkZWIjoiMS4wIiwiR0kiOiLDpMO2w7wifXx7IlNEIjoiMzA0NSJ9/+==',
    signingMethod: 'ECDSA-secp256r1-SHA256',
    encodingMethod: 'OCMF',
    publicKey: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE+/==',
  };
  const timestamp = at(0);
  const sampledValue = [{ value: 2.5, context: 'Transaction.End', unitOfMeasure: { unit: 'kWh' }, signedMeterValue }];
  await ended({ timestamp, meterValue: [{ timestamp, sampledValue }] });
  const values = (await readings(identity, 'T1')).flatMap(({ meterValues }) => meterValues);
  const signed = values.flatMap(({ sampledValues }) => sampledValues.flatMap((value) => value.signed ?? []));
  expect(signed).toEqual([signedMeterValue]);
  expect(await transaction(identity, 'T1')).toMatchObject({ energy: 1_500 });
});
