import { describe, expect, it } from 'vitest';
import { isRepeatable, lifetimeOf } from './actions.js';

const minute = 60_000;

describe('a command that nobody answered', () => {
  it.each([
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
  ])('is not sent again by itself: %s', (action) => {
    expect(isRepeatable({ action, payload: '{}' })).toBe(false);
  });

  it('5.9, 5.19: is not sent again where it has no number to be known by', () => {
    expect(isRepeatable({ action: 'UpdateFirmware', payload: '{"location":"https://a"}' })).toBe(false);
    expect(isRepeatable({ action: 'UpdateFirmware', payload: '{"requestId":0}' })).toBe(true);
  });

  it.each([
    'ChangeAvailability',
    'GetVariables',
    'RemoteStopTransaction',
    'RequestStopTransaction',
    'SetChargingProfile',
  ])('is sent again, since twice is the same as once: %s', (action) => {
    expect(isRepeatable({ action, payload: '{}' })).toBe(true);
  });
});

describe('a command is worth sending', () => {
  it.each([
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
  ])('for a minute where it is about now: %s', (action) => {
    expect(lifetimeOf(action)).toBe(minute);
  });

  it.each(['Reset', 'SetVariables', 'SendLocalList'])('for a day otherwise: %s', (action) => {
    expect(lifetimeOf(action)).toBe(24 * 60 * minute);
  });
});
