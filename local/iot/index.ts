import type { Clock } from '../clock.js';
import type { Handler } from '../service.js';
import { type Broker, startBroker } from './broker.js';
import { controlPlane } from './control-plane.js';
import { dataPlane } from './data-plane.js';
import { openRegistry, type Thing } from './registry.js';
import { openShadows, type StoredShadow } from './shadow.js';
import { serveShadowTopics } from './shadow-over-mqtt.js';
import { openStore } from './store.js';
import { type EventConfigurations, openThingEvents } from './thing-events.js';

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
  accountId: string;
  region: string;
  host: string;
  mqttPort: number;
  folder?: string;
  onError(message: string): void;
}): Promise<Iot> {
  const { clock, host, mqttPort, folder } = options;
  const things = openStore<Thing>('things', clock, folder);
  const eventConfigurations = openStore<EventConfigurations>('event-configurations', clock, folder);
  const stored = openStore<StoredShadow>('shadows', clock, folder);

  const broker = await startBroker({ host, port: mqttPort, clock });
  const events = openThingEvents(eventConfigurations, broker, clock, options);
  const shadows = openShadows(stored, broker, clock);
  serveShadowTopics(broker, shadows, clock, options.onError);

  return {
    broker,
    control: controlPlane(openRegistry(things, events, options), events, `${host}:${broker.port}`),
    data: dataPlane(broker, shadows),
    async close() {
      await broker.close();
      for (const store of [things, eventConfigurations, stored]) store.close();
    },
  };
}
