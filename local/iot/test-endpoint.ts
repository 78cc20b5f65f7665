import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { IoTClient } from '@aws-sdk/client-iot';
import { IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import mqtt from 'mqtt';
import type { Clock } from '../clock.js';
import { startMeter } from '../meter.js';
import { AwsError, type AwsResponse, type Handler } from '../service.js';
import type { Broker, Message } from './broker.js';
import { startIot } from './index.js';

/** 2026-01-02T03:04:05Z until a test moves it; tasks never run. */
export const testClock = { ms: 1_767_323_045_678 };
const clock: Clock = { now: () => testClock.ms, after: () => () => {} };

/** Embedded IoT behind HTTP, with the real SDK clients; `close` ends all of it. */
export async function startTestIot(folder?: string) {
  const iot = await startIot({
    meter: startMeter(),
    clock,
    accountId: '123456789012',
    region: 'eu-west-1',
    host: '127.0.0.1',
    mqttPort: 0,
    onError: (message) => console.error(message),
    ...(folder !== undefined && { folder }),
  });
  const services: Record<string, Handler> = { iot: iot.control, data: iot.data };
  const server = createServer(async (request, response) => {
    const { status, headers, body = '' } = await answer(services, request);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const options = { region: 'eu-west-1', credentials, maxAttempts: 1 };
  const control = new IoTClient({ ...options, endpoint: `${url}/iot` });
  const data = new IoTDataPlaneClient({ ...options, endpoint: `${url}/data` });
  return {
    broker: iot.broker,
    control,
    data,
    async close() {
      control.destroy();
      data.destroy();
      server.close();
      await iot.close();
    },
  };
}

async function answer(services: Record<string, Handler>, request: IncomingMessage): Promise<AwsResponse> {
  const url = new URL(request.url ?? '/', 'http://test');
  const [, prefix = ''] = url.pathname.split('/');
  try {
    return await (services[prefix] as Handler).handle({
      method: request.method ?? '',
      path: url.pathname.slice(prefix.length + 1),
      query: url.searchParams,
      headers: request.headers as Record<string, string>,
      body: await buffer(request),
      caller: 'user',
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { status: error.status, headers: { 'x-amzn-errortype': error.code }, body: { message: error.message } };
  }
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
