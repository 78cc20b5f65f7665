import { CreateThingCommand, DescribeThingCommand, type IoTClient } from '@aws-sdk/client-iot';
import { Failure } from './script.js';
import { updateThing } from './update-thing.js';

/**
 * Creates a charge point's thing. One that is there for the same namespace is left as it is, with its other attributes.
 *
 * @param namespace the stage's, empty for one without
 * @throws {Failure} when the thing is for another namespace
 */
export async function createThing(thingName: string, namespace: string, iot: IoTClient): Promise<void> {
  const attributes = namespace ? { namespace } : {};
  try {
    await iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes } }));
  } catch (error) {
    if ((error as Error).name !== 'ResourceAlreadyExistsException') throw error;
    const { attributes } = await iot.send(new DescribeThingCommand({ thingName }));
    const its = attributes?.namespace ?? '';
    if (its === namespace) return;
    const told = `${thingName} exists already, for ${named(its)}. To have it for ${named(namespace)}:`;
    throw new Failure(`${told} ${updateThing(thingName, namespace)}`);
  }
}

function named(namespace: string): string {
  return namespace ? `namespace ${namespace}` : 'stages without a namespace';
}
