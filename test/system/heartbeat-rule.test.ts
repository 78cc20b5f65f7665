import { expect, it } from 'vitest';
import { connectClient } from './ocpp-rpc.js';
import { eventually, testSystem } from './system.js';

const csms = testSystem({ stage: 'withHeartbeatRule' });

it("row 9 of the reference system: a user's own rule writes heartbeats to a table of his", async () => {
  const identity = await csms.thing();
  const charger = await connectClient({ endpoint: csms.url, identity, protocols: ['ocpp2.0.1'] });
  await charger.call('Heartbeat', {});
  const item = await eventually('the heartbeat', () =>
    csms.system.account.dynamodb.get('chargePointHeartbeat', { chargePointId: { S: identity } }),
  );
  expect(item).toEqual({ chargePointId: { S: identity }, lastTimestamp: { N: expect.stringMatching(/^\d{13}$/) } });
  await charger.close();
});
