import { payloadOf } from '../memory/payloads.js';

/** What a story asks for, and what of that the rules know by themselves: they don't ask the code that they judge. */
interface Word {
  action: string;
  payload: object;
  /** May it happen twice? */
  isRepeatable: boolean;
  /** How long it is worth sending, in milliseconds. */
  lifetime: number;
  /** It starts a transaction, which a charge point that is Pending does not. */
  isStart?: true;
}

/** How a version says what a story needs. */
interface Words {
  boot: object;
  asks: readonly Word[];
  /** What somebody asks under an id that is another's. */
  other: Word;
}

const minute = 60_000;
const day = 24 * 60 * minute;

const words201: Words = {
  boot: { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'One' } },
  asks: [
    { action: 'ClearCache', payload: {}, isRepeatable: true, lifetime: day },
    { action: 'Reset', payload: payloadOf('Reset'), isRepeatable: false, lifetime: day },
    { action: 'TriggerMessage', payload: payloadOf('TriggerMessage'), isRepeatable: false, lifetime: minute },
    { action: 'SetChargingProfile', payload: payloadOf('SetChargingProfile'), isRepeatable: true, lifetime: day },
    {
      ...{ action: 'RequestStartTransaction', payload: payloadOf('RequestStartTransaction') },
      ...{ isRepeatable: false, lifetime: minute, isStart: true },
    },
  ],
  other: { action: 'DataTransfer', payload: payloadOf('DataTransfer'), isRepeatable: false, lifetime: day },
};

const profile16 = {
  ...{ chargingProfileId: 1, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile' },
  chargingProfileKind: 'Relative',
  chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] },
};

const words16: Words = {
  boot: { chargePointVendor: 'Acme', chargePointModel: 'One' },
  asks: [
    { action: 'ClearCache', payload: {}, isRepeatable: true, lifetime: day },
    { action: 'Reset', payload: { type: 'Soft' }, isRepeatable: false, lifetime: day },
    { action: 'TriggerMessage', payload: payloadOf('TriggerMessage'), isRepeatable: false, lifetime: minute },
    {
      ...{ action: 'SetChargingProfile', payload: { connectorId: 1, csChargingProfiles: profile16 } },
      ...{ isRepeatable: true, lifetime: day },
    },
    {
      ...{ action: 'RemoteStartTransaction', payload: { idTag: '04A2B3' } },
      ...{ isRepeatable: false, lifetime: minute, isStart: true },
    },
  ],
  other: { action: 'DataTransfer', payload: payloadOf('DataTransfer'), isRepeatable: false, lifetime: day },
};

export const wordsOf = { 'ocpp1.6': words16, 'ocpp2.0.1': words201 } as const;

/** What is known of an action, whichever version has it. */
export function wordFor(action: string): Word {
  const all = Object.values(wordsOf).flatMap(({ asks, other }) => [...asks, other]);
  const word = all.find((one) => one.action === action);
  if (!word) throw new Error(`No story asks for ${action}.`);
  return word;
}
