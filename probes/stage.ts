import type { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import type { IoTClient } from '@aws-sdk/client-iot';
import type { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { STSClient } from '@aws-sdk/client-sts';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { MqttClient } from 'mqtt';
import type { FileUrls } from '../csms/files/ports.js';
import type { Seen } from './functions/see.js';
import type { Credentials } from './places/signed-url.js';

/** All that a probe sees of AWS: the probes' own stack, a stage of the system, and the account that both are in. */
export interface Stage {
  /** Where the probes' WebSocket API is dialled, with no edge before it: `wss://…/<stage>`. */
  gateway: string;
  /** The URL for charge points of the system's stage; each appends its identity. */
  edge: string;
  /** The system's table of charge points. */
  chargePointsTable: string;
  /** The system's bucket of files, and the URLs of what is in it. */
  filesBucket: string;
  fileUrls: FileUrls;
  /** What `Ref` gives for a resource of the probes' stack. */
  ref(logicalId: string): string;
  /** A topic of the probes' stack: `<stack>/…`. */
  topic(...levels: string[]): string;

  /** `@connections` of the probes' API. */
  connections: ApiGatewayManagementApiClient;
  dynamodb: DynamoDBDocumentClient;
  iot: IoTClient;
  iotData: IoTDataPlaneClient;
  s3: S3Client;
  sqs: SQSClient;
  sts: STSClient;

  /** Connects another MQTT client. It does not come back by itself when it is disconnected. */
  mqtt(): Promise<MqttClient>;
  /** The same over a WebSocket, with these credentials. @throws when it is refused */
  mqttAs(credentials: Credentials, clientId: string): Promise<MqttClient>;
  /** Hears the messages of a topic filter from now on. */
  listen(filter: string): Promise<Inbox<Heard>>;
  /** The first invocation of a function of the probes' stack, so far or from now on, that is as `where` says. */
  seen(what: string, where: (seen: Seen) => boolean): Promise<Seen>;
  /** All of them so far. */
  allSeen(where: (seen: Seen) => boolean): Seen[];
  /** Registers a thing of a new name. It is deleted at the end. */
  thing(attributes?: Record<string, string>): Promise<string>;
  now(): Date;
  /** Waits so many milliseconds, or moves the time where it can be moved. */
  elapse(ms: number): Promise<void>;
  /** The same, while a function is at something that takes longer. */
  elapseDuring(ms: number): Promise<void>;
  /** Waits until whatever was to come of what is done has come. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** What came, in its order. */
export interface Inbox<T> {
  /** The first that is as `where` says, so far or from now on. */
  first(what: string, where: (item: T) => boolean): Promise<T>;
  readonly all: readonly T[];
}

export interface Heard {
  topic: string;
  payload: Buffer;
}
