import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateThingCommand, DeleteThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';
import { type Meter, startMeter } from '../local/meter.js';
import type { Seen } from './functions/see.js';
import { openInbox } from './inbox.js';
import { mark } from './mark.js';
import type { Credentials } from './places/signed-url.js';
import { countInvocation, countMessage, countRequests } from './spent.js';
import type { Heard, Stage } from './stage.js';

/** Where a stage is: what differs between AWS and what imitates it. */
export interface Place
  extends Pick<
    Stage,
    | 'gateway'
    | 'edge'
    | 'chargePointsTable'
    | 'filesBucket'
    | 'fileUrls'
    | 'ref'
    | 'now'
    | 'elapse'
    | 'elapseDuring'
    | 'settle'
  > {
  /** Of the probes. */
  stackName: string;
  region: string;
  /** Of the SDK clients. Without one they find it, as they find their credentials, in the environment. */
  endpoints: {
    connections: string;
    dynamodb?: string;
    iot?: string;
    iotData?: string;
    s3?: string;
    sqs?: string;
    sts?: string;
  };
  credentials?: { accessKeyId: string; secretAccessKey: string };
  /** Good for one connection, now. */
  mqttUrl(): string;
  /** The same over a WebSocket, with these credentials. */
  mqttUrlOf(credentials: Credentials): string;
  close(): Promise<void>;
}

/** @throws when MQTT can't be connected */
export async function openStage(place: Place, meter: Meter = startMeter()): Promise<Stage> {
  const { region, credentials, endpoints, stackName } = place;
  const at = (endpoint?: string) => ({ region, ...(credentials && { credentials }), ...(endpoint && { endpoint }) });
  const clients = {
    connections: new ApiGatewayManagementApiClient(at(endpoints.connections)),
    dynamodb: DynamoDBDocumentClient.from(new DynamoDBClient(at(endpoints.dynamodb))),
    iot: new IoTClient(at(endpoints.iot)),
    iotData: new IoTDataPlaneClient(at(endpoints.iotData)),
    s3: new S3Client(at(endpoints.s3)),
    sqs: new SQSClient(at(endpoints.sqs)),
    sts: new STSClient(at(endpoints.sts)),
  };
  countRequests(clients, meter);
  const things: string[] = [];
  const mqttClients: MqttClient[] = [];

  async function connect(options: IClientOptions, url = place.mqttUrl()): Promise<MqttClient> {
    const client = await connectAsync(url, { clientId: mark(), protocolVersion: 4, ...options }, false);
    // Whoever is disconnected is told so by `close`.
    client.on('error', () => {});
    mqttClients.push(client);
    return client;
  }

  const topic = (...levels: string[]) => [stackName, ...levels].join('/');
  const invocations = openInbox<Seen>();
  const inboxes: { covers(topic: string): boolean; put(message: Heard): void }[] = [];
  const listener = await connect({ reconnectPeriod: 1_000, transformWsUrl: () => place.mqttUrl() });
  listener.on('message', (topic, payload) => {
    countMessage({ topic, payload }, meter);
    for (const { covers, put } of inboxes) if (covers(topic)) put({ topic, payload });
  });

  async function hear(filter: string, put: (message: Heard) => void): Promise<void> {
    inboxes.push({ covers: filterOf(filter), put });
    await listener.subscribeAsync(filter, { qos: 1 });
  }
  await hear(topic('seen'), ({ payload }) => {
    const seen: Seen = JSON.parse(payload.toString());
    countInvocation(seen, meter);
    invocations.put(seen);
  });

  return {
    gateway: place.gateway,
    edge: place.edge,
    chargePointsTable: place.chargePointsTable,
    filesBucket: place.filesBucket,
    fileUrls: place.fileUrls,
    ref: place.ref,
    topic,
    ...clients,
    mqtt: () => connect({ reconnectPeriod: 0 }),
    mqttAs: (credentials, clientId) => connect({ reconnectPeriod: 0, clientId }, place.mqttUrlOf(credentials)),
    async listen(filter) {
      const inbox = openInbox<Heard>();
      await hear(filter, inbox.put);
      return inbox;
    },
    seen: invocations.first,
    allSeen: (where) => invocations.all.filter(where),
    async thing(attributes = {}) {
      const thingName = mark();
      await clients.iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes } }));
      things.push(thingName);
      return thingName;
    },
    now: place.now,
    elapse: place.elapse,
    elapseDuring: place.elapseDuring,
    settle: place.settle,
    async close() {
      for (const thingName of things) await clients.iot.send(new DeleteThingCommand({ thingName }));
      await Promise.all(mqttClients.map((client) => client.endAsync(true)));
      await place.close();
    },
  };
}

/** A topic filter as MQTT means it. */
function filterOf(filter: string): (topic: string) => boolean {
  const pattern = filter
    .replace(/[.*?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('+', '[^/]+')
    .replace(/\/#$/, '(/.*)?');
  const expression = new RegExp(`^${pattern}$`);
  return (topic) => expression.test(topic);
}
