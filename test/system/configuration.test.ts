import { GetThingShadowCommand, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RPCClient } from 'ocpp-rpc';
import { afterEach, describe, expect, it } from 'vitest';
import { clientsOf, tableName } from './cloud.js';
import { connectStrictClient } from './ocpp-rpc.js';
import { eventually, testSystem } from './system.js';

const csms = testSystem();
const clients: RPCClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close({ force: true });
});

/** What an operator desires of a charge point, wholly or in part. */
async function desire(identity: string, configuration: Record<string, string | null>): Promise<void> {
  const payload = JSON.stringify({ state: { desired: { configuration } } });
  const { iotData } = clientsOf(csms.system.account);
  await iotData.send(new UpdateThingShadowCommand({ thingName: identity, payload }));
  await csms.system.account.clock.idle();
}

async function shadow(identity: string) {
  const { iotData } = clientsOf(csms.system.account);
  const { payload } = await iotData.send(new GetThingShadowCommand({ thingName: identity }));
  const { state } = JSON.parse(Buffer.from(payload ?? []).toString());
  return { reported: state.reported?.configuration, differs: state.delta?.configuration };
}

/** Lets the command that waits in a queue expire within a minute, and not after a day. */
async function age(chargePointId: string): Promise<void> {
  const { account, stack } = csms.system;
  const { dynamodb } = clientsOf(account);
  const TableName = tableName(stack, 'CommandsTable');
  const query = new QueryCommand({
    ...{ TableName, IndexName: 'queue', KeyConditionExpression: 'chargePointId = :id' },
    ExpressionAttributeValues: { ':id': chargePointId },
  });
  const { item } = await eventually('the command', async () => {
    const { Items = [] } = await dynamodb.send(query);
    expect(Items.length).toBeLessThanOrEqual(1);
    return Items[0];
  });
  await dynamodb.send(
    new UpdateCommand({
      TableName,
      Key: { chargePointId, item },
      UpdateExpression: 'SET command.expiresAt = :soon, command.dueAt = :soon, dueAt = :soon',
      ExpressionAttributeValues: { ':soon': new Date(account.clock.now() + 30_000).toISOString() },
    }),
  );
}

/** Events of a charge point from now on, each once. */
function watch(identity: string, name: string): Record<string, unknown>[] {
  const told = new Map<unknown, Record<string, unknown>>();
  const events: Record<string, unknown>[] = [];
  csms.system.account.iot.broker.listen(({ topic, payload }) => {
    if (topic !== `${identity}/events/${name}`) return;
    const event = JSON.parse(String(payload));
    if (!told.has(event.id)) events.push(event);
    told.set(event.id, event);
  });
  return events;
}

/** A 1.6 charge point that others wrote, with the keys that it refuses; `sets` is what it was asked for. */
async function chargePoint(identity: string, refuses: Record<string, 'Rejected' | 'NotSupported'> = {}) {
  const client = await connectStrictClient(csms.url, identity, 'ocpp1.6');
  clients.push(client);
  const sets: string[] = [];
  client.handle('ChangeConfiguration', async ({ params: { key, value } = {} }) => {
    sets.push(`${key}=${value}`);
    return { status: refuses[key] ?? 'Accepted' };
  });
  const boot = () => client.call('BootNotification', { chargePointVendor: 'Acme', chargePointModel: 'Wallbox' });
  await csms.advance(1_000);
  return { client, sets, boot, refuses };
}

describe('a configuration that a shadow desires', () => {
  it('while the charge point is away is applied when it is back, and reported', async () => {
    const identity = await csms.thing();
    await csms.system.account.clock.idle();
    await desire(identity, { HeartbeatInterval: '600', ConnectionTimeOut: '60' });
    expect(await shadow(identity)).toMatchObject({ reported: undefined });

    const { sets } = await chargePoint(identity);
    const wanted = { ConnectionTimeOut: '60', HeartbeatInterval: '600' };
    const reported = await eventually('the report', async () => {
      const { reported, differs } = await shadow(identity);
      return differs ? undefined : reported;
    });
    expect(reported).toEqual(wanted);
    await csms.system.account.clock.idle();
    expect([...sets].sort()).toEqual(['ConnectionTimeOut=60', 'HeartbeatInterval=600']);
  });

  it('is applied after days of absence, and is not when nobody desires it any more', async () => {
    const [identity, other] = [await csms.thing(), await csms.thing()];
    await csms.system.account.clock.idle();
    const settled = watch(identity, 'command-settled');
    await desire(identity, { HeartbeatInterval: '600' });
    await desire(other, { HeartbeatInterval: '600' });
    await desire(other, { HeartbeatInterval: null });
    for (let days = 1; days <= 2; days++) {
      await age(identity);
      if (days === 1) await age(other);
      await csms.advance(2 * 60_000);
      expect(settled.map(({ status }) => status)).toEqual(Array(days).fill('expired'));
    }

    const [back, alsoBack] = [await chargePoint(identity), await chargePoint(other)];
    await eventually('the report', async () => (await shadow(identity)).reported);
    await csms.system.account.clock.idle();
    expect(back.sets).toEqual(['HeartbeatInterval=600']);
    expect(alsoBack.sets).toEqual([]);
  });

  it('stays as a delta while the charge point refuses, with the reason, and is asked for again at its next boot', async () => {
    const identity = await csms.thing();
    const { sets, boot, refuses } = await chargePoint(identity, { Odd: 'NotSupported' });
    await boot();
    const refused = watch(identity, 'configuration-refused');
    await desire(identity, { Odd: '1', HeartbeatInterval: '600' });
    await eventually(
      'both answers',
      async () => (refused.length > 0 && (await shadow(identity)).reported) || undefined,
    );
    await csms.system.account.clock.idle();
    expect(refused).toMatchObject([{ key: 'Odd', reason: 'NotSupported' }]);
    expect(await shadow(identity)).toEqual({ reported: { HeartbeatInterval: '600' }, differs: { Odd: '1' } });
    expect([...sets].sort()).toEqual(['HeartbeatInterval=600', 'Odd=1']);

    delete refuses.Odd;
    await csms.advance(5_000);
    await boot();
    await eventually('the report', async () => (await shadow(identity)).reported.Odd);
    expect(await shadow(identity)).toEqual({ reported: { HeartbeatInterval: '600', Odd: '1' } });
    expect(sets.at(-1)).toBe('Odd=1');
  });

  it('in 2.0.1 is one SetVariables for as many variables as the station takes, each on its EVSE', async () => {
    const identity = await csms.thing();
    const client = await connectStrictClient(csms.url, identity, 'ocpp2.0.1');
    clients.push(client);
    const asked: unknown[] = [];
    client.handle('SetVariables', async ({ params: { setVariableData } = {} }) => {
      asked.push(setVariableData);
      const taken = ({ attributeValue: _, ...of }: { attributeValue: string }) => ({
        ...of,
        attributeStatus: 'Accepted',
      });
      return { setVariableResult: setVariableData.map(taken) };
    });
    await csms.advance(1_000);
    await client.call('BootNotification', { reason: 'PowerUp', chargingStation: { model: 'W', vendorName: 'A' } });
    const variable = { name: 'ItemsPerMessage', instance: 'SetVariables' };
    await client.call('NotifyReport', {
      ...{ requestId: 1, seqNo: 0, generatedAt: new Date(csms.system.account.clock.now()).toISOString() },
      reportData: [{ component: { name: 'DeviceDataCtrlr' }, variable, variableAttribute: [{ value: '4' }] }],
    });
    const wanted = { 'OCPPCommCtrlr/HeartbeatInterval': '600', 'SmartChargingCtrlr@1/LimitChangeSignificance': '5' };
    await desire(identity, wanted);
    const reported = await eventually('the report', async () => (await shadow(identity)).reported);
    expect(reported).toEqual(wanted);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject([
      { attributeValue: '600', component: { name: 'OCPPCommCtrlr' } },
      { attributeValue: '5', component: { name: 'SmartChargingCtrlr', evse: { id: 1 } } },
    ]);
  });
});
