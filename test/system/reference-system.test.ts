import { once } from 'node:events';
import type { RPCClient } from 'ocpp-rpc';
import { describe, expect, it } from 'vitest';
import { loadTemplate } from '../../local/template/template.js';
import { compile } from '../../start/compile.js';
import { stages } from '../stages.js';
import { connectClient } from './ocpp-rpc.js';
import { eventually, testSystem, yesterday } from './system.js';

/** What the system that this one measures itself against can do: each row by its number. */
describe('what the reference system does', () => {
  const csms = testSystem();

  async function connected(identity: string, protocol = 'ocpp2.0.1', url = csms.url): Promise<RPCClient> {
    return connectClient({ endpoint: url, identity, protocols: [protocol], reconnect: false });
  }
  const boot = { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme' } };

  it.each(['ocpp1.6', 'ocpp2.0', 'ocpp2.0.1'])(
    '1 a charge point connects to <url>/<identity> with %s',
    async (protocol) => {
      const charger = await connected(await csms.thing(), protocol);
      expect(charger.protocol).toBe(protocol);
      await charger.close();
    },
  );

  it('2 a stranger is refused: no IoT Thing of that name', async () => {
    await expect(connected('CPX')).rejects.toThrow('Not Found');
  });

  it('3 a new connection closes the old one with 1000', async () => {
    const identity = await csms.thing();
    const first = await connected(identity);
    const closed = once(first, 'close');
    const second = await connected(identity);
    await csms.advance(2_000);
    expect((await closed)[0]).toMatchObject({ code: 1000 });
    expect(await second.call('Heartbeat', {})).toEqual({ currentTime: expect.any(String) });
    await second.close();
  });

  it('4 everything from and to a charge point is on its topics, for any MQTT client', async () => {
    const identity = await csms.thing();
    const mqtt = await csms.mqttClient();
    const frames: string[] = [];
    mqtt.on('message', (topic, payload) => {
      const [type, id] = JSON.parse(String(payload));
      if (topic.startsWith(`${identity}/`)) frames.push(`${topic} ${type} ${id === 'from-a-user' ? 'theirs' : 'own'}`);
    });
    await mqtt.subscribeAsync(['+/in', '+/out']);
    const charger = await connected(identity);
    charger.handle('Reset', async () => ({ status: 'Accepted' }));
    await charger.call('Heartbeat', {});
    await mqtt.publishAsync(`${identity}/out`, JSON.stringify([2, 'from-a-user', 'Reset', { type: 'OnIdle' }]), {
      qos: 1,
    });
    await eventually('the result on in', () => frames.find((frame) => frame === `${identity}/in 3 theirs`));
    // At least once.
    expect([...new Set(frames)].sort()).toEqual([
      `${identity}/in 2 own`,
      `${identity}/in 3 theirs`,
      `${identity}/out 2 theirs`,
      `${identity}/out 3 own`,
    ]);
    await charger.close();
  });

  it('5 a rule hands a message with its charge point to the processor, whose answer goes to out', async () => {
    const identity = await csms.thing();
    const charger = await connected(identity);
    const answered = csms.message(`${identity}/out`);
    await charger.call('Heartbeat', {});
    expect(JSON.parse((await answered).payload.toString())).toEqual([
      3,
      expect.any(String),
      { currentTime: expect.any(String) },
    ]);
    await charger.close();
  });

  it('6, 7 BootNotification, Heartbeat and StatusNotification are answered, and the rest with what OCPP has for it', async () => {
    const charger = await connected(await csms.thing());
    expect(await charger.call('BootNotification', boot)).toMatchObject({ status: 'Accepted' });
    expect(await charger.call('Heartbeat', {})).toEqual({ currentTime: expect.any(String) });
    const status = { timestamp: `${yesterday}T10:00:00Z`, connectorStatus: 'Available', evseId: 1, connectorId: 1 };
    expect(await charger.call('StatusNotification', status)).toEqual({});
    await expect(charger.call('Nonsense', {})).rejects.toMatchObject({ rpcErrorCode: 'NotImplemented' });
    await charger.close();
  });

  it('8 things created and deleted are mirrored to a table', async () => {
    const identity = await csms.thing();
    const mirrored = (registered: boolean) =>
      eventually(`registered: ${registered}`, async () => {
        const item = await itemOf('ChargePointsTable', identity);
        return item?.registered?.BOOL === registered ? true : undefined;
      });
    await mirrored(true);
    await csms.system.unregister(identity);
    await mirrored(false);
  });

  it('13 the deployment tells the URL for charge points', async () => {
    const { Outputs } = loadTemplate(await compile(stages.prod));
    expect(Outputs.WebSocketUrl?.Value).toEqual({ 'Fn::Sub': 'wss://${EdgeDistribution.DomainName}/' });
  });

  it('14 nothing has a size to choose, and one command removes it', async () => {
    const { Resources } = loadTemplate(await compile(stages.prod));
    expect(JSON.stringify(Resources)).not.toMatch(/ProvisionedThroughput|ReservedConcurrentExecutions|AWS::(EC2|ECS)/);
    const dev = loadTemplate(await compile(stages.dev));
    expect(JSON.stringify(dev.Resources)).not.toMatch(/Retain/);
  });

  const itemOf = (logicalId: string, chargePointId: string) =>
    itemNamed(
      `${csms.system.stack.resources.ofType('AWS::DynamoDB::Table').find((table) => table.logicalId === logicalId)?.ref}`,
      chargePointId,
    );

  async function itemNamed(
    TableName: string,
    chargePointId: string,
  ): Promise<Record<string, { BOOL?: boolean }> | undefined> {
    return csms.system.account.dynamodb.get(TableName, { chargePointId: { S: chargePointId } });
  }
});
