import { changeAvailability } from './availability.js';
import { clearChargingProfile, setChargingProfile } from './charging-profiles.js';
import { clearCache } from './clear-cache.js';
import { changeConfiguration, getConfiguration } from './configuration.js';
import { dataTransfer } from './data-transfer.js';
import { getLocalListVersion, sendLocalList } from './local-list.js';
import { remoteStartTransaction, remoteStop } from './remote-transactions.js';
import { cancelReservation, reserveNow } from './reservations.js';
import { reset } from './reset.js';
import type { AnyTake } from './take.js';
import { triggerMessage } from './trigger-message.js';
import { unlockConnector } from './unlock-connector.js';

/** What a 1.6 charge point takes. */
export const ocpp16 = {
  CancelReservation: cancelReservation,
  ChangeAvailability: changeAvailability,
  ChangeConfiguration: changeConfiguration,
  ClearCache: clearCache,
  ClearChargingProfile: clearChargingProfile,
  DataTransfer: dataTransfer,
  ExtendedTriggerMessage: triggerMessage,
  GetConfiguration: getConfiguration,
  GetLocalListVersion: getLocalListVersion,
  RemoteStartTransaction: remoteStartTransaction,
  RemoteStopTransaction: remoteStop,
  ReserveNow: reserveNow,
  Reset: reset,
  SendLocalList: sendLocalList,
  SetChargingProfile: setChargingProfile,
  TriggerMessage: triggerMessage,
  UnlockConnector: unlockConnector,
} satisfies Record<string, AnyTake>;
