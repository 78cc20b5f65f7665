/**
 * What must not happen twice, or may have happened when nobody answered: it is never sent again by itself. Everything
 * else leaves the charge point the same when it is told again.
 */
const once = new Set([
  'CustomerInformation',
  'DataTransfer',
  'ExtendedTriggerMessage',
  'GetDiagnostics',
  'RemoteStartTransaction',
  'RequestBatterySwap',
  'RequestStartTransaction',
  'Reset',
  'SendLocalList',
  'TriggerMessage',
  'UnlockConnector',
]);

/**
 * What a charge point says when nothing is left of what was to be taken away. Where that was asked for before, and not
 * answered, it was done then: it is as asked.
 */
const gone: Readonly<Record<string, string>> = {
  CancelReservation: 'Rejected',
  ClearChargingProfile: 'Unknown',
  ClearDERControl: 'NotFound',
  ClearDisplayMessage: 'Unknown',
  ClearTariffs: 'NoTariff',
  ClearVariableMonitoring: 'NotFound',
  DeleteCertificate: 'NotFound',
  UnpublishFirmware: 'NoFirmware',
};

/** What somebody waits for at the charge point, or what is about now: later it helps nobody. */
const immediate = new Set([
  'AFRRSignal',
  'CostUpdated',
  'ExtendedTriggerMessage',
  'NotifyAllowedEnergyTransfer',
  'NotifyWebPaymentStarted',
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'RequestBatterySwap',
  'RequestStartTransaction',
  'RequestStopTransaction',
  'TriggerMessage',
  'UnlockConnector',
  'UpdateDynamicSchedule',
]);

const minute = 60_000;

/** @param payload JSON: 5.19, an update of 1.6 has no number by which a charge point knows that it is the same */
export function isRepeatable({ action, payload }: { action: string; payload: string }): boolean {
  return !once.has(action) && (action !== 'UpdateFirmware' || JSON.parse(payload).requestId !== undefined);
}

/** Is this how a charge point says that what was to be taken away is gone already? */
export function isGone(action: string, status: string): boolean {
  return gone[action] === status;
}

/** Does somebody wait for it at the charge point? */
export function isImmediate(action: string): boolean {
  return immediate.has(action);
}

/** How long a command is worth sending unless its sender says so, in milliseconds. */
export function lifetimeOf(action: string): number {
  return isImmediate(action) ? minute : 24 * 60 * minute;
}
