import {
  InvalidRequestException,
  RequestEntityTooLargeException,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane';
import { ShadowRefused, type Shadows } from '../csms/charge-points/ports.js';
import { iotData } from './iot-data.js';

export const iotShadows: Shadows = {
  async report(thingName, reported) {
    const payload = JSON.stringify({ state: { reported } });
    try {
      await iotData.send(new UpdateThingShadowCommand({ thingName, payload }));
    } catch (error) {
      if (error instanceof RequestEntityTooLargeException || error instanceof InvalidRequestException) {
        throw new ShadowRefused(error.message, { cause: error });
      }
      throw error;
    }
  },
};
