import { connect } from 'node:net';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashPassword } from '../../csms/charge-points/admission.js';
import { type Edge, openEdge } from '../../local/edge.js';
import { direct } from '../../local/edge-behaviours.js';
import type { Message } from '../../local/iot/broker.js';
import { around, clientsOf, connectionRecord, type Invocation, isRoute, signal, tableName } from './cloud.js';
import { isDisconnectLost, newThing } from './deliveries.js';
import { dial, type Socket } from './socket.js';
import { eventually, testSystem, within } from './system.js';

const csms = testSystem();

const at = (path: string) => `${csms.url}${path}`;
const reset = (id: string) => JSON.stringify([2, id, 'Reset', { type: 'OnIdle' }]);

const done: Invocation[] = [];
beforeAll(() => {
  around(csms.system.account, async (invocation, proceed) => {
    const result = await proceed();
    done.push(invocation);
    return result;
  });
});

/** The gateway learns only after `release` what `$connect` answered to this charge point's next handshake. */
function holdConnect(identity: string) {
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
  return { answered: within('$connect', answered.given), release: released.give };
}

/** Frames of this charge point reach their function after `released`. */
function holdMessages(identity: string, released: Promise<void>): void {
  around(csms.system.account, async (invocation, proceed) => {
    if (isRoute(invocation, '$default', identity)) await released;
    return proceed();
  });
}

/** A timer asked whether the connection that was opening exists. */
const wasLookedFor = (connectionId: string) =>
  eventually(`the timer of ${connectionId}`, () =>
    done.find(({ event }) => event.Records?.some(({ body }) => body.includes(connectionId))),
  );

/** A socket that is current. */
async function connected(identity: string): Promise<Socket> {
  const isCurrent = csms.event(identity, 'connected');
  const socket = await dial(at(identity));
  await csms.advance(1_000);
  await isCurrent;
  return socket;
}

describe('the identity', () => {
  it('of a stranger is refused with 404', async () => {
    await expect(dial(at('CPX'))).rejects.toMatchObject({ status: 404 });
  });

  it.each(['', '?chargePointId=CP1', '//'])('that is missing (/%s) is refused with 404', async (path) => {
    await csms.thing();
    await expect(dial(at(path))).rejects.toMatchObject({ status: 404 });
  });

  it.each([
    ['CP%3A1', 'CP:1'],
    ['CP:2', 'CP:2'],
    ['any/prefix/of/paths/CP%3A3', 'CP:3'],
    ['CP:4/', 'CP:4'],
    ['CP:5?chargePointId=CP:9&b=c', 'CP:5'],
  ])('arrives decoded: %s is %s', async (path, identity) => {
    await csms.system.register(identity);
    const frame = csms.message(`${identity}/in`);
    const socket = await dial(at(path));
    expect(await socket.isAlive()).toBe(true);
    await frame;
  });

  it.each([
    ['RDAM%20123', 'RDAM 123'],
    ['CP+6', 'CP+6'],
    ['CP%2B7', 'CP+7'],
    ['CP%252B8', 'CP%2B8'],
    ['a%2Fb', 'a/b'],
    ['a%26b%3Dc', 'a&b=c'],
    ['S%C3%BCd', 'Süd'],
  ])('that cannot be a thing arrives decoded too, and is refused with 404: %s is %s', async (path, identity) => {
    await expect(dial(at(path))).rejects.toMatchObject({ status: 404 });
    expect(done.some((invocation) => isRoute(invocation, '$connect', identity))).toBe(true);
  });

  it.each(['%', 'CP%', 'CP%ZZ', 'CP%C3'])('that is no percent-encoding (%s) is refused with 400', async (path) => {
    await expect(dial(at(path))).rejects.toMatchObject({ status: 400 });
  });

  it('is nothing that a request target could crash on', async () => {
    for (const target of ['*', '/CP\u00fc', '//@/CP1', 'http://other/CP1', '/\\CP1', '/CP1#x', '/a b']) {
      await rawHandshake(target);
    }
    expect(await (await dial(at(await csms.thing()))).isAlive()).toBe(true);
  });
});

describe('the gateway, dialled without the edge', () => {
  /** The gateway's own URL, which is public. */
  let gateway: Edge;
  const url = () => `ws://127.0.0.1:${gateway.port}`;
  beforeAll(async () => {
    gateway = await openEdge({ host: '127.0.0.1', port: 0 });
    gateway.serve(csms.system.account.webSocketApis.map(direct));
  });
  afterAll(() => gateway.close());

  it.each([
    ['no secret', {}],
    ['a guessed secret', { 'x-origin-secret': 'x'.repeat(40) }],
    ['an empty secret', { 'x-origin-secret': '' }],
  ])('refuses %s with 403, whatever identity it claims', async (_, headers) => {
    const identity = await csms.thing();
    await expect(dial(`${url()}/dev?chargePointId=${identity}`, { headers })).rejects.toMatchObject({ status: 403 });
  });

  it('has nothing below its stage', async () => {
    await expect(dial(`${url()}/dev/${await csms.thing()}`)).rejects.toMatchObject({ status: 403 });
  });

  it("the edge's secret is not the client's to send", async () => {
    const socket = await dial(at(await csms.thing()), { headers: { 'x-origin-secret': 'mine' } });
    expect(await socket.isAlive()).toBe(true);
  });
});

describe('the subprotocol', () => {
  it.each([
    [['ocpp2.0.1', 'ocpp1.6'], 'ocpp2.0.1, ocpp1.6', 'ocpp2.0.1'],
    [['ocpp1.6', 'ocpp2.0.1'], 'ocpp1.6 ,  ocpp2.0.1', 'ocpp1.6'],
    [['ocpp9', 'ocpp2.1', 'ocpp1.6'], 'ocpp9,ocpp2.1,ocpp1.6', 'ocpp2.1'],
    [['ocpp2.0'], 'ocpp2.0', 'ocpp2.0'],
  ])('is the first offered that we speak: of %j (%s) it is %s', async (offered, header, chosen) => {
    const socket = await dial(at(await csms.thing()), { offered, header });
    expect(socket.subprotocol).toBe(chosen);
    expect(await socket.isAlive()).toBe(true);
  });

  it('ocpp2.0 is spoken as 2.0.1', async () => {
    const socket = await dial(at(await csms.thing()), { offered: ['ocpp2.0'] });
    const chargingStation = { model: 'M', vendorName: 'V' };
    expect(await socket.call('BootNotification', { reason: 'PowerUp', chargingStation })).toMatchObject({
      status: 'Accepted',
    });
  });
});

describe('Basic auth', () => {
  const key = '00FF112233445566778899AABBCCDDEE';
  let identity: string;
  beforeAll(async () => {
    identity = await csms.thing();
    await clientsOf(csms.system.account).dynamodb.send(
      new UpdateCommand({
        TableName: tableName(csms.system.stack, 'ChargePointsTable'),
        Key: { chargePointId: identity },
        UpdateExpression: 'SET password = :password',
        ExpressionAttributeValues: { ':password': hashPassword(key.toLowerCase(), 'salt') },
      }),
    );
  });
  const basic = (user: string, password: string | Buffer) => {
    const credentials = Buffer.concat([Buffer.from(`${user}:`), Buffer.from(password)]).toString('base64');
    return { headers: { Authorization: `Basic ${credentials}` } };
  };

  it.each([
    ['as hex digits', key],
    ['as the bytes that they stand for', Buffer.from(key, 'hex')],
  ])('admits the right password %s', async (_, password) => {
    const socket = await dial(at(identity), basic(identity, password));
    expect(await socket.isAlive()).toBe(true);
  });

  it.each([
    ['a wrong password', () => basic(identity, `${key}0`)],
    ['no password', () => basic(identity, '')],
    ["somebody else's name", () => basic('CPX', key)],
    ['no credentials', () => ({})],
    ['other credentials', () => ({ headers: { Authorization: `Bearer ${key}` } })],
    ['credentials that are no base64', () => ({ headers: { Authorization: 'Basic %%%' } })],
  ])('refuses %s with 401', async (_, credentials) => {
    await expect(dial(at(identity), credentials())).rejects.toMatchObject({ status: 401 });
  });
});

describe('the registry', () => {
  it('says at any time who may connect, and a deleted thing loses its socket', async () => {
    const identity = newThing();
    await expect(dial(at(identity))).rejects.toMatchObject({ status: 404 });
    await csms.system.register(identity);
    const socket = await dial(at(identity));
    expect(await socket.isAlive()).toBe(true);

    await csms.system.unregister(identity);
    expect(await within('the close', socket.closed)).toEqual({ code: 1000 });
    await expect(dial(at(identity))).rejects.toMatchObject({ status: 404 });

    await csms.system.register(identity);
    const again = await eventually('the thing', () => dial(at(identity)).catch(() => undefined));
    expect(await again.isAlive()).toBe(true);
  });
});

/** After a second a connection is current, and a second after that the one that it replaced is closed. */
describe('connections of one charge point', () => {
  it('of one that reconnects on every close, four at most are opened', async () => {
    const identity = await csms.thing();
    const isFlapping = csms.event(identity, 'connection-flapping');
    const sockets: Socket[] = [];
    const open = async () => {
      const socket = await dial(at(identity));
      sockets.push(socket);
      reopen(socket);
    };
    // At the end of the tests there is nothing left to connect to.
    const reopen = (socket: Socket) => void socket.closed.then(open).catch(() => {});
    reopen(await dial(at(identity)));
    await open();

    await csms.advance(30_000);
    expect(await isFlapping).toMatchObject({ replacements: 3 });
    expect(sockets.length + 1).toBeLessThanOrEqual(4);
    const newest = sockets.at(-1);
    await publish(identity, reset('to-the-newest'));
    expect(await newest?.text()).toBe(reset('to-the-newest'));
    const { waiting } = csms.system.account.sqs;
    expect(waiting(timersQueue()).filter((body) => body.includes(identity))).toEqual([]);
  });

  it('the older stays until the newer exists, however long its handshake takes', async () => {
    const identity = await csms.thing();
    const first = await connected(identity);
    const { answered, release } = holdConnect(identity);
    const dialling = dial(at(identity));
    const connectionId = await answered;
    await csms.advance(1_000);
    await wasLookedFor(connectionId);
    expect(first.isOpen).toBe(true);
    expect(await first.isAlive()).toBe(true);

    release();
    await dialling;
    await csms.advance(5_000);
    expect(await within('the close', first.closed)).toEqual({ code: 1000 });
  });

  it('a newer one replaces the older, which is closed with 1000', async () => {
    const identity = await csms.thing();
    const first = await connected(identity);
    const replaced = csms.event(identity, 'connected');
    const second = await dial(at(identity));
    await csms.advance(2_000);
    expect((await replaced).replaced).toEqual(expect.any(String));
    expect(await within('the close', first.closed)).toEqual({ code: 1000 });
    expect(second.isOpen).toBe(true);
    expect(await second.isAlive()).toBe(true);
  });

  it('what is in flight on the older is still answered on it', async () => {
    const identity = await csms.thing();
    const first = await connected(identity);
    await first.isAlive();
    const released = signal();
    holdMessages(identity, released.given);
    const answer = first.call('Heartbeat');
    const isReplaced = csms.event(identity, 'connected');
    // On a slow machine the second may be over before the answer is there.
    around(csms.system.account, async ({ event: { Records = [] } }, proceed) => {
      if (Records.some(({ body }) => body.includes('"close"') && body.includes(identity))) await answer;
      return proceed();
    });
    const second = await dial(at(identity));
    await csms.advance(1_000);
    await isReplaced;

    released.give();
    expect(await answer).toEqual({ currentTime: expect.any(String) });
    await csms.advance(1_000);
    expect(await within('the close', first.closed)).toEqual({ code: 1000 });
    expect(second.untaken).toBe(0);
  });

  it('one whose handshake never completes leaves the older alone', async () => {
    const identity = await csms.thing();
    const first = await connected(identity);
    const { answered, release } = holdConnect(identity);
    const cutOff = await startHandshake(`/${identity}`);
    const lost = await answered;
    cutOff();
    await csms.advance(1_000);
    await wasLookedFor(lost);
    release();

    await eventually('the end of the handshake', () => statusOf(identity, 499));
    await eventually('the end of its record', async () => {
      const record = await connectionRecord(csms.system, identity);
      // Else it ends half a minute later.
      return record?.opening.length === 0 || isDisconnectLost(identity);
    });
    await publish(identity, reset('still-current'));
    expect(await first.text()).toBe(reset('still-current'));
    expect(await first.isAlive()).toBe(true);
  });

  it('one without a common subprotocol is let in without one, then closed with 1000, and replaces nothing', async () => {
    const identity = await csms.thing();
    const first = await connected(identity);
    const record = await connectionRecord(csms.system, identity);

    const stray = await dial(at(identity), { offered: [], header: 'ocpp1.5, soap' });
    expect(stray.subprotocol).toBe('');
    stray.send('[2,"1","Heartbeat",{}]');
    expect(await connectionRecord(csms.system, identity)).toEqual(record);
    await csms.advance(1_000);
    expect(await within('the close', stray.closed)).toEqual({ code: 1000 });
    expect(stray.untaken).toBe(0);

    expect(await connectionRecord(csms.system, identity)).toEqual(record);
    await publish(identity, reset('still-current'));
    expect(await first.text()).toBe(reset('still-current'));
  });

  it('one that offers no subprotocol at all is closed the same way', async () => {
    const stray = await dial(at(await csms.thing()), { offered: [] });
    await csms.advance(1_000);
    expect(await within('the close', stray.closed)).toEqual({ code: 1000 });
  });

  it('what comes in the first second is answered, though the connection is not current yet', async () => {
    const identity = await csms.thing();
    const released = signal();
    around(csms.system.account, async (invocation, proceed) => {
      if (invocation.event.Records?.some(({ body }) => body.includes(identity))) await released.given;
      return proceed();
    });
    const socket = await dial(at(identity));
    expect(await socket.isAlive()).toBe(true);
    expect(await connectionRecord(csms.system, identity)).toMatchObject({ opening: [expect.anything()] });
    released.give();
    await publish(identity, reset('early'));
    expect(await socket.text()).toBe(reset('early'));
  });
});

const publish = (identity: string, text: string): Promise<void> =>
  csms.system.account.iot.broker.publish({
    topic: `${identity}/out`,
    payload: Buffer.from(text),
    qos: 1,
    userProperties: [],
  } satisfies Omit<Message, 'timestamp'>);

const statusOf = (identity: string, status: number) =>
  csms.handshakes.find((handshake) => handshake.identity === identity && handshake.status === status);

const timersQueue = () =>
  csms.system.stack.resources.ofType('AWS::SQS::Queue').find(({ logicalId }) => logicalId === 'TimersQueue')?.attributes
    .Arn as string;

const headers = [
  'Host: x',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Protocol: ocpp2.0.1',
];

/** Sends a handshake by hand. @returns what ends its socket as a lost network does */
function startHandshake(target: string, onEnd = () => {}): Promise<() => void> {
  return new Promise((resolve) => {
    const socket = connect(csms.system.stack.edge.port, '127.0.0.1', () => {
      socket.write(`GET ${target} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
      resolve(() => socket.resetAndDestroy());
    });
    socket.on('data', () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', onEnd);
  });
}

/** Whatever it is answered with, there is an answer. */
function rawHandshake(target: string): Promise<void> {
  return within(`an answer to ${target}`, new Promise((resolve) => void startHandshake(target, resolve)));
}
