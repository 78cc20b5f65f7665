import { IoTClient, UpdateEventConfigurationsCommand } from '@aws-sdk/client-iot';
import { clientOptions } from './clients.js';

const iot = new IoTClient(clientOptions);

/** Makes the account's registry tell when things are created, changed and deleted. Other kinds of events stay as they are. */
export async function enableThingEvents(): Promise<void> {
  await iot.send(new UpdateEventConfigurationsCommand({ eventConfigurations: { THING: { Enabled: true } } }));
}
