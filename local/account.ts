import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MovableClock, startClock } from './clock.js';
import { type DynamoDb, startDynamoDb } from './dynamodb.js';
import { type Endpoint, openEndpoint } from './endpoint.js';
import { type Faults, noFaults } from './faults.js';
import { connectionsService } from './gateway/connections.js';
import type { WebSocketApi } from './gateway/websocket.js';
import { type Iam, startIam } from './iam.js';
import { type Iot, startIot } from './iot/index.js';
import { mqttOverWebSockets } from './iot/websocket.js';
import { type Lambda, startLambda } from './lambda/lambda.js';
import { type Meter, startMeter } from './meter.js';
import { type S3, startS3 } from './s3/index.js';
import { type Sqs, startSqs } from './sqs.js';
import { startSts } from './sts.js';

/** What all stacks of one account and Region share. */
export interface Account {
  accountId: string;
  region: string;
  clock: MovableClock;
  faults: Faults;
  endpoint: Endpoint;
  dynamodb: DynamoDb;
  s3: S3;
  sqs: Sqs;
  iot: Iot;
  iam: Iam;
  lambda: Lambda;
  meter: Meter;
  webSocketApis: WebSocketApi[];
  /** The names of those that were removed, each as often as it was. */
  removedStacks: string[];
  /** Where the functions' code is unpacked: outside of this project, so that a bundle finds no module but its own. */
  codeFolder: string;
  onError(message: string): void;
  /** @throws naming each function that left something undone when it returned */
  close(): Promise<void>;
}

export interface AccountOptions {
  /** Where things, shadows, tables and objects are kept; without it they are gone at close. */
  folder?: string;
  host: string;
  /** 0 takes a free one. */
  mqttPort: number;
  /** Where SDK clients connect, on 127.0.0.1; 0 takes a free one. */
  endpointPort: number;
  /** What goes wrong on purpose; without it, nothing. */
  faults?: Faults;
  /** What went wrong where AWS would have written it to a log. */
  onError?(message: string): void;
  /** A line that a function logged. */
  onLog?(functionName: string, line: string): void;
}

/** Starts the embedded AWS. @throws when a port is taken */
export async function startAccount(options: AccountOptions): Promise<Account> {
  const { folder, host, mqttPort, endpointPort, faults = noFaults } = options;
  const outlived: string[] = [];
  /** AWS would not tell it, and freeze what there is to do: whoever closes the account hears of it. */
  const watch = (line: string) => {
    if (line.includes('Embedded.Outlived')) outlived.push(line);
  };
  const onError = (message: string) => {
    watch(message);
    options.onError?.(message);
  };
  const onLog = (functionName: string, line: string) => {
    watch(`${functionName}: ${line}`);
    options.onLog?.(functionName, line);
  };
  const place = { accountId: '000000000000', region: 'us-east-1' };
  const clock = startClock();
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
    if (outlived.length > 0) throw new Error(outlived.join('\n'));
  };
  /** What is started is closed in the end, in the opposite order: also when something after it can't be started. */
  function started<Service extends { close(): unknown }>(service: Service): Service {
    closing.push(() => service.close());
    return service;
  }

  try {
    const meter = startMeter();
    const temporary = await mkdtemp(join(tmpdir(), 'embedded-aws-'));
    closing.push(() => rm(temporary, { recursive: true, force: true }));
    const kept = (name: string) => folder && join(folder, name);
    const common = { ...place, clock, meter, faults, onError, onLog };
    const iam = startIam(common);
    const sts = startSts({ ...common, iam });
    const dynamodb = started(await startDynamoDb({ ...common, folder: kept('dynamodb') }));
    const webSocketHost = () => new URL(endpoint.url).host;
    const iot = started(await startIot({ ...common, folder: kept('iot'), host, mqttPort, webSocketHost }));
    const endpoint = started(
      await openEndpoint({
        port: endpointPort,
        clock,
        authorize(caller, permission) {
          iam.checkSession(caller);
          const role = iam.roleOf(caller);
          if (role) iam.authorize(role, permission, caller);
        },
        // What goes wrong on purpose does so for functions.
        call: (...asked) => (iam.roleOf(asked[1].caller) ? faults : noFaults).call(...asked),
      }),
    );
    const mqtt = started(mqttOverWebSockets(iot.broker, { ...common, iam, credentials: sts.credentials }));
    endpoint.addWebSockets('/mqtt', mqtt.upgrade);
    const s3 = started(startS3({ ...common, folder: kept('s3') ?? join(temporary, 's3') }));
    started(clock);
    const sqs = startSqs(common);
    const lambda = started(startLambda({ ...common, sendFailure: sqs.send }));
    started(sqs);
    const webSocketApis: WebSocketApi[] = [];
    const connections = connectionsService({ ...common, webSocketApis });
    const services = { dynamodb, 'execute-api': connections, iot, 'iot-data': iot, s3, sqs, sts };
    for (const [name, service] of Object.entries(services)) endpoint.add(name, service);

    return {
      ...{ ...common, endpoint, dynamodb, s3, sqs, iot, iam, lambda, webSocketApis },
      removedStacks: [],
      codeFolder: join(temporary, 'code'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
