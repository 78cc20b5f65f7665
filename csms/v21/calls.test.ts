import { describe, expect, it } from 'vitest';
import { call } from '../../test/memory/call.js';
import { inMemory, type Memory } from '../../test/memory/index.js';

const tell = (memory: Memory, action: string, payload: object) => call(memory, 'ocpp2.1', action, payload);
const ok = [3, 'm1', {}];
const history = (memory: Memory) =>
  [...memory.history.entries.values()].map(({ kind, at, detail }) => ({ kind, at: at.toISOString(), detail }));
const received = '2026-01-02T03:04:05.000Z';

describe('S03 BatterySwap', () => {
  const idToken = { idToken: '04A2B3', type: 'ISO14443' };
  const battery = { evseId: 2, serialNumber: 'B1', soC: 81.5, soH: 99, vendorInfo: 'acme' };
  const swap = { requestId: 9, eventType: 'BatteryIn', idToken, batteryData: [battery] };

  it('is kept, and told', async () => {
    const memory = inMemory();
    expect(await tell(memory, 'BatterySwap', swap)).toEqual(ok);
    const detail = { requestId: 9, eventType: 'BatteryIn', idToken, batteries: [battery] };
    expect(history(memory)).toEqual([{ kind: 'battery-swap', at: received, detail }]);
    expect(memory.events.emitted).toMatchObject([{ name: 'battery-swap', ...detail }]);
  });

  it('in and out of one swap are two', async () => {
    const memory = inMemory();
    await tell(memory, 'BatterySwap', swap);
    await tell(memory, 'BatterySwap', { ...swap, eventType: 'BatteryOut' });
    expect([history(memory).length, new Set(memory.events.emitted.map(({ id }) => id)).size]).toEqual([2, 2]);
  });
});

describe('C19, C21, C22 NotifySettlement', () => {
  const settlement = {
    ...{ transactionId: 't1', pspRef: 'psp-1', status: 'Settled', receiptId: 'r1' },
    ...{ settlementAmount: 12.34, settlementTime: '2026-01-02T03:00:00Z', vatNumber: 'DE123' },
    vatCompany: { name: 'Acme', address1: 'Street 1', city: 'Bonn', country: 'Germany' },
  };

  it('C21.FR.03: is kept whole, told without the company, and answered without a receipt', async () => {
    const memory = inMemory();
    expect(await tell(memory, 'NotifySettlement', settlement)).toEqual(ok);
    const told = { transactionId: 't1', pspRef: 'psp-1', status: 'Settled', receiptId: 'r1', amount: 12.34 };
    const { vatNumber, vatCompany } = settlement;
    const at = '2026-01-02T03:00:00.000Z';
    expect(history(memory)).toEqual([{ kind: 'settlement', at, detail: { ...told, vatNumber, vatCompany } }]);
    expect(memory.events.emitted).toMatchObject([{ name: 'settlement', at, ...told }]);
    expect(JSON.stringify(memory.events.emitted)).not.toContain('Acme');
  });

  it('C19: one that was cancelled before there was a transaction has none', async () => {
    const memory = inMemory();
    const { transactionId: _, ...cancelled } = { ...settlement, status: 'Canceled', settlementAmount: 0 };
    await tell(memory, 'NotifySettlement', cancelled);
    expect(memory.events.emitted).toMatchObject([{ status: 'Canceled', amount: 0 }]);
  });
});

describe('R05 NotifyDERAlarm', () => {
  const alarm = { controlType: 'HVMustTrip', gridEventFault: 'OverVoltage', timestamp: '2026-01-02T03:00:00Z' };

  it('its beginning and its end are kept, and told', async () => {
    const memory = inMemory();
    expect(await tell(memory, 'NotifyDERAlarm', { ...alarm, extraInfo: '253 V' })).toEqual(ok);
    await tell(memory, 'NotifyDERAlarm', { ...alarm, alarmEnded: true });
    const { timestamp: _, ...of } = alarm;
    expect(history(memory)).toEqual([
      { kind: 'der-alarm', at: '2026-01-02T03:00:00.000Z', detail: { ...of, extraInfo: '253 V', ended: false } },
      { kind: 'der-alarm', at: '2026-01-02T03:00:00.000Z', detail: { ...of, ended: true } },
    ]);
    expect(memory.events.emitted.map(({ name, ended }) => [name, ended])).toEqual([
      ['der-alarm', false],
      ['der-alarm', true],
    ]);
  });
});

describe('what nobody here provides', () => {
  const nothing = async (memory: Memory) => [
    ...memory.events.emitted,
    ...memory.history.entries.values(),
    ...memory.inventory.items.values(),
  ];
  const statusInfo = { reasonCode: 'UnsupportedRequest', additionalInfo: expect.any(String) };

  it('K28 PullDynamicScheduleUpdate: is Rejected', async () => {
    const memory = inMemory();
    expect(await tell(memory, 'PullDynamicScheduleUpdate', { chargingProfileId: 1 })).toEqual([
      ...[3, 'm1', { status: 'Rejected', statusInfo }],
    ]);
    expect(await nothing(memory)).toEqual([]);
  });

  it('C18 VatNumberValidation: is Rejected, with the number that was asked for', async () => {
    const memory = inMemory();
    expect(await tell(memory, 'VatNumberValidation', { vatNumber: 'DE123', evseId: 1 })).toEqual([
      ...[3, 'm1', { statusInfo, vatNumber: 'DE123', evseId: 1, status: 'Rejected' }],
    ]);
    expect(await nothing(memory)).toEqual([]);
  });

  it('M07 GetCertificateChainStatus: each certificate is Failed', async () => {
    const hash = (serialNumber: string) => ({
      ...{ hashAlgorithm: 'SHA256', issuerNameHash: 'a', issuerKeyHash: 'b', serialNumber },
    });
    const asked = [
      { certificateHashData: hash('1'), source: 'OCSP', urls: ['https://ocsp.example'] },
      { certificateHashData: hash('2'), source: 'CRL', urls: ['https://crl.example'] },
    ];
    const memory = inMemory();
    expect(await tell(memory, 'GetCertificateChainStatus', { certificateStatusRequests: asked })).toEqual([
      3,
      'm1',
      { certificateStatus: asked.map(({ urls: _, ...one }) => ({ ...one, status: 'Failed', nextUpdate: received })) },
    ]);
    expect(await nothing(memory)).toEqual([]);
  });

  const ocsp = { hashAlgorithm: 'SHA256', issuerNameHash: 'a', issuerKeyHash: 'b', serialNumber: '1' };
  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s M06 GetCertificateStatus: is Failed', async (protocol) => {
    const asked = { ocspRequestData: { ...ocsp, responderURL: 'https://ocsp.example' } };
    expect(await call(inMemory(), protocol, 'GetCertificateStatus', asked)).toEqual([
      ...[3, 'm1', { status: 'Failed', statusInfo }],
    ]);
  });

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s M01 Get15118EVCertificate: is Failed', async (protocol) => {
    const asked = { iso15118SchemaVersion: 'urn:iso:15118:2:2013:MsgDef', action: 'Install', exiRequest: 'gA==' };
    expect(await call(inMemory(), protocol, 'Get15118EVCertificate', asked)).toEqual([
      ...[3, 'm1', { status: 'Failed', statusInfo, exiResponse: '' }],
    ]);
  });
});
