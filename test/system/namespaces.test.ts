import { CreateThingCommand, UpdateThingCommand } from '@aws-sdk/client-iot';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startAccount } from '../../local/account.js';
import { deploy } from '../../local/stack.js';
import { compile } from '../../start/compile.js';
import { stages } from '../stages.js';
import { askApi, putToken } from './api-client.js';
import { clientsOf } from './cloud.js';
import { faults, isAtLeastOnce, newThing, onLog, tellOnFailure } from './deliveries.js';
import { dial } from './socket.js';
import { eventually, started, within } from './system.js';

/** Two stages in one account and Region: dev without a namespace, and north with its own. */
const both = started('dev and north', async () => {
  const host = '127.0.0.1';
  const account = await startAccount({ host, mqttPort: 0, endpointPort: 0, faults, onLog });
  const dev = await deploy({ host, port: 0, template: await compile(stages.dev) }, account);
  const north = await deploy({ host, port: 0, template: await compile(stages.north) }, account);
  /** Every message, by topic, as any client may see it. */
  const messages: { topic: string; text: string }[] = [];
  account.iot.broker.listen(({ topic, payload }) => messages.push({ topic, text: payload.toString() }));
  return {
    ...{ account, dev, north, messages },
    async close() {
      await dev.close();
      await north.close();
      await account.close();
    },
  };
});
beforeEach(tellOnFailure);
let { account, dev, north, messages } = {} as ReturnType<typeof both>;
beforeAll(() => {
  ({ account, dev, north, messages } = both());
});

async function thing(attributes: Record<string, string>): Promise<string> {
  const thingName = newThing();
  await clientsOf(account).iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes } }));
  return thingName;
}

/** The topics of a charge point's frames, in order. */
function topicsOf(identity: string): string[] {
  const topics = messages.map(({ topic }) => topic).filter((topic) => /(in|out)$/.test(topic));
  const own = topics.filter((topic) => topic.includes(identity));
  return isAtLeastOnce() ? [...new Set(own)] : own;
}

describe('a charge point', () => {
  it.each([
    ['of no namespace', {}, () => dev, () => north],
    ['of namespace north', { namespace: 'north' }, () => north, () => dev],
  ])("%s is its stage's, and unknown to the other", async (_, attributes, own, other) => {
    const identity = await thing(attributes);
    expect(await (await dial(`${own().url}${identity}`)).isAlive()).toBe(true);
    await expect(dial(`${other().url}${identity}`)).rejects.toMatchObject({ status: 404 });
  });

  it('of a namespace that no stage has is unknown to both', async () => {
    const identity = await thing({ namespace: 'south' });
    for (const { url } of [dev, north]) await expect(dial(`${url}${identity}`)).rejects.toMatchObject({ status: 404 });
  });

  it('that moves to the other namespace loses its socket, and is admitted there', async () => {
    const identity = await thing({});
    const socket = await dial(`${dev.url}${identity}`);
    expect(await socket.isAlive()).toBe(true);
    const attributePayload = { attributes: { namespace: 'north' } };
    await clientsOf(account).iot.send(new UpdateThingCommand({ thingName: identity, attributePayload }));
    expect(await within('the close', socket.closed)).toEqual({ code: 1000 });
    const moved = await eventually('its move', () => dial(`${north.url}${identity}`).catch(() => undefined));
    expect(await moved.isAlive()).toBe(true);
    await expect(dial(`${dev.url}${identity}`)).rejects.toMatchObject({ status: 404 });
  });
});

it('an API token is for its own stage', async () => {
  const token = await putToken({ account, stack: dev }, 'admin');
  expect((await askApi({ stack: dev }, 'GET /charge-points', { token })).status).toBe(200);
  const { status, body } = await askApi({ stack: north }, 'GET /charge-points', { token });
  expect([status, body.code]).toEqual([401, 'bad-token']);
});

describe('the topics', () => {
  it('without a namespace are {id}/in and {id}/out', async () => {
    const identity = await thing({});
    await (await dial(`${dev.url}${identity}`)).isAlive();
    expect(topicsOf(identity)).toEqual([`${identity}/in`, `${identity}/out`]);
  });

  it('in a namespace are below it', async () => {
    const identity = await thing({ namespace: 'north' });
    await (await dial(`${north.url}${identity}`)).isAlive();
    expect(topicsOf(identity)).toEqual([`north/${identity}/in`, `north/${identity}/out`]);
  });

  it('events are below it too', async () => {
    const identity = await thing({ namespace: 'north' });
    await dial(`${north.url}${identity}`);
    await account.clock.advance(1_000);
    await eventually('connected', () => messages.find(({ topic }) => topic === `north/${identity}/events/connected`));
  });

  it("a frame on the other's topics reaches nobody", async () => {
    const [ours, theirs] = [await thing({}), await thing({ namespace: 'north' })];
    const [inDev, inNorth] = [await dial(`${dev.url}${ours}`), await dial(`${north.url}${theirs}`)];
    for (const topic of [`north/${ours}/out`, `${theirs}/out`, `north/${ours}/in`, `${theirs}/in`]) {
      const payload = Buffer.from('[2,"astray","Heartbeat",{}]');
      await account.iot.broker.publish({ topic, payload, qos: 1, userProperties: [] });
    }
    for (const socket of [inDev, inNorth]) {
      for (let n = 0; n < 3; n++) await socket.isAlive();
      expect(socket.untaken).toBe(0);
    }
  });
});
