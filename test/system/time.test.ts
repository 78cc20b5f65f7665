import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { beforeAll, describe, expect, it } from 'vitest';
import { scenarios, startChargePoint } from '../../charge-point/index.js';
import { around, connectionRecord, connectionsOf, type Invocation, isRoute, signal } from './cloud.js';
import { dial, type Socket } from './socket.js';
import { chargePointClock, testSystem } from './system.js';

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** What functions logged, and when. */
const logged: { at: number; name: string; line: string }[] = [];
const csms = testSystem({ onLog: (name, line) => logged.push({ at: now(), name, line }) });
const now = () => csms.system.account.clock.now();

/** The functions' events from the gateway and from queues, and when they were there. */
const invocations: (Invocation & { at: number })[] = [];
beforeAll(() => {
  around(csms.system.account, (invocation, proceed) => {
    invocations.push({ ...invocation, at: now() });
    return proceed();
  });
});

/** How long ago it was, in whole seconds. */
const secondsSince = (begun: number) => (at: number) => Math.floor((at - begun) / seconds);

async function connected(): Promise<{ identity: string; socket: Socket; id: string }> {
  const identity = await csms.thing();
  const socket = await dial(`${csms.url}${identity}`);
  await csms.advance(1 * seconds);
  const id = (await connectionRecord(csms.system, identity))?.current?.connectionId ?? '';
  return { identity, socket, id };
}

/** The account's time is hours ahead by the end of these, and every part of the system agrees. */
describe('in minutes and hours that take milliseconds', () => {
  it('a socket that nobody uses is closed after 10 min', async () => {
    const { socket } = await connected();
    await csms.advance(9 * minutes);
    expect(await socket.isAlive()).toBe(true);
    await csms.advance(10 * minutes - 1 * seconds);
    expect(socket.isOpen).toBe(true);
    await csms.advance(1 * seconds);
    expect(await socket.closed).toEqual({ code: 1001 });
  });

  it('a socket is closed after 2 h, however much it is used', async () => {
    const { socket, id } = await connected();
    for (let posted = 0; posted < 24; posted++) {
      await connectionsOf(csms.system.account).send(new PostToConnectionCommand({ ConnectionId: id, Data: '[]' }));
      expect(socket.isOpen).toBe(true);
      await csms.advance(5 * minutes);
    }
    expect(await socket.closed).toEqual({ code: 1001 });
  });

  it('a charge point that stays connected is now and then asked to come back, and is never offline', async () => {
    const identity = await csms.thing();
    const closes: number[] = [];
    const ended = new AbortController();
    const events: string[] = [];
    csms.system.account.iot.broker.listen(({ topic }) => {
      if (topic.startsWith(`${identity}/`)) events.push(topic.split('/').slice(1).join('/'));
    });
    const run = startChargePoint({
      url: csms.url,
      identity,
      protocol: 'ocpp2.0.1',
      scenario: scenarios.boot,
      clock: chargePointClock(csms.system),
      signal: ended.signal,
      onEvent: (event) => event.type === 'closed' && closes.push(event.code),
    });
    await csms.advance(150 * minutes);
    const frames = events.filter((topic) => topic === 'in').length;
    ended.abort();
    await run;
    // At an age of 60 to 115 min, and in the end.
    expect(closes.length).toBeGreaterThan(1);
    expect(closes.length).toBeLessThan(4);
    expect(new Set(closes)).toEqual(new Set([1000]));
    expect(frames).toBeGreaterThan(150 / 6);
    expect(events).not.toContain('events/disconnected');
  });

  it('an asynchronous event that fails is tried again after 1 and 2 min, then sent to its failure destination', async () => {
    const queue = csms.system.stack.resources
      .ofType('AWS::SQS::Queue')
      .find(({ logicalId }) => logicalId === 'FailuresQueue')?.attributes.Arn as string;
    const failures = () => csms.system.account.sqs.waiting(queue).filter((body) => body.includes('NoSuchOperation'));
    const begun = now();
    await csms.system.account.iot.broker.publish({
      topic: '$aws/events/thing/CP0/created',
      payload: Buffer.from('{"operation":"NoSuchOperation"}'),
      qos: 1,
      userProperties: [],
    });
    await csms.advance(3 * minutes - 1 * seconds);
    expect(failures()).toEqual([]);
    await csms.advance(2 * seconds);
    const attempts = logged.filter(({ name, at }) => name.endsWith('registry') && at >= begun);
    expect(attempts.map(({ at }) => secondsSince(begun)(at))).toEqual([0, 60, 180]);
    expect(JSON.parse(failures()[0] ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 },
    });
  });

  it('a connection whose handshake is not over is looked for after 1 s, whenever it is twice as old, and after 30 s', async () => {
    const identity = await csms.thing();
    const answered = signal<string>();
    const released = signal();
    around(csms.system.account, async (invocation, proceed) => {
      const result = await proceed();
      if (isRoute(invocation, '$connect', identity)) {
        answered.give(invocation.event.requestContext?.connectionId ?? '');
        await released.given;
      }
      return result;
    });
    const dialling = dial(`${csms.url}${identity}`).catch(() => {});
    const id = await answered.given;
    const [{ since } = { since: '' }] = (await connectionRecord(csms.system, identity))?.opening ?? [];
    await csms.advance(29 * seconds);
    expect((await connectionRecord(csms.system, identity))?.opening).toHaveLength(1);
    await csms.advance(60 * seconds);
    released.give();
    await dialling;

    const lookedFor = invocations.filter(({ event }) => event.Records?.some(({ body }) => body.includes(id)));
    const ages = lookedFor.map(({ at }) => secondsSince(Date.parse(since))(at));
    expect([ages[0], ages.at(-1)]).toEqual([1, 30]);
    // A queue's delays are whole seconds: 1, 2, 5, 11, 23 or 1, 3, 7, 15.
    for (const [index, age] of ages.slice(1).entries()) expect(age).toBeLessThanOrEqual(2 * (ages[index] ?? 0) + 1);
    expect((await connectionRecord(csms.system, identity))?.opening).toEqual([]);
  });

  it('an event tells that a charge point is gone, 60 s after it went', async () => {
    const { identity, socket } = await connected();
    const told: string[] = [];
    csms.system.account.iot.broker.listen(({ topic }) => told.push(topic));
    await socket.close();
    await csms.advance(59 * seconds);
    expect(told).not.toContain(`${identity}/events/disconnected`);
    await csms.advance(2 * seconds);
    expect(told).toContain(`${identity}/events/disconnected`);
  });

  it('what a charge point is told to be the time is the time of the account', async () => {
    const { socket } = await connected();
    const boot = { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme' } };
    const before = now();
    expect(before).toBeGreaterThan(Date.now() + 2 * hours);
    const { currentTime } = (await socket.call('BootNotification', boot)) as { currentTime: string };
    expect(Date.parse(currentTime)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(currentTime)).toBeLessThanOrEqual(now());
  });
});
