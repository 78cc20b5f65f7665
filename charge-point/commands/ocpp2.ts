import { changeAvailabilityOf2 } from './availability.js';
import { clearChargingProfileOf2, setChargingProfileOf2 } from './charging-profiles.js';
import { clearCache } from './clear-cache.js';
import { dataTransfer } from './data-transfer.js';
import { getBaseReport } from './get-base-report.js';
import { getLocalListVersionOf2, sendLocalListOf2 } from './local-list.js';
import { remoteStop, requestStartTransaction } from './remote-transactions.js';
import { cancelReservation, reserveNowOf2 } from './reservations.js';
import { resetOf2 } from './reset.js';
import type { AnyTake } from './take.js';
import { triggerMessageOf2 } from './trigger-message.js';
import { unlockConnectorOf2 } from './unlock-connector.js';
import { getVariables, setVariables } from './variables.js';

/** What a charge point of 2.0.1 or 2.1 takes: alike in these messages. */
export const ocpp2 = {
  CancelReservation: cancelReservation,
  ChangeAvailability: changeAvailabilityOf2,
  ClearCache: clearCache,
  ClearChargingProfile: clearChargingProfileOf2,
  DataTransfer: dataTransfer,
  GetBaseReport: getBaseReport,
  GetLocalListVersion: getLocalListVersionOf2,
  GetVariables: getVariables,
  RequestStartTransaction: requestStartTransaction,
  RequestStopTransaction: remoteStop,
  ReserveNow: reserveNowOf2,
  Reset: resetOf2,
  SendLocalList: sendLocalListOf2,
  SetChargingProfile: setChargingProfileOf2,
  SetVariables: setVariables,
  TriggerMessage: triggerMessageOf2,
  UnlockConnector: unlockConnectorOf2,
} satisfies Record<string, AnyTake>;
