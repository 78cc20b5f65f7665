import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../start/compile.js';
import { type System, startSystem } from '../../start/system.js';
import { stages } from '../stages.js';
import { tableName } from './cloud.js';
import { testSystem } from './system.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const csms = testSystem();

/** The item of a command, in DynamoDB's own JSON. */
function commandItem({ account, stack }: System, chargePointId: string, id: string) {
  const key = { chargePointId: { S: chargePointId }, item: { S: `command#${id}` } };
  return account.dynamodb.get(tableName(stack, 'CommandsTable'), key);
}

/** Somebody publishes a CALL; resolves when all that follows is over. */
async function ask({ account }: System, chargePointId: string, id: string, action: string): Promise<void> {
  const payload = Buffer.from(JSON.stringify([2, id, action, {}]));
  await account.iot.broker.publish({ topic: `${chargePointId}/out`, payload, qos: 1, userProperties: [] });
  await account.clock.idle();
}

/** The events `command-settled` of a charge point from now on. */
function settledOf({ account }: System, chargePointId: string): Record<string, unknown>[] {
  const settled: Record<string, unknown>[] = [];
  account.iot.broker.listen(({ topic, payload }) => {
    if (topic === `${chargePointId}/events/command-settled`) settled.push(JSON.parse(String(payload)));
  });
  return settled;
}

describe('a command to a charge point that never comes back', () => {
  it('has expired after 24 h, is told, and is deleted in the end', { timeout: 2 * minute }, async () => {
    const identity = await csms.thing();
    await csms.system.account.clock.idle();
    const settled = settledOf(csms.system, identity);
    await ask(csms.system, identity, 'm1', 'ClearCache');
    const askedAt = csms.system.account.clock.now();
    expect(await commandItem(csms.system, identity, 'm1')).toMatchObject({ dueFor: { S: 'settle' } });

    await csms.advance(day - 5 * minute);
    expect(settled).toEqual([]);
    await csms.advance(10 * minute);
    expect(new Set(settled.map(({ id }) => id))).toEqual(new Set([`${identity}-command-settled-m1-expired`]));
    expect(settled[0]).toMatchObject({ commandId: 'm1', action: 'ClearCache', status: 'expired' });
    const item = await commandItem(csms.system, identity, 'm1');
    expect(item).not.toHaveProperty('dueFor');
    const kept = Number(item?.expires?.N) * second - askedAt;
    expect(kept).toBeGreaterThan(31 * day - minute);
    expect(kept).toBeLessThan(31 * day + 10 * minute);
  });

  it('has expired although the system was stopped meanwhile', { timeout: 2 * minute }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'serverless-csms-'));
    const template = await compile(stages.dev);
    const ports = { port: 0, mqttPort: 0, endpointPort: 0 };
    const start = () => startSystem({ template, host: '127.0.0.1', ...ports, folder });
    try {
      const before = await start();
      await before.register('AWAY');
      await before.account.clock.idle();
      await ask(before, 'AWAY', 'm1', 'UnlockConnector');
      await before.close();

      const after = await start();
      const settled = settledOf(after, 'AWAY');
      await after.account.clock.advance(2 * minute);
      expect(settled).toMatchObject([{ commandId: 'm1', status: 'expired' }]);
      await after.close();
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
