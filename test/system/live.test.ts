import { type EventEmitter, once } from 'node:events';
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Role } from '../../csms/access/ports.js';
import { askApi, putToken } from './api-client.js';
import { dial } from './socket.js';
import { testSystem, within } from './system.js';

const csms = testSystem();
const tokens = {} as Record<Role, string>;
beforeAll(async () => {
  for (const role of ['viewer', 'operator'] as const) tokens[role] = await putToken(csms.system, role);
});

const clients: MqttClient[] = [];
afterEach(() => Promise.all(clients.splice(0).map((client) => client.endAsync(true))));

interface LiveUrl {
  url: string;
  clientId: string;
  topics: string[];
  expiresAt: string;
}

async function open(role: 'viewer' | 'operator', query = ''): Promise<LiveUrl> {
  const { status, body, text } = await askApi(csms.system, `GET /live${query}`, { token: tokens[role] });
  expect(status, text).toBe(200);
  return body;
}

async function connect({ url, clientId }: Pick<LiveUrl, 'url' | 'clientId'>): Promise<MqttClient> {
  const client = await connectAsync(url, { clientId, protocolVersion: 4, reconnectPeriod: 0 }, false);
  client.on('error', () => {});
  clients.push(client);
  return client;
}

/** How a handshake is answered. */
async function handshake(url: string): Promise<string> {
  const socket = new WebSocket(url, 'mqtt');
  const [answer] = await once(socket, 'open').then(
    () => ['open'],
    (error) => [error],
  );
  socket.terminate();
  return answer instanceof Error ? answer.message : String(answer);
}

/** Topics of the messages from now on. */
function heardBy(client: MqttClient): string[] {
  const heard: string[] = [];
  client.on('message', (topic) => heard.push(topic));
  return heard;
}

async function listen(live: LiveUrl): Promise<{ client: MqttClient; heard: string[] }> {
  const client = await connect(live);
  const heard = heardBy(client);
  const granted = await client.subscribeAsync(live.topics, { qos: 1 });
  expect(granted.map(({ qos }) => qos)).toEqual(live.topics.map(() => 1));
  return { client, heard };
}

/** Known to the API, too. */
async function registered(): Promise<string> {
  const identity = await csms.thing();
  await csms.advance(0);
  return identity;
}

const boot = { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme' } };

/** What nobody else publishes: when it came, all before it has come. */
async function last(client: MqttClient, topic: string): Promise<void> {
  const came = new Promise<void>((resolve) => client.on('message', (each) => each === topic && resolve()));
  const publisher = await csms.mqttClient();
  await publisher.publishAsync(topic, '{}', { qos: 1 });
  await within(topic, came);
}

describe('a live URL', () => {
  it('shows an operator frames and events as they happen', async () => {
    const identity = await registered();
    const { client, heard } = await listen(await open('operator'));
    const socket = await dial(`${csms.url}${identity}`);
    await socket.call('BootNotification', boot);
    await last(client, `${identity}/events/end`);
    expect(heard).toEqual(expect.arrayContaining([`${identity}/in`, `${identity}/out`]));
  });

  it('shows a viewer events, and no frames', async () => {
    const identity = await registered();
    const live = await open('viewer');
    expect(live.topics).toEqual(['+/events/#']);
    const { client, heard } = await listen(live);
    const refused = client.subscribeAsync('+/in', { qos: 1 });
    await expect(refused).rejects.toThrow();
    const publisher = await csms.mqttClient();
    await publisher.publishAsync(`${identity}/out`, '[3,"m1",{}]', { qos: 1 });
    await last(client, `${identity}/events/end`);
    expect(heard).toContain(`${identity}/events/end`);
    expect(heard.filter((topic) => !topic.includes('/events/'))).toEqual([]);
  });

  it('is narrowed to one charge point', async () => {
    const [one, other] = [await registered(), await registered()];
    const live = await open('operator', `?chargePointId=${one}`);
    expect(live.topics).toEqual([`${one}/in`, `${one}/out`, `${one}/events/#`]);
    const { client, heard } = await listen(live);
    for (const filter of ['+/in', `${other}/in`, '#', `${other}/events/#`]) {
      await expect(client.subscribeAsync(filter, { qos: 1 })).rejects.toThrow();
    }
    const publisher = await csms.mqttClient();
    await publisher.publishAsync(`${other}/events/x`, '{}', { qos: 1 });
    await last(client, `${one}/events/end`);
    expect(heard.filter((topic) => topic.startsWith(other))).toEqual([]);
  });

  it('of a charge point that nobody knows is refused', async () => {
    const answer = await askApi(csms.system, 'GET /live?chargePointId=NOBODY', { token: tokens.operator });
    expect(answer).toMatchObject({ status: 404, body: { code: 'charge-point-unknown' } });
  });

  it.each(['in', 'out', 'events/connected'])('publishes nothing on %s: whoever tries is disconnected', async (end) => {
    const identity = await registered();
    const published: string[] = [];
    const stop = csms.system.account.iot.broker.listen(({ topic }) => published.push(topic));
    const { client } = await listen(await open('operator', `?chargePointId=${identity}`));
    const closed = once(client as unknown as EventEmitter, 'close');
    client.publish(`${identity}/${end}`, '[2,"x","Reset",{"type":"Immediate"}]', { qos: 1 }, () => {});
    await within('the end', closed);
    stop();
    expect(published.filter((topic) => topic.startsWith(identity))).toEqual([]);
  });

  it('has no last will', async () => {
    const identity = await registered();
    const published: string[] = [];
    const stop = csms.system.account.iot.broker.listen(({ topic }) => published.push(topic));
    const { url, clientId } = await open('operator');
    const will = { topic: `${identity}/out`, payload: Buffer.from('x'), qos: 1 as const, retain: false };
    const client = await connectAsync(url, { clientId, protocolVersion: 4, reconnectPeriod: 0, will }, false);
    client.stream.destroy();
    await csms.system.account.clock.idle();
    const other = await listen(await open('operator'));
    await last(other.client, `${identity}/events/end`);
    stop();
    expect(published).not.toContain(`${identity}/out`);
  });

  it('is for the client id that it names', async () => {
    const { url } = await open('operator');
    await expect(connect({ url, clientId: 'live-somebody' })).rejects.toThrow('Not authorized');
  });

  it('is of no use when it was changed, or has no token', async () => {
    const live = await open('operator');
    for (const url of [
      live.url.replace(/X-Amz-Signature=./, 'X-Amz-Signature=x'),
      live.url.replace('X-Amz-Expires=300', 'X-Amz-Expires=900'),
      live.url.replace(/&X-Amz-Security-Token=[^&]*/, ''),
      live.url.replace(/\?.*/, ''),
    ]) {
      expect(await handshake(url)).toBe('Unexpected server response: 403');
    }
    expect(await handshake(live.url)).toBe('open');
  });

  it('is good for five minutes, and a connection lasts longer than the session', async () => {
    const { client, heard } = await listen(await open('operator'));
    const { url } = await open('operator');
    await csms.advance(5 * 60_000 + 1_000);
    expect(await handshake(url)).toBe('Unexpected server response: 403');
    await csms.advance(11 * 60_000);
    await last(client, 'CP1/events/end');
    expect(heard).toContain('CP1/events/end');
  });
});

describe('the role of live URLs', () => {
  const roleArn = () =>
    csms.system.stack.resources.ofType('AWS::IAM::Role').find(({ logicalId }) => logicalId === 'LiveRole')?.attributes
      .Arn as string;
  const at = (service: string, accessKeyId: string) => ({
    region: 'us-east-1',
    endpoint: `${csms.system.account.endpoint.url}/${service}`,
    credentials: { accessKeyId, secretAccessKey: 'embedded' },
    // As functions do, for bad days.
    maxAttempts: 7,
    // Or it takes every refusal for what comes of its clock, which is behind the account's, and asks again.
    disableClockSkewCorrection: true,
  });
  const assume = (who: string) =>
    new STSClient(at('sts', who)).send(new AssumeRoleCommand({ RoleArn: roleArn(), RoleSessionName: 'somebody' }));

  it('is for the API alone', async () => {
    await expect(assume('serverless-csms-dev-csms')).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(assume('user')).rejects.toMatchObject({ name: 'AccessDenied' });
    expect((await assume('serverless-csms-dev-api')).Credentials?.AccessKeyId).toMatch(/^ASIA/);
  });

  it('publishes nothing over HTTPS either', async () => {
    const { Credentials } = await assume('serverless-csms-dev-api');
    const client = new IoTDataPlaneClient(at('iot-data', Credentials?.AccessKeyId ?? ''));
    const publish = client.send(new PublishCommand({ topic: 'CP1/out', payload: '[]' }));
    await expect(publish).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
