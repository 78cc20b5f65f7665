import {
  ConflictException,
  InvalidRequestException,
  RequestEntityTooLargeException,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane';
import { ChangedMeanwhile } from '../csms/changed-meanwhile.js';
import { ShadowRefused, type Shadows } from '../csms/charge-points/ports.js';
import { iotData } from './iot-data.js';

export const iotShadows: Shadows = {
  report: (thingName, reported) => updateShadow(thingName, { state: { reported } }),
};

/** @throws {ShadowRefused} when AWS will not have it @throws {ChangedMeanwhile} when it has another version than the document says */
export async function updateShadow(thingName: string, document: { state: object; version?: number }): Promise<void> {
  try {
    await iotData.send(new UpdateThingShadowCommand({ thingName, payload: JSON.stringify(document) }));
  } catch (error) {
    if (error instanceof RequestEntityTooLargeException || error instanceof InvalidRequestException) {
      throw new ShadowRefused(error.message, { cause: error });
    }
    if (error instanceof ConflictException) throw new ChangedMeanwhile(error.message, { cause: error });
    throw error;
  }
}
