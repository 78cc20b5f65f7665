import { arnOf, type Region } from '../arn.js';
import type { Clock } from '../clock.js';
import { type Meter, steps } from '../meter.js';
import { refuseUnknown } from '../request.js';
import { type Handler, notImplemented } from '../service.js';
import { openStore } from '../store.js';
import { type Broker, type Message, startBroker } from './broker.js';
import { type Operations, operationOf } from './operations.js';
import { publishOperations } from './publish.js';
import { checkThingName, type EventConfigurations, type Thing, thingOperations } from './registry.js';
import { type Shadow, shadowOperations } from './shadow.js';

/** A message is billed for each 5 KB of it. */
const messageStep = 5 * 1024;
/** An operation is billed for each KB of the thing or the shadow. */
const recordStep = 1024;

/** Serves SDK clients of `iot` and of `iot-data-plane`, and MQTT clients. */
export interface Iot extends Handler {
  broker: Broker;
  close(): Promise<void>;
}

/**
 * Starts AWS IoT Core of one account and Region.
 * @param options.mqttPort 0 takes a free one
 * @param options.folder where things and shadows are kept; without it they are gone at close
 */
export async function startIot(
  options: {
    clock: Clock;
    meter: Meter;
    host: string;
    mqttPort: number;
    folder?: string | undefined;
    /** Where MQTT clients connect over WebSockets, as soon as that is known. */
    webSocketHost(): string;
  } & Region,
): Promise<Iot> {
  const { clock, meter, host, mqttPort, folder } = options;
  const things = openStore<Thing>('things', clock, folder);
  const eventConfigurations: EventConfigurations = openStore('event-configurations', clock, folder);
  const shadows = openStore<Shadow>('shadows', clock, folder);
  // Whom a message is sent to over MQTT 3.1.1 sees no properties.
  const onForward = (topic: string, payload: Buffer) => count({ topic, payload, userProperties: [] });
  const broker = await startBroker({ host, port: mqttPort, clock, onForward });
  const count = ({ topic, payload, userProperties }: Pick<Message, 'topic' | 'payload' | 'userProperties'>) => {
    const bytes = [topic, ...userProperties.flat()].reduce(
      (sum, text) => sum + Buffer.byteLength(text),
      payload.length,
    );
    meter.count('IoT messages', steps(bytes, messageStep));
  };
  broker.listen((message) => {
    // What AWS says on topics of its own is part of the operation that it is about.
    if (!message.topic.startsWith('$aws/')) count(message);
  });
  const operations: Operations = {
    ...thingOperations({ things, eventConfigurations }, { ...options, broker }),
    ...shadowOperations(shadows, broker, clock),
    ...publishOperations(broker),
    DescribeEndpoint(_, { query }) {
      const type = query.get('endpointType') ?? 'iot:Data';
      if (type !== 'iot:Data-ATS') throw notImplemented(`iot:DescribeEndpoint of ${type}`);
      return { endpointAddress: options.webSocketHost() };
    },
  };

  return {
    broker,
    read(request) {
      const { name, query, target, resource, isBilled } = operationOf(request);
      return {
        needs: { action: `iot:${name}`, resource: resource ? arnOf(options, 'iot', resource) : '*' },
        async answer() {
          refuseUnknown(`iot:${name} with`, Object.fromEntries(request.query), query);
          if (request.path.startsWith('/things/')) checkThingName(target);
          const operate = operations[name];
          if (!operate) throw notImplemented(`iot:${name}`);
          const recordOf = () => (name.endsWith('Shadow') ? shadows : things).entries.get(target) ?? {};
          const before = recordOf();
          try {
            return { status: 200, body: await operate(target, request) };
          } finally {
            const bytes = [before, recordOf()].map((record) => Buffer.byteLength(JSON.stringify(record)));
            if (isBilled) meter.count('IoT shadow and registry operations', steps(Math.max(...bytes), recordStep));
          }
        },
      };
    },
    async close() {
      await broker.close();
      for (const store of [things, eventConfigurations, shadows]) store.close();
    },
  };
}
