import { describe, expect, it } from 'vitest';
import { call } from '../../test/memory/call.js';
import { inMemory } from '../../test/memory/index.js';
import { protocols } from '../ocpp/protocol.js';

const event = (type: string, more: object = {}) => ({ type, timestamp: '2026-01-02T04:00:00+01:00', ...more });
const at = '2026-01-02T03:00:00.000Z';

describe('A04 SecurityEventNotification', () => {
  it.each(protocols)('%s A04.FR.03: is answered with {}, kept and told', async (protocol) => {
    const memory = inMemory();
    const told = { type: 'TamperDetectionActivated', techInfo: 'door' };
    expect(await call(memory, protocol, 'SecurityEventNotification', event(told.type, told))).toEqual([3, 'm1', {}]);
    const detail = { ...told, critical: true };
    expect([...memory.history.entries.values()]).toEqual([
      { chargePointId: 'CP1', kind: 'security-event', at: new Date(at), id: expect.any(String), detail },
    ]);
    expect(memory.events.emitted).toMatchObject([{ name: 'security-event', chargePointId: 'CP1', at, ...detail }]);
  });

  it.each([
    ...['FirmwareUpdated', 'SettingSystemTime', 'StartupOfTheDevice', 'ResetOrReboot', 'SecurityLogWasCleared'],
    ...['MemoryExhaustion', 'TamperDetectionActivated', 'InvalidFirmwareSignature', 'InvalidCsmsCertificate'],
    ...['InvalidFirmwareSigningCertificate', 'InvalidChargingStationCertificate', 'DiscardedRenewedClientCertificate'],
    ...['InvalidTLSVersion', 'InvalidTLSCipherSuite', 'MaintenanceLoginAccepted', 'MaintenanceLoginFailed'],
    ...['InvalidCentralSystemCertificate', 'InvalidChargePointCertificate'],
  ])('appendix 1: %s is critical', async (type) => {
    const memory = inMemory();
    await call(memory, 'ocpp2.0.1', 'SecurityEventNotification', event(type));
    expect(memory.events.emitted).toMatchObject([{ type, critical: true }]);
  });

  it.each([
    ...['FailedToAuthenticateAtCsms', 'CsmsFailedToAuthenticate', 'InvalidMessages', 'AttemptedReplayAttacks'],
    ...['ReconfigurationOfSecurityParameters', 'AcmeDoorOpened', 'constructor'],
  ])('appendix 1: %s is not', async (type) => {
    const memory = inMemory();
    await call(memory, 'ocpp2.0.1', 'SecurityEventNotification', event(type));
    expect(memory.events.emitted).toMatchObject([{ type, critical: false }]);
  });

  it.each(protocols)('%s: told twice is one, also when the charge point itself repeats it', async (protocol) => {
    const memory = inMemory();
    await call(memory, protocol, 'SecurityEventNotification', event('InvalidMessages', { techInfo: 'not JSON' }));
    memory.clock.advance(60_000);
    await call(memory, protocol, 'SecurityEventNotification', event('InvalidMessages', { techInfo: 'not JSON' }));
    expect([memory.history.entries.size, memory.events.names()]).toEqual([1, ['security-event']]);
    expect(memory.events.emitted).toHaveLength(2);
  });

  it('two of one second are two, when they are of different types or say different things', async () => {
    const memory = inMemory();
    for (const told of [
      event('InvalidMessages'),
      event('InvalidMessages', { techInfo: 'a' }),
      event('InvalidMessages', { techInfo: 'b' }),
      event('MemoryExhaustion'),
    ]) {
      await call(memory, 'ocpp1.6', 'SecurityEventNotification', told);
    }
    expect([memory.history.entries.size, memory.events.names().length]).toEqual([4, 4]);
  });
});

describe('A02, A03 SignCertificate', () => {
  const csr = '-----BEGIN CERTIFICATE REQUEST-----\nMIIB\n-----END CERTIFICATE REQUEST-----';

  it.each(protocols)('%s A02.FR.11: is Rejected as long as nobody can sign, and told', async (protocol) => {
    const memory = inMemory();
    expect(await call(memory, protocol, 'SignCertificate', { csr })).toEqual([3, 'm1', { status: 'Rejected' }]);
    expect(memory.events.emitted).toMatchObject([{ name: 'certificate-requested', chargePointId: 'CP1', csr }]);
  });

  it.each([
    ['ocpp1.6', {}, 'ChargingStationCertificate', undefined],
    ['ocpp2.0.1', {}, undefined, undefined],
    ['ocpp2.0.1', { certificateType: 'V2GCertificate' }, 'V2GCertificate', undefined],
    ['ocpp2.1', { certificateType: 'V2G20Certificate', requestId: 3 }, 'V2G20Certificate', 3],
  ] as const)('%s %j: what the certificate is for is told', async (protocol, payload, certificateType, requestId) => {
    const memory = inMemory();
    await call(memory, protocol, 'SignCertificate', { csr, ...payload });
    const [told] = memory.events.emitted;
    expect([told?.certificateType, told?.requestId]).toEqual([certificateType, requestId]);
  });

  it.each(protocols)('%s: told twice is one event', async (protocol) => {
    const memory = inMemory();
    const receivedAt = memory.clock.now();
    await call(memory, protocol, 'SignCertificate', { csr }, receivedAt);
    memory.clock.advance(60_000);
    await call(memory, protocol, 'SignCertificate', { csr }, receivedAt);
    expect(memory.events.names()).toEqual(['certificate-requested']);
  });
});
