import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MovableClock, startClock } from './clock.js';
import { type DynamoDb, startDynamoDb } from './dynamodb.js';
import { type Endpoint, openEndpoint } from './endpoint.js';
import { type Faults, noFaults } from './faults.js';
import { faultyCalls } from './faulty-calls.js';
import { claim } from './folder.js';
import { connectionsService } from './gateway/connections.js';
import type { WebSocketApi } from './gateway/websocket.js';
import { type Iam, type Permission, startIam } from './iam.js';
import { type Iot, startIot } from './iot/index.js';
import { mqttOverWebSockets } from './iot/websocket.js';
import { type Issuer, startIssuer } from './issuer.js';
import { type Lambda, startLambda } from './lambda/lambda.js';
import { type Meter, startMeter } from './meter.js';
import { permissionFor } from './permissions.js';
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
  /** Where people sign in. */
  issuer: Issuer;
  lambda: Lambda;
  meter: Meter;
  webSocketApis: WebSocketApi[];
  /** The names of those that were removed, each as often as it was. */
  removedStacks: string[];
  /** Where the functions' code is unpacked: outside of this project, so that a bundle finds no module but its own. */
  codeFolder: string;
  onError(message: string): void;
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
  /** Where SDK clients of S3 connect, on `host`; 0 takes a free one. */
  s3Port: number;
  /** What goes wrong on purpose; without it, nothing. */
  faults?: Faults;
  /** What went wrong where AWS would have written it to a log. */
  onError?(message: string): void;
  /** A line that a function logged. */
  onLog?(functionName: string, line: string): void;
}

/** Starts the embedded AWS. @throws when a port is taken */
export async function startAccount(options: AccountOptions): Promise<Account> {
  const {
    folder,
    host,
    mqttPort,
    endpointPort,
    s3Port,
    faults = noFaults,
    onError = () => {},
    onLog = () => {},
  } = options;
  const place = { accountId: '000000000000', region: 'us-east-1' };
  const clock = startClock();
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const end of closing.reverse()) await end();
  };
  /** What is started is closed in the end, in the opposite order: also when something after it can't be started. */
  function started<Service extends { close(): unknown }>(service: Service): Service {
    closing.push(() => service.close());
    return service;
  }

  try {
    const iam = startIam(clock);
    const sts = startSts(iam, clock);
    const authorize = (caller: string, permission: () => Permission) => {
      iam.checkSession(caller);
      const role = iam.roleOf(caller);
      if (role) iam.authorize(role, permission(), caller);
    };
    const meter = startMeter();
    if (folder) started(claim(folder));
    const dynamodb = started(await startDynamoDb(clock, meter, folder && join(folder, 'dynamodb')));
    const inFolder = folder && { folder: join(folder, 'iot') };
    const iot = started(
      await startIot({
        ...{ clock, meter, ...place, host, mqttPort, ...inFolder },
        webSocketHost: () => new URL(endpoint.url).host,
      }),
    );
    const endpoint = started(
      await openEndpoint(endpointPort, clock, (service, request) => {
        // Who may assume a role is for its trust policy to say.
        if (service !== 'sts') authorize(request.caller, () => permissionFor(service, request, place));
      }),
    );
    const mqtt = started(
      mqttOverWebSockets(iot.broker, {
        ...{ ...place, clock, credentials: sts.credentials, iam },
      }),
    );
    endpoint.addWebSockets('/mqtt', mqtt.upgrade);
    const faulty = faultyCalls(faults, (service, request) =>
      iam.roleOf(request.caller) ? permissionFor(service, request, place) : undefined,
    );
    const s3 = started(
      await startS3({
        ...{ clock, meter, host, port: s3Port },
        ...(folder && { folder: join(folder, 's3') }),
        authorize: (caller, permission) => authorize(caller, () => permission),
        faulty: (service) => faulty('s3', service),
      }),
    );
    const codeFolder = await mkdtemp(join(tmpdir(), 'embedded-lambda-'));
    closing.push(() => rm(codeFolder, { recursive: true, force: true }));
    started(clock);
    const sqs = startSqs({ clock, meter, faults, region: place.region });
    const lambda = started(startLambda({ clock, faults, meter, sendFailure: sqs.send, onLog }));
    started(sqs);

    const webSocketApis: WebSocketApi[] = [];
    const services = {
      dynamodb,
      'execute-api': connectionsService(webSocketApis, clock, meter),
      iot,
      'iot-data': iot,
      sqs,
      sts,
    };
    for (const [name, service] of Object.entries(services)) {
      const { handle } = faulty(name, service);
      endpoint.add(name, { handle: (request) => clock.during(handle(request)) });
    }
    const issuer = startIssuer(clock, () => `${endpoint.url}/issuer`);
    endpoint.add('issuer', issuer);
    return {
      ...place,
      clock,
      faults,
      endpoint,
      dynamodb,
      s3,
      sqs,
      iot,
      iam,
      issuer,
      lambda,
      meter,
      webSocketApis,
      removedStacks: [],
      codeFolder,
      onError,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
