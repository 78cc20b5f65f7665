import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { clientOptions } from './clients.js';

/** One client, and so one pool of connections, for topics and shadows. */
export const iotData = new IoTDataPlaneClient(clientOptions);
