/**
 * What must not happen twice, or may have happened when nobody answered: it is never sent again by itself. Everything
 * else leaves the charge point the same when it is told again.
 */
const once = new Set([
  'CustomerInformation',
  'DataTransfer',
  'ExtendedTriggerMessage',
  'RemoteStartTransaction',
  'RequestBatterySwap',
  'RequestStartTransaction',
  'Reset',
  'SendLocalList',
  'TriggerMessage',
  'UnlockConnector',
]);

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

export function isRepeatable(action: string): boolean {
  return !once.has(action);
}

/** Does somebody wait for it at the charge point? */
export function isImmediate(action: string): boolean {
  return immediate.has(action);
}

/** How long a command is worth sending unless its sender says so, in milliseconds. */
export function lifetimeOf(action: string): number {
  return isImmediate(action) ? minute : 24 * 60 * minute;
}
