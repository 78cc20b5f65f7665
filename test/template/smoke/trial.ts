import { CreateThingCommand } from '@aws-sdk/client-iot';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Account, startAccount } from '../../../local/account.js';
import { deploy, type Stack } from '../../../local/stack.js';
import { type Issuer, startIssuer } from '../../../start/issuer.js';
import { clientsOf, signal, tableName } from '../../system/cloud.js';
import { dial, type Socket } from '../../system/socket.js';
import { namespaceOf } from '../namespace.js';
import { resolved, type Template } from '../template.js';

const hour = 60 * 60_000;

/** Something a stage is there for. @throws when it does not do it */
export type Step = [name: string, step: (trial: Trial) => Promise<void>];

/** A template deployed into an account of its own, to be tried. */
export interface Trial {
  account: Account;
  stack: Stack;
  /** Where people sign in. */
  issuer: Issuer;
  /** Makes a thing that is a charge point of the stage, and returns its identity. */
  register(): Promise<string>;
  /** An open socket of a new charge point, whose connection is current. */
  connected(offered?: string): Promise<{ identity: string; socket: Socket }>;
  dial(identity: string, offered?: string): Promise<Socket>;
  /** Publishes a frame on a topic of a charge point, as anybody may. */
  publish(identity: string, channel: 'in' | 'out', frame: unknown, properties?: Record<string, string>): Promise<void>;
  /** Tells an event, as functions do. */
  publishEvent(identity: string, name: string, event: object): Promise<void>;
  /** The topic of a charge point that ends so. */
  topic(identity: string, ...ends: string[]): string;
  /** Puts an item into a table of the stack, by its logical id. */
  put(table: string, item: object): Promise<void>;
  /** Sends a timer, and waits for what comes of it. */
  timer(timer: object): Promise<void>;
  /** The next frame on a socket, when nothing is going on any more. @throws when there is none */
  frame(socket: Socket): Promise<unknown[]>;
  /** The result of a CALL. @throws when it is answered by anything else, or not at all */
  call(socket: Socket, action: string, payload: object): Promise<Record<string, unknown>>;
  /** The events of a charge point so far. */
  events(identity: string, name: string): Record<string, unknown>[];
  /** What waits in a queue of the stack. */
  waiting(logicalId: string): string[];
  /** These lines may be logged: anything else is a fault. */
  expect(...lines: RegExp[]): void;
  /** Rejects with the first line that is logged though nobody expected it. */
  faults: Promise<never>;
  close(): Promise<void>;
}

/**
 * @param watch told of the account, before anything is done in it
 * @throws why it can't be deployed
 */
export async function deployForTrial(template: Template, watch: (account: Account) => void): Promise<Trial> {
  const expected: RegExp[] = [];
  const fault = signal<string>();
  const faults = fault.given.then((line) => Promise.reject(new Error(line)));
  // Whoever races with it comes later.
  faults.catch(() => {});
  const told = (line: string) => expected.some((pattern) => pattern.test(line)) || fault.give(line);

  const host = '127.0.0.1';
  const account = await startAccount({
    ...{ host, mqttPort: 0, endpointPort: 0 },
    onError: told,
    onLog: (functionName, line) => told(`${functionName}: ${line}`),
  });
  watch(account);
  const { authorize } = account.iam;
  account.iam.authorize = (...asked) => {
    try {
      authorize(...asked);
    } catch (denied) {
      told((denied as Error).message);
      throw denied;
    }
  };
  const issuer = startIssuer(account.clock);
  let stack: Stack;
  try {
    // So that a connection comes of age without having to say anything.
    stack = await deploy({ template, host, port: 0, limits: { idle: 2 * hour }, issuers: issuer }, account);
  } catch (error) {
    await account.close();
    throw error;
  }

  const namespace = namespaceOf(resolved(template));
  const topic = (...levels: string[]) => [...(namespace ? [namespace] : []), ...levels].join('/');
  const published: { topic: string; text: string }[] = [];
  account.iot.broker.listen((message) => published.push({ topic: message.topic, text: message.payload.toString() }));
  let things = 0;
  const queueUrl = (logicalId: string) =>
    String(stack.resources.ofType('AWS::SQS::Queue').find((queue) => queue.logicalId === logicalId)?.ref);
  const publish = async (topic: string, message: unknown, properties: Record<string, string> = {}) => {
    const payload = Buffer.from(JSON.stringify(message));
    await account.iot.broker.publish({ topic, payload, qos: 1, userProperties: Object.entries(properties) });
    await account.clock.idle();
  };

  const trial: Trial = {
    account,
    stack,
    issuer,
    faults,
    async register() {
      const thingName = `CP${++things}`;
      const attributes = namespace ? { namespace } : {};
      await clientsOf(account).iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes } }));
      await account.clock.idle();
      return thingName;
    },
    dial: (identity, offered = 'ocpp2.0.1') => dial(`${stack.url}${identity}`, { offered: [offered] }),
    async connected(offered) {
      const identity = await trial.register();
      const socket = await trial.dial(identity, offered);
      await account.clock.advance(1_000);
      if (trial.events(identity, 'connected').length !== 1) throw new Error(`${identity} did not become connected`);
      return { identity, socket };
    },
    publish: (identity, channel, frame, properties = {}) => publish(topic(identity, channel), frame, properties),
    publishEvent: (identity, name, event) => publish(topic(identity, 'events', name), event),
    topic,
    async put(table, Item) {
      await clientsOf(account).dynamodb.send(new PutCommand({ TableName: tableName(stack, table), Item }));
    },
    async timer(timer) {
      account.sqs.send(queueUrl('TimersQueue'), JSON.stringify(timer));
      await account.clock.idle();
    },
    async frame(socket) {
      await account.clock.idle();
      if (socket.untaken === 0) throw new Error('no frame came down the socket');
      return socket.frame();
    },
    async call(socket, action, payload) {
      socket.send(JSON.stringify([2, `call-${action}`, action, payload]));
      const [type, id, result] = await trial.frame(socket);
      if (type !== 3 || id !== `call-${action}`) throw new Error(`${action} was answered with ${[type, id, result]}`);
      return result as Record<string, unknown>;
    },
    events: (identity, name) =>
      published.filter((event) => event.topic === topic(identity, 'events', name)).map(({ text }) => JSON.parse(text)),
    waiting: (logicalId) => account.sqs.waiting(queueUrl(logicalId)),
    expect: (...lines) => expected.push(...lines),
    async close() {
      await stack.close();
      await account.close();
    },
  };
  return trial;
}

/** What a function answers for a message of a queue that it could not deal with. */
export const itemOf = (record: object) => ({ itemIdentifier: (record as { messageId: string }).messageId });
