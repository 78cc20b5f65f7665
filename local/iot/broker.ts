import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Aedes, type Client } from 'aedes';
import type { Clock } from '../clock.js';
import { notImplemented } from '../service.js';
import { invalidRequest } from './operations.js';
import { checkClientMessage, checkMessage, filterProblem } from './topics.js';

export interface Message {
  topic: string;
  payload: Buffer;
  qos: 0 | 1;
  /** MQTT 5 user properties, in order; keys may repeat. */
  userProperties: readonly (readonly [string, string])[];
  /** Milliseconds since 1970. */
  timestamp: number;
  /** Absent when the message was not published over MQTT. */
  clientId?: string;
}

export interface Broker {
  readonly port: number;
  /**
   * Publishes as AWS IoT would: to MQTT subscribers and to every listener.
   * @throws {AwsError} when the message is beyond AWS IoT's limits.
   */
  publish(message: Omit<Message, 'timestamp'>): Promise<void>;
  /** Takes an MQTT client on a stream, who may do no more than `authorize` lets him. */
  accept(stream: Duplex, authorize: Authorize): void;
  /** Hears every message, from MQTT clients and from publish() alike. The returned function ends that. */
  listen(listener: (message: Message) => void): () => void;
  close(): Promise<void>;
}

/** @throws when a client may not: `iot:Connect` on `client/<id>`, `iot:Receive` on `topic/<topic>` */
export type Authorize = (action: string, resource: string) => void;

/** AWS IoT acknowledges nothing at QoS 2; closing tells the client so at once. */
const highestQos = 1;
/** MQTT's return code of CONNACK. */
const notAuthorized = 5;
const unknownQos = 'AWS IoT supports QoS 0 and 1 only.';

/**
 * Starts an MQTT 3.1.1 broker with AWS IoT's limits: whoever goes beyond them is disconnected.
 * @param options.port 0 takes a free one
 * @throws when the port is taken
 */
export async function startBroker(options: {
  host: string;
  port: number;
  clock: Clock;
  /** A message goes to one of its subscribers. */
  onForward?(topic: string, payload: Buffer): void;
}): Promise<Broker> {
  const { host, port, clock, onForward = () => {} } = options;
  const listeners = new Set<(message: Message) => void>();
  function tell(message: Omit<Message, 'timestamp'>): void {
    for (const listener of listeners) listener({ ...message, timestamp: clock.now() });
  }

  /** Those who may not do everything. */
  const limited = new WeakMap<Client, Authorize>();
  function refusalOf(client: Client | null, action: string, resource: string): Error | undefined {
    try {
      if (client) limited.get(client)?.(action, resource);
      return undefined;
    } catch (error) {
      return error as Error;
    }
  }

  const aedes = await Aedes.createBroker({
    authenticate(client, _user, _password, done) {
      const refusal = refusalOf(client, 'iot:Connect', `client/${client.id}`);
      if (refusal) done(Object.assign(refusal, { returnCode: notAuthorized }), false);
      else done(null, true);
    },
    authorizeForward(client, packet) {
      if (refusalOf(client, 'iot:Receive', `topic/${packet.topic}`)) return null;
      onForward(packet.topic, Buffer.from(packet.payload));
      return packet;
    },
    authorizePublish(client, { topic, payload, qos, retain }, done) {
      let refusal: Error | null = null;
      try {
        if (qos > highestQos) throw invalidRequest(unknownQos);
        if (retain) throw notImplemented('retained messages');
        checkClientMessage(topic, Buffer.from(payload));
        const forbidden = refusalOf(client, 'iot:Publish', `topic/${topic}`);
        if (forbidden) throw forbidden;
      } catch (error) {
        refusal = error as Error;
      }
      done(refusal);
    },
    authorizeSubscribe(client, subscription, done) {
      const problem = subscription.qos > highestQos ? unknownQos : filterProblem(subscription.topic);
      if (problem) done(invalidRequest(problem), null);
      // Told in the SUBACK, and the connection stays.
      else if (refusalOf(client, 'iot:Subscribe', `topicfilter/${subscription.topic}`)) done(null, null);
      else done(null, subscription);
    },
    published({ topic, payload, qos }, client: Client | null, done) {
      // Without a client it is from publish(), which tells the listeners itself, or from aedes about aedes.
      if (client && !topic.startsWith('$SYS/')) {
        const message = { topic, payload: Buffer.from(payload), qos: qos === 0 ? 0 : 1 } as const;
        tell({ ...message, userProperties: [], clientId: client.id });
      }
      done();
    },
  });
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    aedes.handle(socket);
  });
  server.listen(port, host);
  await once(server, 'listening').catch((error) => {
    aedes.close();
    throw error;
  });

  return {
    port: (server.address() as AddressInfo).port,
    async publish(message) {
      const { topic, payload, qos } = message;
      checkMessage(topic, payload);
      await new Promise<void>((resolve, reject) => {
        const packet = { cmd: 'publish', topic, payload, qos, retain: false, dup: false } as const;
        aedes.publish(packet, (error) => (error ? reject(error) : resolve()));
      });
      tell(message);
    },
    accept(stream, authorize) {
      limited.set(aedes.handle(stream), authorize);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      listeners.clear();
      const closed = once(server, 'close');
      server.close();
      await new Promise<void>((resolve) => aedes.close(resolve));
      // aedes knows only those that have sent CONNECT.
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Publishes a document of AWS's own, at QoS 1. */
export function publishJson(broker: Broker, topic: string, document: object): Promise<void> {
  return broker.publish({ topic, payload: Buffer.from(JSON.stringify(document)), qos: 1, userProperties: [] });
}
