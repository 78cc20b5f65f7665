import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Mailbox, ManualClock, TestCsms } from '../testing.js';
import { type ChargePoint, type ClientOptions, type ConnectionEvent, connectChargePoint } from './client.js';
import { CallError, CallTimeout, HandshakeRefused, NoCommonProtocol, PowerLost, Unreachable } from './errors.js';

const id = expect.stringMatching(/^[\w-]{36}$/);

let csms: TestCsms;
let clock: ManualClock;
let events: Mailbox<ConnectionEvent>;
let open: ChargePoint[];
beforeEach(async () => {
  csms = await new TestCsms().listening();
  clock = new ManualClock();
  events = new Mailbox();
  open = [];
});
afterEach(async () => {
  for (const chargePoint of open) await chargePoint.close().catch(() => {}); // some gave up, on purpose
  await csms.close();
});

async function connect(options: Partial<ClientOptions> = {}): Promise<ChargePoint> {
  const chargePoint = await connectChargePoint({
    url: csms.url,
    identity: 'CP1',
    protocol: 'ocpp2.0.1',
    backOff: { waitMinimum: 1_000, randomRange: 100, repeatTimes: 2 },
    random: () => 0.5,
    clock,
    onEvent: (event) => events.put(event),
    ...options,
  });
  open.push(chargePoint);
  return chargePoint;
}

async function connected(options: Partial<ClientOptions> = {}) {
  const chargePoint = await connect(options);
  return { chargePoint, peer: await csms.peers.take() };
}

async function event<Type extends ConnectionEvent['type']>(type: Type) {
  for (;;) {
    const next = await events.take();
    if (next.type === type) return next as Extract<ConnectionEvent, { type: Type }>;
  }
}

describe('the handshake', () => {
  it('puts the identity, percent-encoded, behind the prefix of the URL and offers the subprotocol', async () => {
    const { peer } = await connected({ url: `${csms.url}/ocpp/`, identity: 'CP 1/a', protocol: 'ocpp1.6' });
    expect(peer.request.url).toBe('/ocpp/CP%201%2Fa');
    expect(peer.request.headers['sec-websocket-protocol']).toBe('ocpp1.6');
    expect(peer.request.headers.authorization).toBeUndefined();
  });

  it('carries identity and password as Basic auth, raw bytes too', async () => {
    const { peer } = await connected({ password: Buffer.from([0x00, 0xff]) });
    expect(peer.request.headers.authorization).toBe(`Basic ${Buffer.from('CP1:\0\xff', 'latin1').toString('base64')}`);
  });

  it('fails with the HTTP status that refused it', async () => {
    csms.refuse = 404;
    const error = await connect().catch((reason) => reason);
    expect(error).toBeInstanceOf(HandshakeRefused);
    expect(error.status).toBe(404);
  });

  it('fails when it is completed without the offered subprotocol', async () => {
    await csms.close();
    csms = await new TestCsms(() => false).listening();
    await expect(connect()).rejects.toBeInstanceOf(NoCommonProtocol);
  });

  it('fails when nobody listens', async () => {
    await csms.close();
    await expect(connect()).rejects.toBeInstanceOf(Unreachable);
  });
});

describe('calls', () => {
  it('are sent one at a time and resolve with their own answer', async () => {
    const { chargePoint, peer } = await connected();
    const first = chargePoint.call('Heartbeat', {});
    const second = chargePoint.call('Authorize', {});
    const call = await peer.frames.take();
    // What the charge point has sent comes before its answer to this.
    peer.send(2, 'probe', 'Reset', {});
    expect(await peer.frames.take()).toEqual([4, 'probe', 'NotImplemented', expect.any(String), {}]);
    peer.send(3, call[1], { one: 1 });
    expect((await peer.answer({ two: 2 }))[2]).toBe('Authorize');
    expect([await first, await second]).toEqual([{ one: 1 }, { two: 2 }]);
  });

  it('reject with the CALLERROR', async () => {
    const { chargePoint, peer } = await connected();
    const call = chargePoint.call('DataTransfer', {});
    peer.send(4, (await peer.frames.take())[1], 'SecurityError', 'not you', { a: 1 });
    const error = await call.catch((reason) => reason);
    expect(error).toBeInstanceOf(CallError);
    expect(error).toMatchObject({ code: 'SecurityError', description: 'not you', details: { a: 1 } });
  });

  it('that nobody answers time out, make room, and ignore the late answer', async () => {
    const { chargePoint, peer } = await connected();
    const late = chargePoint.call('Heartbeat', {}).catch((reason) => reason);
    const next = chargePoint.call('Authorize', {});
    const [, lateId] = await peer.frames.take();
    await clock.pass(30_000);
    expect(await late).toBeInstanceOf(CallTimeout);
    expect(await event('unanswered')).toMatchObject({ action: 'Heartbeat' });
    const [, nextId] = await peer.frames.take();
    peer.send(3, lateId, { late: true });
    peer.send(3, 'nobody-asked', {});
    peer.socket.send('no frame');
    peer.send(3, nextId, { late: false });
    expect(await next).toEqual({ late: false });
  });

  it('cut off by a close are repeated first, under a new message id', async () => {
    const { chargePoint, peer } = await connected();
    const first = chargePoint.call('TransactionEvent', { seqNo: 0 });
    const second = chargePoint.call('TransactionEvent', { seqNo: 1 });
    const [, cutOffId] = await peer.frames.take();
    peer.socket.terminate();
    await clock.pass(1_050);
    const again = await csms.peers.take();
    const repeated = await again.answer({ for: 0 });
    expect(repeated).toEqual([2, id, 'TransactionEvent', { seqNo: 0 }]);
    expect(repeated[1]).not.toBe(cutOffId);
    expect((await again.answer({ for: 1 }))[3]).toEqual({ seqNo: 1 });
    expect([await first, await second]).toEqual([{ for: 0 }, { for: 1 }]);
  });

  it('made while there is no socket wait for the next one', async () => {
    const { chargePoint, peer } = await connected();
    peer.socket.close(1001);
    expect(await event('closed')).toMatchObject({ code: 1001 });
    const call = chargePoint.call('Heartbeat', {});
    await clock.pass(1_050);
    await (await csms.peers.take()).answer({ currentTime: 'now' });
    expect(await call).toEqual({ currentTime: 'now' });
  });

  it('fail once the charge point is closed', async () => {
    const { chargePoint } = await connected();
    const pending = chargePoint.call('Heartbeat', {});
    const failed = expect(pending).rejects.toThrow();
    await chargePoint.close();
    await failed;
    await expect(chargePoint.call('Heartbeat', {})).rejects.toThrow();
  });
});

describe('calls of the CSMS', () => {
  it('of an unknown action are answered with NotImplemented', async () => {
    const { peer } = await connected();
    peer.send(2, 'r1', 'constructor', {});
    expect(await peer.frames.take()).toEqual([4, 'r1', 'NotImplemented', expect.any(String), {}]);
  });

  it('are answered by their handler, with what it returns or throws', async () => {
    const { peer } = await connected({
      handlers: {
        Reset: async ({ type }) => ({ status: type === 'Immediate' ? 'Accepted' : 'Rejected' }),
        UnlockConnector: () => {
          throw new CallError('PropertyConstraintViolation', 'no such EVSE');
        },
        ClearCache: () => {
          throw new Error('defect');
        },
      },
    });
    peer.send(2, 'r1', 'Reset', { type: 'Immediate' });
    expect(await peer.frames.take()).toEqual([3, 'r1', { status: 'Accepted' }]);
    peer.send(2, 'r2', 'UnlockConnector', {});
    expect(await peer.frames.take()).toEqual([4, 'r2', 'PropertyConstraintViolation', 'no such EVSE', {}]);
    peer.send(2, 'r3', 'ClearCache', {});
    expect(await peer.frames.take()).toEqual([4, 'r3', 'InternalError', 'Error: defect', {}]);
  });

  it('2.1 SEND reaches its handler and is never answered', async () => {
    const sent = new Mailbox<object>();
    const { peer } = await connected({
      protocol: 'ocpp2.1',
      handlers: {
        NotifyPeriodicEventStream: (payload) => {
          sent.put(payload);
          return {};
        },
      },
    });
    peer.send(6, 's1', 'NotifyPeriodicEventStream', { id: 1 });
    peer.send(2, 'r1', 'NotifyPeriodicEventStream', { id: 2 });
    expect(await sent.take()).toEqual({ id: 1 });
    expect((await peer.frames.take())[1]).toBe('r1');
  });
});

describe('a lost socket', () => {
  it('is replaced, and the back-off doubles RetryBackOffRepeatTimes times until it succeeds', async () => {
    const { peer } = await connected();
    csms.refuse = 503;
    peer.socket.terminate();
    for (const expected of [1_050, 2_050, 4_050, 4_050]) {
      expect((await event('retrying')).inMs).toBe(expected);
      await clock.pass(expected);
      await event('failed');
    }
    csms.refuse = undefined;
    await clock.pass(4_050);
    (await csms.peers.take()).socket.terminate();
    expect((await event('connected')).type).toBe('connected');
    await event('closed');
    expect((await event('retrying')).inMs).toBe(1_050);
  });

  it('sends nothing by itself on the new one', async () => {
    const { chargePoint, peer } = await connected();
    peer.socket.terminate();
    await clock.pass(1_050);
    const again = await csms.peers.take();
    chargePoint.call('Heartbeat', {});
    expect((await again.answer({}))[2]).toBe('Heartbeat');
  });

  it('is cut off by the charge point without a close frame', async () => {
    const { chargePoint, peer } = await connected();
    chargePoint.cutOff();
    expect(await peer.closed).toBe(1006);
    await clock.pass(1_050);
    expect(await csms.peers.take()).toBeDefined();
  });

  it('is not replaced while there is no network; CALLs wait for it', async () => {
    const { chargePoint, peer } = await connected();
    chargePoint.goOffline();
    expect(await peer.closed).toBe(1006);
    expect(await event('closed')).toMatchObject({ code: 1006 });
    const call = chargePoint.call('Heartbeat', {});
    expect(events.size).toBe(0);
    chargePoint.goOnline();
    await clock.pass(1_050);
    await (await csms.peers.take()).answer({ currentTime: 'now' });
    expect(await call).toEqual({ currentTime: 'now' });
  });

  it('for want of power is forgotten, with all that was to be sent on it', async () => {
    const { chargePoint, peer } = await connected();
    const calls = [chargePoint.call('Heartbeat', {}), chargePoint.call('Authorize', {})];
    const failed = Promise.all(calls.map((call) => expect(call).rejects.toBeInstanceOf(PowerLost)));
    await peer.frames.take();
    chargePoint.losePower();
    await failed;
    chargePoint.goOnline();
    await clock.pass(1_050);
    const again = await csms.peers.take();
    chargePoint.call('BootNotification', {});
    expect((await again.answer({}))[2]).toBe('BootNotification');
  });

  it('ends the charge point when it is closed while there is no network', async () => {
    const { chargePoint } = await connected();
    chargePoint.goOffline();
    await event('closed');
    await chargePoint.close();
    expect(csms.peers.size).toBe(0);
  });

  it.each([401, 403, 404])('is given up on %i when asked to', async (status) => {
    const { chargePoint, peer } = await connected({ giveUpOnRefusal: true });
    csms.refuse = status;
    const pending = chargePoint.call('Heartbeat', {}).catch((reason) => reason);
    peer.socket.terminate();
    await clock.pass(1_050);
    await expect(chargePoint.closed).rejects.toMatchObject({ status });
    expect(await pending).toBeInstanceOf(HandshakeRefused);
    expect(chargePoint.signal.aborted).toBe(true);
  });
});

it('shows each frame as it is on the wire', async () => {
  const frames: string[] = [];
  const { chargePoint, peer } = await connected({ onFrame: (direction, text) => frames.push(`${direction} ${text}`) });
  const call = chargePoint.call('Heartbeat', {});
  const [, messageId] = await peer.frames.take();
  peer.socket.send(`[3, "${messageId}", {}]`);
  await call;
  expect(frames).toEqual([`sent [2,"${messageId}","Heartbeat",{}]`, `received [3, "${messageId}", {}]`]);
});
