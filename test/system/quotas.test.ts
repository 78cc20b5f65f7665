import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PayloadTooLargeException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { describe, expect, it } from 'vitest';
import { scenarios, startChargePoint } from '../../charge-point/index.js';
import { around, connectionRecord, connectionsOf, isRoute, signal } from './cloud.js';
import { isAtLeastOnce, isDisconnectLost } from './deliveries.js';
import { dial, type Socket } from './socket.js';
import { chargePointClock, eventually, testSystem, within } from './system.js';

const KB = 1024;

/** A CALL of exactly so many bytes. */
function dataTransfer(id: string, size: number): string {
  const frame = (data: string) => JSON.stringify([2, id, 'DataTransfer', { vendorId: 'com.acme', data }]);
  return frame('x'.repeat(size - frame('').length));
}

const csms = testSystem();

describe('what a socket takes', () => {
  let identity: string;
  const connected = async (): Promise<Socket> => {
    identity = await csms.thing();
    return dial(`${csms.url}${identity}`);
  };
  /** It is told, unless API Gateway tells nobody of the close. */
  const isTold = (): Promise<unknown> => {
    const event = csms.event(identity, 'frame-too-large');
    if (!isAtLeastOnce()) return event;
    return Promise.any([event, eventually('its loss', () => isDisconnectLost(identity))]);
  };

  it('a frame of 32 KB', async () => {
    const socket = await connected();
    const heard = csms.message(`${identity}/in`);
    const frame = dataTransfer('just-fits', 32 * KB);
    expect(Buffer.byteLength(frame)).toBe(32_768);
    socket.send(frame);
    expect((await socket.frame())[1]).toBe('just-fits');
    expect((await heard).payload.toString()).toBe(frame);
    expect(await socket.isAlive()).toBe(true);
  });

  it('none of 33 KB: it is closed with 1009, and an event tells of it', async () => {
    const socket = await connected();
    const told = isTold();
    socket.send(dataTransfer('too-large', 33 * KB));
    expect(await within('the close', socket.closed)).toEqual({ code: 1009 });
    await told;
    expect(socket.untaken).toBe(0);
  });

  it('not a byte more than 32 KB', async () => {
    const socket = await connected();
    socket.send(dataTransfer('too-large', 32 * KB + 1));
    expect(await within('the close', socket.closed)).toEqual({ code: 1009 });
  });

  it('a message of 128 KB in frames of 32 KB', async () => {
    const socket = await connected();
    socket.sendInFrames(dataTransfer('just-fits', 128 * KB), 32 * KB);
    expect((await socket.frame())[1]).toBe('just-fits');
    expect(await socket.isAlive()).toBe(true);
  });

  it('none of 129 KB, whatever its frames: it is closed with 1009, and an event tells of it', async () => {
    const socket = await connected();
    const told = isTold();
    socket.sendInFrames(dataTransfer('too-large', 129 * KB), 32 * KB);
    expect(await within('the close', socket.closed)).toEqual({ code: 1009 });
    await told;
  });

  it('no binary: it is closed with 1003', async () => {
    const socket = await connected();
    socket.send(Buffer.from('[2,"1","Heartbeat",{}]'));
    expect(await within('the close', socket.closed)).toEqual({ code: 1003 });
    expect(socket.untaken).toBe(0);
  });
});

describe('@connections, by the SDK', () => {
  const send = {
    post: (ConnectionId: string, Data: string) =>
      connectionsOf(csms.system.account).send(new PostToConnectionCommand({ ConnectionId, Data })),
    get: (ConnectionId: string) => connectionsOf(csms.system.account).send(new GetConnectionCommand({ ConnectionId })),
    delete: (ConnectionId: string) =>
      connectionsOf(csms.system.account).send(new DeleteConnectionCommand({ ConnectionId })),
  };
  const all = Object.entries(send).map(([name, run]) => [name, (id: string) => run(id, '[]')] as const);

  /** A socket and its connection id. */
  async function connected(): Promise<{ socket: Socket; id: string }> {
    const identity = await csms.thing();
    const socket = await dial(`${csms.url}${identity}`, { headers: { 'User-Agent': 'Wallbox/1.2' } });
    const record = await connectionRecord(csms.system, identity);
    return { socket, id: record?.opening[0]?.connectionId ?? '' };
  }

  it('posts to a live connection', async () => {
    const { socket, id } = await connected();
    await send.post(id, '[3,"ü",{}]');
    expect(await socket.text()).toBe('[3,"ü",{}]');
  });

  it('tells of a live connection', async () => {
    const { id } = await connected();
    expect(await send.get(id)).toMatchObject({
      ConnectedAt: expect.any(Date),
      LastActiveAt: expect.any(Date),
      Identity: { SourceIp: '127.0.0.1', UserAgent: 'Wallbox/1.2' },
    });
  });

  it('closes a live connection with 1000', async () => {
    const { socket, id } = await connected();
    await send.delete(id);
    expect(await within('the close', socket.closed)).toEqual({ code: 1000 });
  });

  it('posts 128 KB and not a byte more', async () => {
    const { socket, id } = await connected();
    await send.post(id, 'x'.repeat(128 * KB));
    expect(await socket.text()).toHaveLength(128 * KB);
    await expect(send.post(id, 'x'.repeat(128 * KB + 1))).rejects.toThrow(PayloadTooLargeException);
    expect(await socket.isAlive()).toBe(true);
  });

  describe.each(all)('%s', (_, run) => {
    it('finds a closed connection gone', async () => {
      const { socket, id } = await connected();
      await socket.close();
      await eventually('gone', () =>
        run(id).then(
          () => undefined,
          (error) => expect(error).toBeInstanceOf(GoneException) ?? true,
        ),
      );
    });

    it('finds an unknown connection gone', async () => {
      await expect(run('L0SM9cOFvHcCIhw=')).rejects.toThrow(GoneException);
    });

    it('finds a connection gone whose $connect has not returned', async () => {
      const identity = await csms.thing();
      const answered = signal<string>();
      const released = signal();
      around(csms.system.account, async (invocation, proceed) => {
        const result = await proceed();
        if (!isRoute(invocation, '$connect', identity)) return result;
        answered.give(invocation.event.requestContext?.connectionId ?? '');
        await released.given;
        return result;
      });
      const dialling = dial(`${csms.url}${identity}`);
      const id = await within('$connect', answered.given);
      await expect(run(id)).rejects.toThrow(GoneException);
      released.give();
      const socket = await dialling;
      await send.post(id, '[]');
      expect(await socket.text()).toBe('[]');
    });

    it('refuses what is no connection id', async () => {
      await expect(run('no id!')).rejects.toMatchObject({
        name: 'BadRequestException',
        $metadata: { httpStatusCode: 400 },
      });
    });
  });
});

describe.each([
  ['idle for too long', { idle: 200_000 }],
  ['older than its lifetime', { lifetime: 10 * 60_000 }],
])('a connection %s is closed', (_, limits) => {
  const shortLived = testSystem({ limits });

  it('and the charge point comes back and goes on without a BootNotification', async () => {
    /** What happened since the charge point was accepted. */
    let since: string[] | undefined;
    const ended = new AbortController();
    const run = startChargePoint({
      url: shortLived.url,
      identity: await shortLived.thing(),
      protocol: 'ocpp2.0.1',
      scenario: scenarios.boot,
      clock: chargePointClock(shortLived.system),
      signal: ended.signal,
      onFrame: (direction, text) => {
        const [, , result] = JSON.parse(text);
        if (result.status === 'Accepted') since ??= [];
        else since?.push(direction === 'sent' ? result : 'answered');
      },
      onEvent: (event) => since?.push(event.type === 'closed' ? `closed with ${event.code}` : event.type),
    });
    await shortLived.advance(15 * 60_000);
    const afterwards = since?.slice(since.indexOf('connected')).join();
    expect(afterwards).toMatch(/^connected,.*Heartbeat,answered/);
    ended.abort();
    await run;

    expect(since).toContain('StatusNotification');
    expect(since).toContain('closed with 1001');
    expect(since).not.toContain('BootNotification');
  });
});
