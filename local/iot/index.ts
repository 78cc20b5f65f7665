import type { Clock } from '../clock.js';
import { type Meter, steps } from '../meter.js';
import type { Handler } from '../service.js';
import { type Broker, startBroker } from './broker.js';
import { controlPlane } from './control-plane.js';
import { dataPlane } from './data-plane.js';
import { openRegistry, type Thing } from './registry.js';
import { openShadows, type StoredShadow } from './shadow.js';
import { serveShadowTopics } from './shadow-over-mqtt.js';
import { openStore } from './store.js';
import { type EventConfigurations, openThingEvents } from './thing-events.js';

/** A message is billed for each 5 KB of it. */
const messageStep = 5 * 1024;

export interface Iot {
  broker: Broker;
  /** Serves SDK clients of `iot`. */
  control: Handler;
  /** Serves SDK clients of `iot-data-plane`. */
  data: Handler;
  close(): Promise<void>;
}

/**
 * Starts AWS IoT Core of one account and Region.
 * @param options.mqttPort 0 takes a free one
 * @param options.folder where things and shadows are kept; without it they are gone at close
 */
export async function startIot(options: {
  clock: Clock;
  meter: Meter;
  accountId: string;
  region: string;
  host: string;
  mqttPort: number;
  folder?: string;
  onError(message: string): void;
}): Promise<Iot> {
  const { clock, meter, host, mqttPort, folder } = options;
  const things = openStore<Thing>('things', clock, folder);
  const eventConfigurations = openStore<EventConfigurations>('event-configurations', clock, folder);
  const stored = openStore<StoredShadow>('shadows', clock, folder);

  const broker = await startBroker({ host, port: mqttPort, clock });
  const events = openThingEvents(eventConfigurations, broker, clock, options);
  const shadows = openShadows(stored, broker, clock);
  serveShadowTopics(broker, shadows, clock, options.onError);

  broker.listen(({ topic, payload }) => {
    // What AWS says on topics of its own is part of the operation that it is about.
    if (!topic.startsWith('$aws/')) meter.count('IoT messages', steps(payload.length, messageStep));
  });
  const control = controlPlane(openRegistry(things, events, options), events, `${host}:${broker.port}`);
  const data = dataPlane(broker, shadows);
  const operation = 'IoT shadow and registry operations';

  return {
    broker,
    control: {
      handle(request) {
        meter.count(operation);
        return control.handle(request);
      },
    },
    data: {
      handle(request) {
        if (request.path.startsWith('/things/')) meter.count(operation);
        return data.handle(request);
      },
    },
    async close() {
      await broker.close();
      for (const store of [things, eventConfigurations, stored]) store.close();
    },
  };
}
