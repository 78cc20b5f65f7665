import {
  InvalidRequestException,
  IoTDataPlaneClient,
  RequestEntityTooLargeException,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane';
import { ShadowRefused, type Shadows } from '../csms/charge-points/ports.js';
import { clientOptions } from './clients.js';

const iot = new IoTDataPlaneClient(clientOptions);

export const iotShadows: Shadows = {
  async report(thingName, reported) {
    const payload = JSON.stringify({ state: { reported } });
    try {
      await iot.send(new UpdateThingShadowCommand({ thingName, payload }));
    } catch (error) {
      if (error instanceof RequestEntityTooLargeException || error instanceof InvalidRequestException) {
        throw new ShadowRefused(error.message, { cause: error });
      }
      throw error;
    }
  },
};
