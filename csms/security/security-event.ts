import { createHash } from 'node:crypto';
import type { HandlerContext } from '../ocpp/handler.js';

/**
 * What the list of security events calls critical, by its newest edition (2.0.1 and 2.1, appendix 1), and by the names that
 * 1.6 has for the same.
 */
const critical = new Set([
  ...['FirmwareUpdated', 'InvalidFirmwareSignature', 'InvalidFirmwareSigningCertificate'],
  ...['SettingSystemTime', 'StartupOfTheDevice', 'ResetOrReboot', 'MemoryExhaustion', 'TamperDetectionActivated'],
  ...['SecurityLogWasCleared', 'MaintenanceLoginAccepted', 'MaintenanceLoginFailed'],
  ...['InvalidCsmsCertificate', 'InvalidCentralSystemCertificate', 'InvalidTLSVersion', 'InvalidTLSCipherSuite'],
  ...['InvalidChargingStationCertificate', 'InvalidChargePointCertificate', 'DiscardedRenewedClientCertificate'],
]);

/** A04: something happened that bears on security. One of a type that is not on the list is not critical. */
export async function securityEvent(
  { at, ...told }: { type: string; at: Date; techInfo?: string },
  { chargePointId, history, events }: HandlerContext,
): Promise<void> {
  const detail = { ...told, critical: critical.has(told.type) };
  const id = createHash('sha256')
    .update(JSON.stringify([told.type, told.techInfo]))
    .digest('hex')
    .slice(0, 16);
  await history.add({ chargePointId, kind: 'security-event', at, id, detail });
  const time = at.toISOString();
  await events.emit(chargePointId, 'security-event', `${id}-${time}`, { ...detail, at: time });
}
