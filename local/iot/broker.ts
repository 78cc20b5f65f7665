import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Aedes, type AedesPublishPacket, type Client } from 'aedes';
import type { Clock } from '../clock.js';
import { AwsError } from '../service.js';
import { checkClientMessage, checkFilter, checkMessage } from './limits.js';

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
  publish(message: Omit<Message, 'timestamp'> & { retain?: boolean }): Promise<void>;
  /** Hears every message, from MQTT clients and from publish() alike. The returned function ends that. */
  listen(listener: (message: Message) => void): () => void;
  close(): Promise<void>;
}

/**
 * Starts an MQTT 3.1.1 broker with AWS IoT's limits: whoever goes beyond them is disconnected.
 * @param options.port 0 takes a free one
 * @throws when the port is taken
 */
export async function startBroker(options: { host: string; port: number; clock: Clock }): Promise<Broker> {
  const { host, port, clock } = options;
  const listeners = new Set<(message: Message) => void>();
  const tell = (message: Message) => {
    for (const listener of listeners) listener(message);
  };

  const aedes = await Aedes.createBroker({
    authorizePublish: (_client, packet, done) =>
      done(
        refusal(() => {
          checkQos(packet.qos);
          checkClientMessage(packet.topic, Buffer.from(packet.payload), packet.retain);
        }),
      ),
    authorizeSubscribe: (_client, subscription, done) => {
      const error = refusal(() => {
        checkQos(subscription.qos);
        checkFilter(subscription.topic);
      });
      done(error, error ? null : subscription);
    },
    published(packet, client: Client | null, done) {
      // Without a client it is from publish(), which tells the listeners itself, or from aedes about aedes.
      if (client && !packet.topic.startsWith('$SYS/')) tell(fromClient(packet, client, clock));
      done();
    },
  });
  retainForExactFiltersOnly(aedes);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    aedes.handle(socket);
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    aedes.close();
    throw new Error(`The MQTT broker cannot use port ${port} on ${host}: free it or choose another port.`, { cause });
  }

  return {
    port: (server.address() as AddressInfo).port,
    async publish({ retain = false, ...message }) {
      checkMessage(message.topic, message.payload);
      const { topic, payload, qos } = message;
      await new Promise<void>((resolve, reject) => {
        aedes.publish({ cmd: 'publish', topic, payload, qos, retain, dup: false }, (error) =>
          error ? reject(error) : resolve(),
        );
      });
      tell({ ...message, timestamp: clock.now() });
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

/** A subscription with a wildcard gets no retained message from AWS IoT. */
function retainForExactFiltersOnly(aedes: Aedes): void {
  const { persistence } = aedes as unknown as {
    persistence: { createRetainedStreamCombi(filters: string[]): NodeJS.ReadableStream };
  };
  const retained = persistence.createRetainedStreamCombi.bind(persistence);
  persistence.createRetainedStreamCombi = (filters) => retained(filters.filter((filter) => !/[+#]/.test(filter)));
}

function fromClient(packet: AedesPublishPacket, client: Client, clock: Clock): Message {
  return {
    topic: packet.topic,
    payload: Buffer.from(packet.payload),
    qos: packet.qos === 0 ? 0 : 1,
    userProperties: [],
    timestamp: clock.now(),
    clientId: client.id,
  };
}

/** AWS IoT acknowledges nothing at QoS 2; closing tells the client so at once. */
function checkQos(qos: number): void {
  if (qos > 1) throw new AwsError('InvalidRequestException', 'AWS IoT supports QoS 0 and 1 only.');
}

function refusal(check: () => void): Error | null {
  try {
    check();
    return null;
  } catch (error) {
    return error as Error;
  }
}
