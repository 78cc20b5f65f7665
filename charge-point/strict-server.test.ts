import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createValidator, RPCServer } from 'ocpp-rpc';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { protocols } from './protocols.js';
import { scenarios } from './scenarios/scenarios.js';
import { startChargePoint } from './start.js';
import { accepted, Mailbox, ManualClock } from './testing.js';

/** ocpp-rpc 2.2 looks for `.req` and `.conf`, but its schemas of 2.1 are named `Request` and `Response`. */
function validatorOf21() {
  const schemas = createRequire(import.meta.url)('ocpp-rpc/lib/schemas/ocpp2_1.json') as { $id: string }[];
  return createValidator(
    'ocpp2.1',
    schemas.map((schema) => ({
      ...schema,
      $id: schema.$id.replace(/Request$/, '.req').replace(/Response$/, '.conf'),
    })),
  );
}

function permission(protocol: string, method: string): object {
  if (protocol !== 'ocpp1.6') return { idTokenInfo: { status: 'Accepted' } };
  return { idTagInfo: { status: 'Accepted' }, ...(method === 'StartTransaction' && { transactionId: 1 }) };
}

const calls = new Mailbox<string>();
const server = new RPCServer({
  protocols: [...protocols],
  strictMode: true,
  strictModeValidators: [validatorOf21()],
});
const answerTimeout = 30_000;
let url: string;
beforeAll(async () => {
  server.on('client', (client: any) => {
    client.on('strictValidationFailure', ({ error }: { error: Error }) => calls.put(`invalid: ${error.message}`));
    client.handle(({ method }: { method: string }) => {
      calls.put(method);
      if (method === 'BootNotification') return accepted(300);
      if (method === 'Authorize' || method === 'StartTransaction') return permission(client.protocol, method);
      return method === 'Heartbeat' ? { currentTime: '2026-01-01T00:00:00Z' } : {};
    });
  });
  const http = await server.listen(0, '127.0.0.1');
  url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(() => server.close({ force: true }));

it.each(protocols)('%s: every frame passes the schemas of a server that others wrote', async (protocol) => {
  const end = new AbortController();
  const clock = new ManualClock();
  const refusals: string[] = [];
  const run = startChargePoint({
    url,
    identity: 'CP1',
    protocol,
    scenario: scenarios.boot,
    onFrame: (direction, text) => direction === 'received' && text.startsWith('[4') && refusals.push(text),
    clock,
    signal: end.signal,
  });
  expect(await calls.take()).toBe('BootNotification');
  for (const _connector of protocol === 'ocpp1.6' ? [0, 1] : [1]) expect(await calls.take()).toBe('StatusNotification');
  await clock.pass(300_000);
  expect(await calls.take()).toBe('Heartbeat');
  await clock.pass(300_000);
  expect(await calls.take()).toBe('Heartbeat');
  end.abort();
  await run;
  expect(refusals).toEqual([]);
});

const sessions = (['session', 'offline-replay', 'power-loss'] as const).flatMap((name) =>
  protocols.map((protocol) => [name, protocol] as const),
);

it.each(sessions)('%s in %s: every frame passes them too', async (name, protocol) => {
  const refusals: string[] = [];
  const { now } = new ManualClock();
  await startChargePoint({
    ...{ url, identity: 'CP1', protocol, scenario: scenarios[name] },
    onFrame: (direction, text) => direction === 'received' && text.startsWith('[4') && refusals.push(text),
    // Nothing is waited for but answers.
    clock: {
      now,
      wait: (ms, signal) =>
        ms === answerTimeout
          ? new Promise((_, reject) => signal.addEventListener('abort', reject))
          : new Promise((resolve) => setImmediate(resolve)),
    },
  });
  expect(refusals).toEqual([]);
  const said = Array.from({ length: calls.size }, () => calls.take());
  const transactional = protocol === 'ocpp1.6' ? 'StopTransaction' : 'TransactionEvent';
  expect(await Promise.all(said)).toContain(transactional);
});
