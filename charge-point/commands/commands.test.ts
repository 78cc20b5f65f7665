import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Protocol } from '../protocols.js';
import { scenarios } from '../scenarios/scenarios.js';
import { startChargePoint } from '../start.js';
import { type AnyFrame, accepted, Mailbox, ManualClock, type Peer, TestCsms } from '../testing.js';

const start16 = { idTag: 'T' };
const start2 = { idToken: { idToken: 'T', type: 'ISO14443' }, remoteStartId: 5 };
const rebooting = 3_000;
const sampling = 15_000;

let server: TestCsms;
let end: AbortController;
let run: Promise<void>;
beforeEach(async () => {
  server = await new TestCsms().listening();
  end = new AbortController();
});
afterEach(async () => {
  end.abort();
  await run;
  await server.close();
});

type Said = [action: string, payload: AnyFrame[3]];

/** A CSMS that says yes to everything, and asks what a test wants to know. */
class Csms {
  readonly #heard = new Mailbox<Said>();
  readonly #answers = new Map<string, (answer: AnyFrame) => void>();
  boot = 'Accepted';
  authorization = 'Accepted';
  readonly clock = new ManualClock();
  #peer: Peer | undefined;
  #asked = 0;

  async listen(): Promise<void> {
    const peer = await server.peers.take();
    this.#peer = peer;
    peer.socket.removeAllListeners('message');
    peer.socket.on('message', (data) => {
      const [type, id, action, payload] = JSON.parse(data.toString());
      if (type !== 2) return this.#answers.get(id)?.([type, id, action, payload]);
      this.#heard.put([action, payload]);
      peer.send(3, id, this.#answer(action));
    });
  }

  #answer(action: string): object {
    if (action === 'BootNotification') return { ...accepted(300), status: this.boot };
    const info = { status: this.authorization };
    if (action === 'Authorize') return { idTagInfo: info, idTokenInfo: info };
    return action === 'StartTransaction' ? { transactionId: 7, idTagInfo: { status: 'Accepted' } } : {};
  }

  /** The CALLRESULT's payload, or code and description of a CALLERROR. */
  async ask(action: string, payload: object = {}): Promise<AnyFrame[2]> {
    const id = `ask-${++this.#asked}`;
    const answered = new Promise<AnyFrame>((resolve) => this.#answers.set(id, resolve));
    this.#peer?.send(2, id, action, payload);
    return (await answered)[2];
  }

  /** The next CALL of the charge point, which has to be this one. */
  async hears(action: string): Promise<AnyFrame[3]> {
    const [heard, payload] = await this.#heard.take();
    expect(heard).toBe(action);
    return payload;
  }

  /** Nothing but what came before the answer to this. */
  async hearsNothing(): Promise<void> {
    await this.ask('ClearCache');
    expect(this.#heard.size).toBe(0);
  }
}

/** Booted, its connectors told, and left alone. */
async function booted(protocol: Protocol, boot = 'Accepted'): Promise<Csms> {
  const csms = new Csms();
  csms.boot = boot;
  run = startChargePoint({
    ...{ url: server.url, identity: 'CP1', protocol, scenario: scenarios.boot, clock: csms.clock, signal: end.signal },
    backOff: { waitMinimum: 1_000, randomRange: 0, repeatTimes: 0 },
  });
  await csms.listen();
  await csms.hears('BootNotification');
  if (boot === 'Accepted') await reported(csms, protocol);
  return csms;
}

async function reported(csms: Csms, protocol: Protocol, ...statuses: string[]): Promise<void> {
  for (const [index] of (protocol === 'ocpp1.6' ? [0, 1] : [1]).entries()) {
    const { status, connectorStatus } = await csms.hears('StatusNotification');
    expect(status ?? connectorStatus).toBe(statuses[index] ?? 'Available');
  }
}

/** In 2.0.1, remotely, with a cable. */
async function charging(): Promise<{ csms: Csms; transactionId: string }> {
  const csms = await booted('ocpp2.0.1');
  await csms.ask('RequestStartTransaction', start2);
  await csms.hears('Authorize');
  const { transactionInfo } = await csms.hears('TransactionEvent');
  const seen = [await csms.hears('StatusNotification'), await csms.hears('TransactionEvent')];
  expect(seen).toMatchObject([{ connectorStatus: 'Occupied' }, { triggerReason: 'CablePluggedIn' }]);
  return { csms, transactionId: transactionInfo.transactionId };
}

describe('a remote start', () => {
  it('F01 begins a session with its remoteStartId, which goes on until it is stopped remotely', async () => {
    const csms = await booted('ocpp2.0.1');
    expect(await csms.ask('RequestStartTransaction', start2)).toEqual({ status: 'Accepted' });
    expect(await csms.hears('Authorize')).toMatchObject({ idToken: { idToken: 'T' } });
    const started = await csms.hears('TransactionEvent');
    expect(started).toMatchObject({
      ...{ eventType: 'Started', triggerReason: 'RemoteStart', idToken: { idToken: 'T' } },
      transactionInfo: { remoteStartId: 5, chargingState: 'Idle' },
    });
    expect(await csms.hears('StatusNotification')).toMatchObject({ connectorStatus: 'Occupied' });
    expect(await csms.hears('TransactionEvent')).toMatchObject({ triggerReason: 'CablePluggedIn' });
    await csms.clock.pass(sampling);
    const sample = await csms.hears('TransactionEvent');
    expect(sample).toMatchObject({
      triggerReason: 'MeterValuePeriodic',
      meterValue: [{ sampledValue: [{ value: 46 }] }],
    });
    const { transactionId } = started.transactionInfo;
    expect(await csms.ask('RequestStopTransaction', { transactionId: 'another' })).toEqual({ status: 'Rejected' });
    expect(await csms.ask('RequestStopTransaction', { transactionId })).toEqual({ status: 'Accepted' });
    expect(await csms.hears('TransactionEvent')).toMatchObject({
      ...{
        eventType: 'Ended',
        triggerReason: 'RemoteStop',
        transactionInfo: { transactionId, stoppedReason: 'Remote' },
      },
    });
    expect(await csms.hears('StatusNotification')).toMatchObject({ connectorStatus: 'Available' });
  });

  it('1.6 is a StartTransaction once there is a cable, and a StopTransaction in the end', async () => {
    const csms = await booted('ocpp1.6');
    expect(await csms.ask('RemoteStartTransaction', start16)).toEqual({ status: 'Accepted' });
    await csms.hears('Authorize');
    expect(await csms.hears('StartTransaction')).toMatchObject({ connectorId: 1, idTag: 'T', meterStart: 0 });
    expect(await csms.hears('StatusNotification')).toMatchObject({ status: 'Charging' });
    expect(await csms.ask('RemoteStopTransaction', { transactionId: 8 })).toEqual({ status: 'Rejected' });
    expect(await csms.ask('RemoteStopTransaction', { transactionId: 7 })).toEqual({ status: 'Accepted' });
    expect(await csms.hears('StopTransaction')).toMatchObject({ transactionId: 7, reason: 'Remote' });
    expect(await csms.hears('StatusNotification')).toMatchObject({ status: 'Finishing' });
    expect(await csms.hears('StatusNotification')).toMatchObject({ status: 'Available' });
  });

  it('begins nothing when the CSMS refuses its token, and another may be tried', async () => {
    const csms = await booted('ocpp1.6');
    csms.authorization = 'Invalid';
    expect(await csms.ask('RemoteStartTransaction', start16)).toEqual({ status: 'Accepted' });
    await csms.hears('Authorize');
    await csms.hearsNothing();
    expect(await csms.ask('RemoteStartTransaction', start16)).toEqual({ status: 'Accepted' });
    await csms.hears('Authorize');
  });

  it('asks nobody when it is configured so', async () => {
    const csms = await booted('ocpp1.6');
    await csms.ask('ChangeConfiguration', { key: 'AuthorizeRemoteTxRequests', value: 'false' });
    await csms.ask('RemoteStartTransaction', start16);
    await csms.hears('StartTransaction');
  });

  it('is Rejected while somebody charges, and on a connector that is not there', async () => {
    const { csms } = await charging();
    expect(await csms.ask('RequestStartTransaction', start2)).toEqual({ status: 'Rejected' });
    expect(await csms.ask('RequestStartTransaction', { ...start2, evseId: 2 })).toEqual({ status: 'Rejected' });
  });
});

describe('a reset', () => {
  it.each(['Hard', 'Soft'])('1.6 %s loses the connection and boots', async (type) => {
    const csms = await booted('ocpp1.6');
    expect(await csms.ask('Reset', { type })).toEqual({ status: 'Accepted' });
    const back = csms.listen();
    await csms.clock.pass(rebooting);
    await csms.clock.pass(1_000);
    await back;
    await csms.hears('BootNotification');
    await reported(csms, 'ocpp1.6');
  });

  it('1.6 Hard tells after the boot what it ended', async () => {
    const csms = await booted('ocpp1.6');
    await csms.ask('RemoteStartTransaction', start16);
    for (const action of ['Authorize', 'StartTransaction', 'StatusNotification']) await csms.hears(action);
    await csms.ask('Reset', { type: 'Hard' });
    const back = csms.listen();
    await csms.clock.pass(rebooting);
    await csms.clock.pass(1_000);
    await back;
    await csms.hears('BootNotification');
    const said = [await csms.hears('StopTransaction')];
    expect(said).toMatchObject([{ reason: 'HardReset', transactionId: 7 }]);
  });

  it('B12 OnIdle is Scheduled while somebody charges, and Immediate ends that first', async () => {
    const { csms } = await charging();
    expect(await csms.ask('Reset', { type: 'OnIdle' })).toEqual({ status: 'Scheduled' });
    expect(await csms.ask('Reset', { type: 'Immediate' })).toEqual({ status: 'Accepted' });
    expect(await csms.hears('TransactionEvent')).toMatchObject({
      ...{ eventType: 'Ended', triggerReason: 'ResetCommand', transactionInfo: { stoppedReason: 'ImmediateReset' } },
    });
  });

  it('B12 OnIdle boots when the session has ended', async () => {
    const { csms, transactionId } = await charging();
    await csms.ask('Reset', { type: 'OnIdle' });
    await csms.ask('RequestStopTransaction', { transactionId });
    expect(await csms.hears('TransactionEvent')).toMatchObject({ eventType: 'Ended' });
    await csms.hears('StatusNotification');
    const back = csms.listen();
    await csms.clock.pass(rebooting);
    await csms.clock.pass(1_000);
    await back;
    expect(await csms.hears('BootNotification')).toMatchObject({ reason: 'ScheduledReset' });
  });

  it('of an EVSE, or with a transaction to go on, is Rejected', async () => {
    const csms = await booted('ocpp2.1');
    expect(await csms.ask('Reset', { type: 'Immediate', evseId: 1 })).toEqual({ status: 'Rejected' });
    expect(await csms.ask('Reset', { type: 'ImmediateAndResume' })).toEqual({ status: 'Rejected' });
  });
});

describe('availability', () => {
  it.each([
    ['ocpp1.6', { connectorId: 0, type: 'Inoperative' }, { connectorId: 0, type: 'Operative' }],
    ['ocpp2.0.1', { operationalStatus: 'Inoperative' }, { operationalStatus: 'Operative' }],
  ] as const)('%s: out of service it starts nothing, until it is in service again', async (protocol, out, into) => {
    const csms = await booted(protocol);
    expect(await csms.ask('ChangeAvailability', out)).toEqual({ status: 'Accepted' });
    await reported(csms, protocol, 'Unavailable', 'Unavailable');
    const start = protocol === 'ocpp1.6' ? 'RemoteStartTransaction' : 'RequestStartTransaction';
    expect(await csms.ask(start, { ...start16, ...start2 })).toEqual({ status: 'Rejected' });
    expect(await csms.ask('ChangeAvailability', into)).toEqual({ status: 'Accepted' });
    await reported(csms, protocol);
  });

  it('G03 is Scheduled while somebody charges', async () => {
    const { csms, transactionId } = await charging();
    const evse = { id: 1, connectorId: 1 };
    expect(await csms.ask('ChangeAvailability', { operationalStatus: 'Inoperative', evse })).toEqual({
      status: 'Scheduled',
    });
    await csms.ask('RequestStopTransaction', { transactionId });
    await csms.hears('TransactionEvent');
    expect(await csms.hears('StatusNotification')).toMatchObject({ connectorStatus: 'Unavailable' });
  });

  it('of a connector that is not there is Rejected', async () => {
    const csms = await booted('ocpp1.6');
    expect(await csms.ask('ChangeAvailability', { connectorId: 9, type: 'Operative' })).toEqual({ status: 'Rejected' });
  });
});

describe('unlocking', () => {
  it('1.6 ends what is charging first', async () => {
    const csms = await booted('ocpp1.6');
    await csms.ask('RemoteStartTransaction', start16);
    for (const action of ['Authorize', 'StartTransaction', 'StatusNotification']) await csms.hears(action);
    expect(await csms.ask('UnlockConnector', { connectorId: 1 })).toEqual({ status: 'Unlocked' });
    expect(await csms.hears('StopTransaction')).toMatchObject({ reason: 'UnlockCommand' });
    expect(await csms.ask('UnlockConnector', { connectorId: 2 })).toEqual({ status: 'NotSupported' });
  });

  it('F05 is refused while somebody charges', async () => {
    const { csms } = await charging();
    const ask = (evseId: number) => csms.ask('UnlockConnector', { evseId, connectorId: 1 });
    expect(await ask(1)).toEqual({ status: 'OngoingAuthorizedTransaction' });
    expect(await ask(2)).toEqual({ status: 'UnknownConnector' });
  });
});

describe('a reservation', () => {
  const reserve16 = { reservationId: 3, connectorId: 1, idTag: 'T', expiryDate: '2026-01-01T00:01:00Z' };
  const reserve2 = { id: 3, idToken: start2.idToken, expiryDateTime: '2026-01-01T00:01:00Z' };

  it('keeps the connector for its token, and is used up by it', async () => {
    const csms = await booted('ocpp1.6');
    expect(await csms.ask('ReserveNow', reserve16)).toEqual({ status: 'Accepted' });
    expect(await csms.hears('StatusNotification')).toMatchObject({ connectorId: 1, status: 'Reserved' });
    expect(await csms.ask('ReserveNow', { ...reserve16, reservationId: 4 })).toEqual({ status: 'Occupied' });
    expect(await csms.ask('RemoteStartTransaction', { idTag: 'another' })).toEqual({ status: 'Rejected' });
    expect(await csms.ask('RemoteStartTransaction', start16)).toEqual({ status: 'Accepted' });
    await csms.hears('Authorize');
    expect(await csms.hears('StartTransaction')).toMatchObject({ reservationId: 3 });
    expect(await csms.ask('CancelReservation', { reservationId: 3 })).toEqual({ status: 'Rejected' });
  });

  it('H02 can be cancelled', async () => {
    const csms = await booted('ocpp2.0.1');
    await csms.ask('ReserveNow', reserve2);
    expect(await csms.hears('StatusNotification')).toMatchObject({ connectorStatus: 'Reserved' });
    expect(await csms.ask('CancelReservation', { reservationId: 3 })).toEqual({ status: 'Accepted' });
    expect(await csms.hears('StatusNotification')).toMatchObject({ connectorStatus: 'Available' });
  });

  it('H04 is over when its time is', async () => {
    const csms = await booted('ocpp2.0.1');
    await csms.ask('ReserveNow', reserve2);
    await csms.hears('StatusNotification');
    await csms.clock.pass(60_000);
    expect(await csms.hears('ReservationStatusUpdate')).toEqual({
      ...{ reservationId: 3, reservationUpdateStatus: 'Expired' },
    });
    expect(await csms.hears('StatusNotification')).toMatchObject({ connectorStatus: 'Available' });
  });
});

describe('configuration', () => {
  it('1.6 tells its keys, and those it does not know', async () => {
    const csms = await booted('ocpp1.6');
    const { configurationKey } = await csms.ask('GetConfiguration');
    expect(configurationKey).toContainEqual({ key: 'HeartbeatInterval', readonly: false, value: '300' });
    expect(configurationKey).toContainEqual({ key: 'NumberOfConnectors', readonly: true, value: '1' });
    expect(await csms.ask('GetConfiguration', { key: ['LocalPreAuthorize', 'Nonsense'] })).toEqual({
      configurationKey: [{ key: 'LocalPreAuthorize', readonly: false, value: 'false' }],
      unknownKey: ['Nonsense'],
    });
  });

  it.each([
    ['MeterValueSampleInterval', '5', 'Accepted'],
    ['MeterValueSampleInterval', 'often', 'Rejected'],
    ['LocalPreAuthorize', 'maybe', 'Rejected'],
    ['NumberOfConnectors', '2', 'Rejected'],
    ['Nonsense', '1', 'NotSupported'],
  ])('1.6 answers %s = %s with %s', async (key, value, status) => {
    const csms = await booted('ocpp1.6');
    expect(await csms.ask('ChangeConfiguration', { key, value })).toEqual({ status });
  });

  it('B05, B06 are of variables, each with its own status', async () => {
    const csms = await booted('ocpp2.0.1');
    const named = (component: string, variable: string) => ({
      component: { name: component },
      variable: { name: variable },
    });
    const interval = named('SampledDataCtrlr', 'TxUpdatedInterval');
    const vendor = named('ChargingStation', 'VendorName');
    const setVariableData = [
      { ...interval, attributeValue: '5' },
      { ...vendor, attributeValue: 'Acme' },
      { ...named('Nonsense', 'A'), attributeValue: '1' },
      { ...named('AuthCtrlr', 'A'), attributeValue: '1' },
    ];
    const { setVariableResult } = await csms.ask('SetVariables', { setVariableData });
    expect(setVariableResult.map(({ attributeStatus }: AnyFrame[3]) => attributeStatus)).toEqual([
      ...['Accepted', 'Rejected', 'UnknownComponent', 'UnknownVariable'],
    ]);
    const getVariableData = [interval, { ...vendor, attributeType: 'Target' }];
    expect(await csms.ask('GetVariables', { getVariableData })).toEqual({
      getVariableResult: [
        { ...interval, attributeStatus: 'Accepted', attributeValue: '5' },
        { ...vendor, attributeStatus: 'NotSupportedAttributeType', attributeType: 'Target' },
      ],
    });
  });

  it('a new heartbeat interval counts at once', async () => {
    const csms = await booted('ocpp1.6');
    await csms.ask('ChangeConfiguration', { key: 'HeartbeatInterval', value: '5' });
    await csms.clock.pass(5_000);
    await csms.hears('Heartbeat');
  });

  it('B07 is reported in parts, one after another', async () => {
    const csms = await booted('ocpp2.0.1');
    const ask = (reportBase: string) => csms.ask('GetBaseReport', { requestId: 9, reportBase });
    expect(await ask('SummaryInventory')).toEqual({ status: 'NotSupported' });
    expect(await ask('FullInventory')).toEqual({ status: 'Accepted' });
    const parts: AnyFrame[3][] = [];
    do parts.push(await csms.hears('NotifyReport'));
    while (parts.at(-1).tbc);
    expect(parts.map(({ requestId, seqNo }) => [requestId, seqNo])).toEqual(parts.map((_, index) => [9, index]));
    expect(parts.length).toBeGreaterThan(1);
    const names = parts.flatMap(({ reportData }) => reportData.map(({ variable }: AnyFrame[3]) => variable.name));
    expect(names).toContain('FirmwareVersion');
    expect(await ask('ConfigurationInventory')).toEqual({ status: 'Accepted' });
    const { tbc, reportData } = await csms.hears('NotifyReport');
    expect([tbc, reportData.length]).toEqual([false, 4]);
  });
});

describe('a trigger', () => {
  it.each([
    ...['BootNotification', 'DiagnosticsStatusNotification', 'FirmwareStatusNotification', 'Heartbeat'],
    ...['MeterValues', 'StatusNotification'],
  ])('1.6 is followed by %s', async (requestedMessage) => {
    const csms = await booted('ocpp1.6');
    expect(await csms.ask('TriggerMessage', { requestedMessage })).toEqual({ status: 'Accepted' });
    await csms.hears(requestedMessage);
  });

  it('F06 of what there is nothing to say is Rejected, of what it does not know NotImplemented', async () => {
    const csms = await booted('ocpp2.0.1');
    const ask = (requestedMessage: string) => csms.ask('TriggerMessage', { requestedMessage });
    expect(await ask('BootNotification')).toEqual({ status: 'Rejected' });
    expect(await ask('TransactionEvent')).toEqual({ status: 'Rejected' });
    expect(await ask('SignV2GCertificate')).toEqual({ status: 'NotImplemented' });
    expect(await ask('MeterValues')).toEqual({ status: 'Accepted' });
    expect(await csms.hears('MeterValues')).toMatchObject({ evseId: 1 });
  });

  it('F06 of a transaction tells how it is', async () => {
    const { csms } = await charging();
    await csms.ask('TriggerMessage', { requestedMessage: 'TransactionEvent' });
    expect(await csms.hears('TransactionEvent')).toMatchObject({ eventType: 'Updated', triggerReason: 'Trigger' });
  });

  it('B02 of the boot is followed by it while that is Pending, and by nothing of its own before', async () => {
    const csms = await booted('ocpp2.0.1', 'Pending');
    await csms.hearsNothing();
    csms.boot = 'Accepted';
    expect(await csms.ask('TriggerMessage', { requestedMessage: 'BootNotification' })).toEqual({ status: 'Accepted' });
    await csms.hears('BootNotification');
    await reported(csms, 'ocpp2.0.1');
  });
});

describe('the local list', () => {
  const localAuthorizationList = [{ idTag: 'T', idTagInfo: { status: 'Accepted' } }];

  it('has the version of the last update, and lets its tokens in when the charge point is to prefer it', async () => {
    const csms = await booted('ocpp1.6');
    const send = (listVersion: number, updateType: string, more = {}) =>
      csms.ask('SendLocalList', { listVersion, updateType, ...more });
    expect(await csms.ask('GetLocalListVersion')).toEqual({ listVersion: 0 });
    expect(await send(2, 'Full', { localAuthorizationList })).toEqual({ status: 'Accepted' });
    expect(await send(2, 'Differential')).toEqual({ status: 'VersionMismatch' });
    expect(await csms.ask('GetLocalListVersion')).toEqual({ listVersion: 2 });
    await csms.ask('ChangeConfiguration', { key: 'LocalPreAuthorize', value: 'true' });
    await csms.ask('RemoteStartTransaction', start16);
    await csms.hears('StartTransaction');
  });

  it('D01 forgets a token without what is to be known of it', async () => {
    const csms = await booted('ocpp2.0.1');
    const { idToken } = start2;
    const send = (versionNumber: number, entry: object) =>
      csms.ask('SendLocalList', { versionNumber, updateType: 'Differential', localAuthorizationList: [entry] });
    await send(1, { idToken, idTokenInfo: { status: 'Accepted' } });
    expect(await send(2, { idToken })).toEqual({ status: 'Accepted' });
    expect(await csms.ask('GetLocalListVersion')).toEqual({ versionNumber: 2 });
    const variable = { component: { name: 'AuthCtrlr' }, variable: { name: 'LocalPreAuthorize' } };
    await csms.ask('SetVariables', { setVariableData: [{ ...variable, attributeValue: 'true' }] });
    await csms.ask('RequestStartTransaction', start2);
    await csms.hears('Authorize');
  });
});

describe('a charging profile', () => {
  const profile = (limit: number, more = {}) => ({
    chargingProfile: {
      ...{ id: 1, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Absolute', ...more },
      chargingSchedule: [{ id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit }] }],
    },
    evseId: 1,
  });

  it('limits what a car draws, until it is cleared', async () => {
    const { csms } = await charging();
    const shown = async () => {
      await csms.clock.pass(sampling);
      return (await csms.hears('TransactionEvent')).meterValue[0].sampledValue[0].value as number;
    };
    expect(await csms.ask('SetChargingProfile', profile(4_800))).toEqual({ status: 'Accepted' });
    const before = await shown(); // what is set counts from the next sample on
    expect((await shown()) - before).toBe(20);
    expect(await csms.ask('ClearChargingProfile', { chargingProfileId: 1 })).toEqual({ status: 'Accepted' });
    expect(await csms.ask('ClearChargingProfile', { chargingProfileId: 1 })).toEqual({ status: 'Unknown' });
  });

  it('of a transaction is Rejected where there is none', async () => {
    const csms = await booted('ocpp2.0.1');
    const asked = profile(1, { chargingProfilePurpose: 'TxProfile' });
    expect(await csms.ask('SetChargingProfile', asked)).toEqual({ status: 'Rejected' });
  });
});

it('what it does not take is NotImplemented', async () => {
  const csms = await booted('ocpp1.6');
  expect(await csms.ask('GetDiagnostics')).toBe('NotImplemented');
});
