import {
  CreateThingCommand,
  DeleteThingCommand,
  DescribeThingCommand,
  IoTClient,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-iot';
import type { Things } from '../csms/charge-points/records.js';
import { clientOptions } from './clients.js';

const iot = new IoTClient(clientOptions);

export const iotThings: Things = {
  async create(chargePointId, namespace) {
    const attributes = namespace ? { namespace } : {};
    try {
      // Told again with the same attributes, it succeeds as well.
      const found = await namespaceOf(chargePointId);
      if (found !== undefined) return { isNew: false, namespace: found };
      await iot.send(new CreateThingCommand({ thingName: chargePointId, attributePayload: { attributes } }));
      return { isNew: true, namespace };
    } catch (error) {
      if (!(error instanceof ResourceAlreadyExistsException)) throw error;
      return { isNew: false, namespace: (await namespaceOf(chargePointId)) ?? '' };
    }
  },

  async delete(chargePointId) {
    await iot.send(new DeleteThingCommand({ thingName: chargePointId }));
  },
};

async function namespaceOf(thingName: string): Promise<string | undefined> {
  try {
    const { attributes } = await iot.send(new DescribeThingCommand({ thingName }));
    return attributes?.namespace ?? '';
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}
