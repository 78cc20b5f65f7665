/** A valid payload of each command of 2.0.1 that tests of the queue send. */
const payloads: Record<string, object> = {
  ClearCache: {},
  DataTransfer: { vendorId: 'com.acme' },
  GetLocalListVersion: {},
  RequestStartTransaction: { remoteStartId: 1, idToken: { idToken: '04A2B3', type: 'ISO14443' } },
  RequestStopTransaction: { transactionId: 't1' },
  Reset: { type: 'Immediate' },
  SetChargingProfile: {
    evseId: 1,
    chargingProfile: {
      ...{ id: 1, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Relative' },
      chargingSchedule: [{ id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] }],
    },
  },
  TriggerMessage: { requestedMessage: 'Heartbeat' },
  UnlockConnector: { evseId: 1, connectorId: 1 },
};

export function payloadOf(action: string): object {
  const payload = payloads[action];
  if (!payload) throw new Error(`There is no payload of ${action} here.`);
  return payload;
}

/** What a charging station of 2.0.1 answers to say yes. */
export function responseOf(action: string): object {
  return action === 'GetLocalListVersion'
    ? { versionNumber: 1 }
    : { status: action === 'UnlockConnector' ? 'Unlocked' : 'Accepted' };
}
