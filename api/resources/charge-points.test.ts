import { beforeEach, describe, expect, it } from 'vitest';
import type { Component } from '../../csms/device-model/ports.js';
import { apiInMemory, furnish, now } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
});

const ask: (typeof world)['ask'] = (...about) => world.ask(...about);
const at = now.toISOString();
const told = { at, receivedAt: at };

describe('the list of charge points', () => {
  it('says who is connected, and why the others are not', async () => {
    for (const id of ['CP0', 'CP2']) await ask('POST /charge-points', { body: { chargePointId: id } });
    await world.ports.connections.change('CP2', (record) => ({ ...record, gone: { since: at, reason: 'Going away' } }));
    const { items } = (await ask('GET /charge-points')).body;
    expect(items.map(({ connection }: { connection: object }) => connection)).toEqual([
      { isConnected: false },
      { isConnected: true, since: at, protocol: 'ocpp2.0.1' },
      { isConnected: false, lastDisconnect: { at, reason: 'Going away' } },
    ]);
  });

  it('takes a connection that is older than any for gone', async () => {
    world.ports.clock.advance(3 * 60 * 60_000);
    const ended = { at: '2026-05-20T12:01:00.000Z', reason: 'it came of age, and nobody told that it closed' };
    const { connection } = (await ask('GET /charge-points')).body.items[0];
    expect(connection).toEqual({ isConnected: false, lastDisconnect: ended });
  });
});

describe('the security profile', () => {
  const profile = async () => (await ask('GET /charge-points/CP1')).body.securityProfile;

  it('is the one that it reported, and the one that its connection goes by', async () => {
    expect(await profile()).toEqual({ reported: 2, inUse: 2 });
  });

  it('of a charge point that said nothing and is away is not known', async () => {
    world.ports.components.items.clear();
    world.ports.clock.advance(3 * 60 * 60_000);
    expect(await profile()).toEqual({});
  });

  it('in 1.6 is a key', async () => {
    const hardware = { vendor: 'Acme', model: 'Wallbox' };
    const later = new Date(now.getTime() + 1);
    await world.ports.chargePoints.booted(
      { chargePointId: 'CP1', protocol: 'ocpp1.6', hardware, at: later },
      'Accepted',
    );
    const component: Component = {
      name: 'Configuration',
      variables: [{ name: 'SecurityProfile', attributes: [{ type: 'Actual', value: { is: '1', ...told } }] }],
    };
    await world.ports.components.change('CP1', component, () => component);
    expect(await profile()).toMatchObject({ reported: 1 });
  });
});

describe('variables', () => {
  const variables = async (query = '') => (await ask(`GET /charge-points/CP1/variables${query}`)).body.items;

  it('have the key by which they are configured, and what was told of them', async () => {
    const component: Component = {
      ...{ name: 'Connector', instance: 'left', evseId: 1, connectorId: 2 },
      variables: [
        {
          ...{ name: 'Current', instance: 'L1' },
          attributes: [
            {
              type: 'Actual',
              value: { is: '16', ...told },
              traits: { mutability: 'ReadOnly', constant: false, ...told },
            },
            { type: 'Target' },
          ],
          characteristics: { dataType: 'decimal', supportsMonitoring: true, unit: 'A', ...told },
        },
      ],
    };
    await world.ports.components.change('CP1', component, () => component);
    expect(await variables('?component=connector')).toEqual([
      {
        ...{ name: 'Connector', instance: 'left', evseId: 1, connectorId: 2 },
        variables: [
          {
            ...{ key: 'Connector(left)@1.2/Current(L1)', name: 'Current', instance: 'L1' },
            attributes: [
              { type: 'Actual', value: '16', at, mutability: 'ReadOnly', constant: false },
              { type: 'Target' },
            ],
            characteristics: { dataType: 'decimal', supportsMonitoring: true, unit: 'A' },
          },
        ],
      },
    ]);
    expect((await variables()).map(({ name }: { name: string }) => name)).toEqual(['Connector', 'SecurityCtrlr']);
  });

  it('that are secret are not shown, whoever told of them', async () => {
    const component: Component = {
      name: 'SecurityCtrlr',
      variables: [{ name: 'BasicAuthPassword', attributes: [{ type: 'Actual', value: { is: 'abc', ...told } }] }],
    };
    await world.ports.components.change('CP1', component, () => component);
    expect(JSON.stringify(await variables())).not.toContain('abc');
  });
});

describe('the inventory', () => {
  it('is of one kind, and has nothing that is no more', async () => {
    const { inventory } = world.ports;
    const put = (key: string, until?: Date) =>
      inventory.put({
        chargePointId: 'CP1',
        kind: 'charging-profile',
        key,
        at: now,
        detail: { key },
        ...(until && { until }),
      });
    for (const key of ['7', '8']) await put(key);
    await put('9', now);
    await inventory.remove('CP1', 'charging-profile', '8', now);
    const { body } = await ask('GET /charge-points/CP1/inventory?kind=charging-profile');
    expect(body).toEqual({ items: [{ kind: 'charging-profile', key: '7', at, detail: { key: '7' } }] });
  });

  it('G03/5.2: says of a change that was Scheduled whether its connectors have come to it', async () => {
    const { inventory, connectors } = world.ports;
    const asked = { operationalStatus: 'Inoperative', status: 'Scheduled' };
    await inventory.put({ chargePointId: 'CP1', kind: 'availability', key: '1#0', at: now, detail: asked });
    const read = async () => (await ask('GET /charge-points/CP1/inventory?kind=availability')).body.items;
    expect(await read()).toEqual([{ kind: 'availability', key: '1#0', at, detail: asked }]);
    const place = { chargePointId: 'CP1', evseId: 1, connectorId: 1, receivedAt: now };
    await connectors.report({ ...place, status: 'Unavailable', at: new Date(now.getTime() + 1) });
    expect(await read()).toMatchObject([{ detail: { operationalStatus: 'Inoperative', status: 'Accepted' } }]);
    await connectors.report({ ...place, status: 'Available', at: new Date(now.getTime() + 2) });
    expect(await read()).toMatchObject([{ detail: asked }]);
  });

  it.each(['number', 'job', 'named-profile', ''])('has no kind %j', async (kind) => {
    expect((await ask(`GET /charge-points/CP1/inventory?kind=${kind}`)).status).toBe(400);
  });
});
