import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { see } from './see.js';

const dynamodb = new DynamoDBClient({});
const iotData = new IoTDataPlaneClient({});

interface Refusal {
  name: string;
  message: string;
  status: number | undefined;
}

/** Asks for what its role does not allow, and says how that ended. */
export async function handler({ probe }: { probe: string }): Promise<void> {
  const { TABLE, STACK } = process.env;
  await see({
    probe,
    item: await refusal(dynamodb.send(new GetItemCommand({ TableName: TABLE, Key: { id: { S: 'any' } } }))),
    topic: await refusal(iotData.send(new PublishCommand({ topic: `${STACK}/elsewhere`, qos: 1 }))),
  });
}

async function refusal(request: Promise<unknown>): Promise<Refusal | 'done'> {
  return request.then(
    () => 'done',
    ({ name, message, $metadata }) => ({ name, message, status: $metadata?.httpStatusCode }),
  );
}
