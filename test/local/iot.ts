import { IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import mqtt from 'mqtt';
import type { AccountClock } from '../../local/clock.js';
import { openEndpoint } from '../../local/endpoint.js';
import type { Broker, Message } from '../../local/iot/broker.js';
import { startIot } from '../../local/iot/index.js';
import { startMeter } from '../../local/meter.js';

/** 2026-01-02T03:04:05Z; tasks never run. */
export const testClock = { ms: 1_767_323_045_678 };
const clock: Omit<AccountClock, 'skew'> = { now: () => testClock.ms, after: () => () => {}, during: (work) => work };

/** Embedded IoT behind HTTP, with the real SDK clients; `close` ends all of it. */
export async function startTestIot(folder?: string) {
  const place = { accountId: '123456789012', region: 'eu-west-1' };
  const inFolder = folder !== undefined && { folder };
  const meter = startMeter();
  const endpoint = await openEndpoint({ port: 0, clock });
  const iot = await startIot({
    ...{ ...place, meter, clock, host: '127.0.0.1', mqttPort: 0, ...inFolder },
    webSocketHost: () => new URL(endpoint.url).host,
  });
  endpoint.add('iot', iot);
  const user = { accessKeyId: 'user', secretAccessKey: 'any' };
  const options = { region: place.region, credentials: user, maxAttempts: 1, endpoint: `${endpoint.url}/iot` };
  const control = new IoTClient(options);
  const data = new IoTDataPlaneClient(options);
  return {
    broker: iot.broker,
    meter,
    control,
    data,
    async close() {
      control.destroy();
      data.destroy();
      await endpoint.close();
      await iot.close();
    },
  };
}

/** The next `count` messages whose topic matches; fails when they do not come within 5 s. */
export function heard(broker: Broker, topic: RegExp, count = 1): Promise<Message[]> {
  return new Promise((resolve, reject) => {
    const messages: Message[] = [];
    const timer = setTimeout(() => reject(new Error(`no message on ${topic}, only ${messages.length}`)), 5_000);
    const stop = broker.listen((message) => {
      if (!topic.test(message.topic) || messages.push(message) < count) return;
      clearTimeout(timer);
      stop();
      resolve(messages);
    });
  });
}

/** A message's payload as JSON. */
export const json = (message: Message | undefined) => JSON.parse(String(message?.payload));

export function connectMqtt(broker: Broker, clientId: string): Promise<mqtt.MqttClient> {
  return mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`, { clientId, reconnectPeriod: 0 });
}
