import { describe, expect, it } from 'vitest';
import { call } from '../../test/memory/call.js';
import { chargePoint } from '../../test/memory/charge-point.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { enqueue } from '../commands/enqueue.js';
import { settle } from '../commands/settle.js';
import { type Protocol, protocols } from '../ocpp/protocol.js';
import type { RegistrationStatus } from './ports.js';

const second = 1_000;
const minute = 60 * second;
const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const notAccepted = ['Pending', 'Rejected'] as const;
const at = '2026-01-02T03:00:00Z';
const startOf16 = { connectorId: 1, idTag: '04A2', meterStart: 0, timestamp: at };

/** CP1, which is connected by c1 and was answered so when it booted. */
async function booted(registrationStatus: RegistrationStatus, protocol: Protocol = 'ocpp2.0.1') {
  const memory = inMemory({ stage: { unknownTokens: 'Accepted' } });
  memory.chargePoints.put({ chargePointId: 'CP1', registrationStatus });
  await chargePoint(memory, 'CP1', protocol).connect('c1');
  await elapse(memory, second);
  await boot(memory, protocol);
  return memory;
}

async function boot(memory: Memory, protocol: Protocol): Promise<void> {
  memory.clock.advance(1);
  const chargingStation = { vendorName: 'Acme', model: 'One' };
  const payload =
    protocol === 'ocpp1.6'
      ? { chargePointVendor: 'Acme', chargePointModel: 'One' }
      : { reason: 'PowerUp', chargingStation };
  expect(await call(memory, protocol, 'BootNotification', payload)).toMatchObject([3, 'm1', {}]);
}

/** The operator changes his mind. */
function decide(memory: Memory, registrationStatus: RegistrationStatus): void {
  memory.chargePoints.put({ ...memory.chargePoints.items.get('CP1'), chargePointId: 'CP1', registrationStatus });
}

const ask = (memory: Memory, messageId: string, action: string, payload: object = {}) =>
  enqueue({ chargePointId: 'CP1', messageId, action, payload: JSON.stringify(payload) }, memory);

const arrived = (memory: Memory) => memory.sockets.frames('c1').map((text) => JSON.parse(text)[2] as string);

/** All that is stored of charge points but that they booted. */
/** But for that it was refused. */
const kept = ({ connectors, jobs, history, components, events, shadows: _ }: Memory) => {
  const entries = [...history.entries].filter(([, { kind }]) => kind !== 'frame-refused');
  return structuredClone([connectors.states, jobs.items, entries, components.items, events.emitted]);
};

const said: Record<Protocol, [string, object][]> = {
  'ocpp1.6': [
    ['Authorize', { idTag: '04A2' }],
    ['DataTransfer', { vendorId: 'com.acme' }],
    ['DiagnosticsStatusNotification', { status: 'Idle' }],
    ['FirmwareStatusNotification', { status: 'Idle' }],
    ['Heartbeat', {}],
    ['LogStatusNotification', { status: 'Idle' }],
    ['SecurityEventNotification', { type: 'TamperDetectionActivated', timestamp: at }],
    ['SignCertificate', { csr: 'x' }],
    ['SignedFirmwareStatusNotification', { status: 'Idle' }],
    ['StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' }],
  ],
  'ocpp2.0.1': [
    ['Authorize', { idToken: { idToken: '04A2', type: 'ISO14443' } }],
    ['Heartbeat', {}],
    ['StatusNotification', { timestamp: at, connectorStatus: 'Available', evseId: 1, connectorId: 1 }],
    ['Invented', {}],
  ],
  'ocpp2.1': [
    ['Heartbeat', {}],
    ['SecurityEventNotification', { type: 'TamperDetectionActivated', timestamp: at }],
  ],
};

describe.each(notAccepted)('from a charge point that is %s', (status) => {
  it.each(v2x)('B02.FR.09, B03.FR.07, TC_B_30: %s: all but a boot is answered SecurityError', async (protocol) => {
    const memory = await booted(status, protocol);
    const before = kept(memory);
    for (const [action, payload] of said[protocol]) {
      expect((await call(memory, protocol, action, payload)).slice(0, 3)).toEqual([4, 'm1', 'SecurityError']);
    }
    expect(kept(memory)).toEqual(before);
    const refused = [...memory.history.entries.values()].filter(({ kind }) => kind === 'frame-refused');
    expect(refused.map(({ detail }) => (detail as { code: string }).code)).toContain('not-accepted');
    await boot(memory, protocol);
  });

  it.each(said['ocpp1.6'])('4.2: ocpp1.6 %s is answered as usual, and nothing is kept', async (action, payload) => {
    const memory = await booted(status, 'ocpp1.6');
    const before = kept(memory);
    const seenAt = memory.chargePoints.items.get('CP1')?.seenAt;
    const usual = await call(await booted('Accepted', 'ocpp1.6'), 'ocpp1.6', action, payload);
    memory.clock.advance(20 * minute);
    const [type, , response] = await call(memory, 'ocpp1.6', action, payload);
    expect([type, Object.keys(response as object)]).toEqual([3, Object.keys(usual[2] as object)]);
    expect(kept(memory)).toEqual(before);
    expect(memory.chargePoints.items.get('CP1')?.seenAt).toEqual(seenAt);
  });

  it('ocpp1.6: what has money in it is recorded all the same', async () => {
    const memory = await booted(status, 'ocpp1.6');
    const [, , started] = await call(memory, 'ocpp1.6', 'StartTransaction', startOf16);
    const { transactionId } = started as { transactionId: number };
    const stop = { transactionId, meterStop: 5_000, timestamp: '2026-01-02T03:01:00Z' };
    expect(await call(memory, 'ocpp1.6', 'StopTransaction', stop)).toMatchObject([3, 'm1', {}]);
    expect([...memory.transactions.items.keys()]).toHaveLength(1);
    expect(memory.events.names()).toContain('transaction-ended');
  });

  it.each(v2x)('%s: what has money in it is refused, and kept for somebody to repair', async (protocol) => {
    const memory = await booted(status, protocol);
    const event = {
      ...{ eventType: 'Started', timestamp: at, triggerReason: 'CablePluggedIn', seqNo: 0 },
      ...{ transactionInfo: { transactionId: 't1' }, evse: { id: 1, connectorId: 1 } },
    };
    expect((await call(memory, protocol, 'TransactionEvent', event))[2]).toBe('SecurityError');
    expect(memory.transactions.items.size).toBe(0);
    expect(memory.events.named('frame-kept')).toMatchObject([{ action: 'TransactionEvent' }]);
  });

  it('what it is told counts: one that was Accepted at its last boot is so until the next', async () => {
    const memory = await booted('Accepted');
    decide(memory, status);
    expect((await call(memory, 'ocpp2.0.1', 'Heartbeat', {}))[0]).toBe(3);
    await boot(memory, 'ocpp2.0.1');
    expect((await call(memory, 'ocpp2.0.1', 'Heartbeat', {}))[2]).toBe('SecurityError');
    decide(memory, 'Accepted');
    expect((await call(memory, 'ocpp2.0.1', 'Heartbeat', {}))[2]).toBe('SecurityError');
    await boot(memory, 'ocpp2.0.1');
    expect((await call(memory, 'ocpp2.0.1', 'Heartbeat', {}))[0]).toBe(3);
  });

  it('that never booted and is so by its stage, the same', async () => {
    const memory = inMemory({ stage: { registrationStatus: status } });
    expect((await call(memory, 'ocpp2.0.1', 'Heartbeat', {}))[2]).toBe('SecurityError');
  });
});

describe('B02: from a charge point that is Pending', () => {
  const report = { requestId: 1, generatedAt: at, seqNo: 0 };

  it.each(v2x)('%s: reports are taken whenever they come', async (protocol) => {
    const memory = await booted('Pending', protocol);
    await ask(memory, 'a1', 'GetBaseReport', { requestId: 1, reportBase: 'FullInventory' });
    expect(arrived(memory)).toEqual(['GetBaseReport']);
    memory.clock.advance(60 * minute);
    expect(await call(memory, protocol, 'NotifyReport', report)).toEqual([3, 'm1', {}]);
  });

  it.each(v2x)('B02.FR.09: %s: what a TriggerMessage asked for is taken for five minutes', async (protocol) => {
    const memory = await booted('Pending', protocol);
    await ask(memory, 'a1', 'TriggerMessage', { requestedMessage: 'Heartbeat' });
    expect((await call(memory, protocol, 'Heartbeat', {}))[0]).toBe(3);
    const status = { timestamp: at, connectorStatus: 'Available', evseId: 1, connectorId: 1 };
    expect((await call(memory, protocol, 'StatusNotification', status))[2]).toBe('SecurityError');
    memory.clock.advance(5 * minute);
    expect((await call(memory, protocol, 'Heartbeat', {}))[2]).toBe('SecurityError');
  });

  it('a certificate is asked for under another name', async () => {
    const memory = await booted('Pending');
    await ask(memory, 'a1', 'TriggerMessage', { requestedMessage: 'SignChargingStationCertificate' });
    expect((await call(memory, 'ocpp2.0.1', 'SignCertificate', { csr: 'x' }))[0]).toBe(3);
  });

  it('ocpp1.6: what a TriggerMessage asked for has its effect', async () => {
    const memory = await booted('Pending', 'ocpp1.6');
    await ask(memory, 'a1', 'TriggerMessage', { requestedMessage: 'StatusNotification' });
    const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
    expect(await call(memory, 'ocpp1.6', 'StatusNotification', status)).toEqual([3, 'm1', {}]);
    expect(memory.connectors.states.size).toBe(1);
  });
});

describe('B03.FR.03: to a charge point that is Rejected', () => {
  it.each(protocols)('%s: nothing is sent; what waits goes when a boot is answered otherwise', async (protocol) => {
    const memory = await booted('Rejected', protocol);
    await ask(memory, 'a1', 'ClearCache');
    await elapse(memory, minute);
    expect(arrived(memory)).toEqual([]);
    expect(memory.commands.items.get('CP1/a1')?.status).toBe('queued');
    decide(memory, 'Accepted');
    await boot(memory, protocol);
    // The answer first.
    expect(arrived(memory)).toEqual([]);
    await elapse(memory, 2 * second);
    expect(arrived(memory)).toEqual(['ClearCache']);
  });

  it('what waits too long expires', async () => {
    const memory = await booted('Rejected');
    await ask(memory, 'a1', 'Reset', { type: 'OnIdle' });
    await elapse(memory, 24 * 60 * minute);
    await ask(memory, 'a2', 'ClearCache');
    expect(memory.events.named('command-settled')).toMatchObject([{ commandId: 'a1', status: 'expired' }]);
  });

  it('what waits goes also when whoever heard the boot died before he could wake it', async () => {
    const memory = await booted('Rejected');
    await ask(memory, 'a1', 'ClearCache');
    decide(memory, 'Accepted');
    memory.clock.advance(1);
    const receivedAt = memory.clock.now();
    const payload = { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'One' } };
    const { send } = memory.timers;
    memory.timers.send = () => Promise.reject(new Error('the process ended'));
    const first = call(memory, 'ocpp2.0.1', 'BootNotification', payload, receivedAt);
    await expect(first).rejects.toThrow('the process ended');
    memory.timers.send = send;
    await call(memory, 'ocpp2.0.1', 'BootNotification', payload, receivedAt);
    await elapse(memory, 2 * second);
    expect(arrived(memory)).toEqual(['ClearCache']);
  });
});

describe('B02: to a charge point that is Pending', () => {
  it.each([
    ['ocpp1.6', 'RemoteStartTransaction', { idTag: '04A2' }],
    ['ocpp1.6', 'RemoteStopTransaction', { transactionId: 1 }],
    ['ocpp2.0.1', 'RequestStartTransaction', { idToken: { idToken: '04A2', type: 'ISO14443' }, remoteStartId: 1 }],
    ['ocpp2.1', 'RequestStopTransaction', { transactionId: 't1' }],
  ] as const)('%s %s is not sent: it fails at once', async (protocol, action, payload) => {
    const memory = await booted('Pending', protocol);
    await ask(memory, 'a1', action, payload);
    expect(arrived(memory)).toEqual([]);
    expect(memory.events.named('command-settled')).toMatchObject([
      { commandId: 'a1', status: 'failed', reason: expect.stringContaining('Pending') },
    ]);
  });

  it.each(protocols)('%s: everything else is sent', async (protocol) => {
    const memory = await booted('Pending', protocol);
    await ask(memory, 'a1', 'ClearCache');
    const answer = { chargePointId: 'CP1', connectionId: 'c1', protocol, messageId: 'a1' };
    await settle({ ...answer, outcome: { type: 'CALLRESULT', payload: { status: 'Accepted' } } }, memory);
    await ask(memory, 'a2', 'TriggerMessage', { requestedMessage: 'BootNotification' });
    expect(arrived(memory)).toEqual(['ClearCache', 'TriggerMessage']);
  });
});
