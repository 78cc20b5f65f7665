import { randomUUID } from 'node:crypto';
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';

/** What a probe hears of an invocation, on the topic `<stack>/seen`. */
export interface Seen {
  /** As in serverless.yml. */
  function: string;
  /** The same for every event of one execution environment. */
  environment: string;
  /** Milliseconds since 1970, by the function's clock. */
  at: number;
  event: any;
}

const environment = randomUUID();
const iotData = new IoTDataPlaneClient({});

/** Says on the stack's topic what a function was told. */
export async function see(event: object): Promise<void> {
  const { STACK = '', AWS_LAMBDA_FUNCTION_NAME = '' } = process.env;
  const seen: Seen = {
    function: AWS_LAMBDA_FUNCTION_NAME.replace(`${STACK}-`, ''),
    environment,
    at: Date.now(),
    event,
  };
  await iotData.send(new PublishCommand({ topic: `${STACK}/seen`, qos: 1, payload: JSON.stringify(seen) }));
}
