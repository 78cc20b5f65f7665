import { expect, it } from 'vitest';
import { startChargePoint } from './start.js';
import { accepted, TestCsms } from './testing.js';

it('closes the socket with 1000 at the end of a scenario', async () => {
  const csms = await new TestCsms().listening();
  const run = startChargePoint({
    url: csms.url,
    identity: 'CP1',
    protocol: 'ocpp2.0.1',
    scenario: [{ do: 'boot', reason: 'PowerUp' }],
  });
  const peer = await csms.peers.take();
  await peer.answer(accepted(300));
  await run;
  expect(await peer.closed).toBe(1000);
  await csms.close();
});

it('ends quietly when it was told to before it connected', async () => {
  const csms = await new TestCsms().listening();
  await startChargePoint({
    url: csms.url,
    identity: 'CP1',
    protocol: 'ocpp2.0.1',
    scenario: [],
    signal: AbortSignal.abort(),
  });
  expect(csms.peers.size).toBe(0);
  await csms.close();
});
