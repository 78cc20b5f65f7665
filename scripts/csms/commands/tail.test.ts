import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startClock } from '../../../local/clock.js';
import { type Broker, startBroker } from '../../../local/iot/broker.js';
import type { Client } from '../client.js';
import { tail } from './tail.js';

let broker: Broker;
beforeEach(async () => {
  broker = await startBroker({ host: '127.0.0.1', port: 0, clock: startClock() });
});
afterEach(() => broker.close());

/** An API that hands out URLs of this broker, a client id each. */
function api(): { client: Client; asked: string[] } {
  const asked: string[] = [];
  const GET = async () => {
    const clientId = `live-${asked.length}`;
    asked.push(clientId);
    const data = { url: `mqtt://127.0.0.1:${broker.port}`, clientId, topics: ['+/in', '+/events/#'], expiresAt: '' };
    return { data, response: new Response() };
  };
  return { client: { GET } as unknown as Client, asked };
}

it('csms tail listens again, by a new URL, when its connection is gone', async () => {
  const lines: string[] = [];
  const ended = new AbortController();
  const { client, asked } = api();
  const done = tail.run([], {
    client: () => client,
    print: (line) => lines.push(line),
    colours: false,
    signal: ended.signal,
  });
  const hear = (payload: string) =>
    vi.waitFor(
      async () => {
        await broker.publish({ topic: 'CP1/in', payload: Buffer.from(payload), qos: 1, userProperties: [] });
        expect(lines).toContain(`CP1 → ${payload}`);
      },
      { timeout: 5_000 },
    );
  await hear('["before"]');
  // Of the same name: the broker lets go of the one before.
  const other = await connectAsync(`mqtt://127.0.0.1:${broker.port}`, { clientId: 'live-0', reconnectPeriod: 0 });
  await hear('["after"]');
  expect(asked).toEqual(['live-0', 'live-1']);
  await other.endAsync(true);
  ended.abort();
  expect(await done).toBe(0);
});
