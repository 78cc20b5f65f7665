import { DescribeThingCommand, IoTClient, ResourceNotFoundException } from '@aws-sdk/client-iot';
import type { Registry } from '../csms/charge-points/ports.js';
import { clientOptions } from './clients.js';

const iot = new IoTClient(clientOptions);

/** What a thing can be called; an OCPP identity may have characters that it cannot. */
const thingName = /^[a-zA-Z0-9:_-]{1,128}$/;

export const iotRegistry: Registry = {
  async describe(chargePointId) {
    if (!thingName.test(chargePointId)) return undefined;
    try {
      const { attributes } = await iot.send(new DescribeThingCommand({ thingName: chargePointId }));
      return { namespace: attributes?.namespace ?? '' };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  },
};
