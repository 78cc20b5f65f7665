import { type EventEmitter, once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectMqtt, heard } from '../../test/local/iot.js';
import { startClock } from '../clock.js';
import { type Broker, type Message, startBroker } from './broker.js';

let broker: Broker;
beforeAll(async () => {
  broker = await startBroker({ host: '127.0.0.1', port: 0, clock: { ...startClock(), now: () => 1234 } });
});
afterAll(() => broker.close());

const clients: Awaited<ReturnType<typeof connectMqtt>>[] = [];
const connect = async (clientId: string) => {
  const client = await connectMqtt(broker, clientId);
  clients.push(client);
  return client;
};
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true);
});
/** The arguments of the client's next such event; fails when it does not come within 5 s. */
const next = (client: unknown, event: 'close' | 'message') =>
  once(client as EventEmitter, event, { signal: AbortSignal.timeout(5_000) });

describe('messages', () => {
  it('brings what an MQTT client publishes to the listeners, with its client id', async () => {
    const client = await connect('CP1-client');
    const message = heard(broker, /^CP1\/in$/);
    await client.publishAsync('CP1/in', '[2,"1","Heartbeat",{}]', { qos: 1 });
    expect((await message)[0]).toEqual({
      topic: 'CP1/in',
      payload: Buffer.from('[2,"1","Heartbeat",{}]'),
      qos: 1,
      userProperties: [],
      timestamp: 1234,
      clientId: 'CP1-client',
    } satisfies Message);
  });

  it('brings what publish() publishes to MQTT subscribers and listeners', async () => {
    const client = await connect('subscriber');
    await client.subscribeAsync('+/out', { qos: 1 });
    const listened = heard(broker, /^CP2\/out$/);
    const received = next(client, 'message');
    await broker.publish({ topic: 'CP2/out', payload: Buffer.from('x'), qos: 1, userProperties: [['a', 'b']] });
    expect((await received).slice(0, 2)).toEqual(['CP2/out', Buffer.from('x')]);
    expect((await listened)[0]?.userProperties).toEqual([['a', 'b']]);
  });

  it('tells a listener nothing more after it has stopped listening', async () => {
    const topics: string[] = [];
    const stop = broker.listen(({ topic }) => topics.push(topic));
    await broker.publish({ topic: 'one', payload: Buffer.alloc(0), qos: 0, userProperties: [] });
    stop();
    await broker.publish({ topic: 'two', payload: Buffer.alloc(0), qos: 0, userProperties: [] });
    expect(topics).toEqual(['one']);
  });

  it('does not show topics of AWS to a subscriber of everything', async () => {
    const client = await connect('everything');
    await client.subscribeAsync('#', { qos: 1 });
    const received = next(client, 'message');
    const event = { payload: Buffer.from('x'), qos: 1, userProperties: [] } as const;
    await broker.publish({ ...event, topic: '$aws/events/thing/CP1/created' });
    await broker.publish({ ...event, topic: 'CP1/in' });
    expect((await received)[0]).toBe('CP1/in');
  });
});

describe('refuses, by closing the connection', () => {
  const payload = (bytes: number) => Buffer.alloc(bytes);
  it.each([
    ['QoS 2', 'a', payload(1), { qos: 2 }],
    ['a payload above 128 KB', 'a', payload(128 * 1024 + 1), { qos: 1 }],
    ['a topic above 256 bytes', 'a'.repeat(257), payload(1), { qos: 1 }],
    ['a topic with more than 7 slashes', 'a/b/c/d/e/f/g/h/i', payload(1), { qos: 1 }],
    ['a reserved topic', '$aws/events/thing/CP1/created', payload(1), { qos: 1 }],
    ['an answer of the shadow', '$aws/things/CP1/shadow/update/accepted', payload(1), { qos: 1 }],
    ['an update of the shadow, which is not known here', '$aws/things/CP1/shadow/update', payload(1), { qos: 1 }],
    ['a message to be retained, which is not known here', 'a', payload(1), { qos: 1, retain: true }],
    ['Basic Ingest, which is not known here', '$aws/rules/r/a', payload(1), { qos: 1 }],
  ] as const)('publishing with %s', async (_what, topic, bytes, options) => {
    const client = await connect('publisher');
    const closed = next(client, 'close');
    client.publish(topic, bytes, options, () => {});
    await closed;
  });

  it.each([
    ['QoS 2', 'a', 2],
    ['more than 7 slashes', 'a/b/c/d/e/f/g/h/#', 1],
    ['topics that AWS IoT does not have', '$SYS/#', 1],
    ['topics that are not known here', '$aws/things/+/shadow/get/accepted', 1],
  ] as const)('subscribing with %s', async (_what, filter, qos) => {
    const client = await connect('subscriber');
    const closed = next(client, 'close');
    client.subscribe(filter, { qos }, () => {});
    await closed;
  });

  it('but carries exactly 128 KB, 256 bytes of topic and 7 slashes', async () => {
    const client = await connect('publisher');
    const topic = `a/b/c/d/e/f/g/${'h'.repeat(242)}`;
    const message = heard(broker, /^a\/b/);
    await client.publishAsync(topic, payload(128 * 1024), { qos: 1 });
    expect((await message)[0]?.payload).toHaveLength(128 * 1024);
  });
});

it('publish() is held to the same limits', async () => {
  const message = { payload: Buffer.alloc(128 * 1024 + 1), qos: 1, userProperties: [] } as const;
  await expect(broker.publish({ ...message, topic: 'a' })).rejects.toMatchObject({ status: 413 });
  await expect(broker.publish({ ...message, topic: 'a/+' })).rejects.toMatchObject({ status: 400 });
});

it('does not start on a port that is taken', async () => {
  const second = startBroker({ host: '127.0.0.1', port: broker.port, clock: startClock() });
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE', port: broker.port });
});

it('closes every connection when it closes, those without CONNECT too', async () => {
  const other = await startBroker({ host: '127.0.0.1', port: 0, clock: startClock() });
  const client = await connectMqtt(other, 'connected');
  const silent = connectTcp(other.port, '127.0.0.1');
  await once(silent, 'connect');
  const closed = [next(client, 'close'), next(silent.resume(), 'close')];
  await other.close();
  await Promise.all(closed);
});
