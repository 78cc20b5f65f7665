import { describe, expect, it } from 'vitest';
import { elapse } from '../test/memory/elapse.js';
import { inMemory, type Memory } from '../test/memory/index.js';
import { retiresAt } from './connections/retirement.js';
import type { Protocol } from './ocpp/protocol.js';
import { receive } from './receive.js';

const heartbeat = '[2,"m1","Heartbeat",{}]';

function socket(protocol: Protocol = 'ocpp2.0.1') {
  const memory = inMemory();
  memory.sockets.connect('c1');
  return { memory, connectedAt: memory.clock.millis, protocol };
}

const take = (
  { memory, connectedAt, protocol }: { memory: Memory; connectedAt: number; protocol: Protocol },
  text: string,
) => receive({ chargePointId: 'CP1', connectionId: 'c1', protocol, connectedAt, text }, memory);

describe('a frame from a charge point', () => {
  it.each([heartbeat, ' [ 3 , "m1", {"b":1.0,"a":1e2} ]\n', '[4,"m1","GenericError","",{}]'])(
    '%s goes to its topic byte for byte, with its socket, version and time',
    async (text) => {
      const at = socket();
      await take(at, text);
      const receivedAt = at.memory.clock.now();
      expect(at.memory.topics.taken).toEqual([
        { ...{ chargePointId: 'CP1', text, connectionId: 'c1', protocol: 'ocpp2.0.1', receivedAt } },
      ]);
      expect(at.memory.sockets.frames('c1')).toEqual([]);
    },
  );

  it('that is none is answered here, on its socket, and goes no further', async () => {
    const at = socket();
    await take(at, 'hello');
    expect(at.memory.topics.taken).toEqual([]);
    expect(at.memory.sockets.frames('c1')).toEqual(['[4,"-1","RpcFrameworkError","The message is not JSON.",{}]']);
  });

  it('that is none is met with silence where the version asks for it', async () => {
    const at = socket('ocpp1.6');
    await take(at, 'hello');
    expect([at.memory.topics.taken, at.memory.sockets.frames('c1')]).toEqual([[], []]);
  });
});

describe('a frame that can’t be published', () => {
  it('is answered with InternalError when it is a CALL', async () => {
    const at = socket();
    at.memory.topics.fault = new Error('throttled');
    await expect(take(at, heartbeat)).rejects.toThrow('throttled');
    expect(at.memory.sockets.frames('c1')).toEqual(['[4,"m1","InternalError","The message could not be handled.",{}]']);
  });

  it('is not answered when money is in it: the charge point repeats what gets no answer', async () => {
    const at = socket();
    at.memory.topics.fault = new Error('throttled');
    await expect(take(at, '[2,"m1","TransactionEvent",{}]')).rejects.toThrow('throttled');
    expect(at.memory.sockets.frames('c1')).toEqual([]);
  });

  it('is not answered otherwise', async () => {
    const at = socket();
    at.memory.topics.fault = new Error('throttled');
    await expect(take(at, '[3,"m1",{}]')).rejects.toThrow('throttled');
    expect(at.memory.sockets.frames('c1')).toEqual([]);
  });

  it('fails with what failed, the socket gone or not', async () => {
    const at = socket();
    at.memory.topics.fault = new Error('throttled');
    at.memory.sockets.drop('c1');
    await expect(take(at, heartbeat)).rejects.toThrow('throttled');
  });
});

describe('retirement', () => {
  const ids = Array.from({ length: 1_000 }, (_, i) => `c${i}`);

  it('comes at an age of 60 to 115 minutes, spread over the connections', () => {
    const ages = ids.map((id) => retiresAt(id, 0) / 60_000);
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...ages)).toBeLessThan(115);
    expect(Math.max(...ages) - Math.min(...ages)).toBeGreaterThan(50);
  });

  it('is the same for the same connection', () => {
    for (const id of ids) expect(retiresAt(id, 7)).toBe(retiresAt(id, 7));
  });

  it('a connection of age is closed, with time for the last answers', async () => {
    const at = socket();
    at.memory.clock.millis = Math.ceil(retiresAt('c1', at.connectedAt));
    await take(at, heartbeat);
    expect(at.memory.topics.taken).toHaveLength(1);
    await elapse(at.memory, 4_999);
    expect(at.memory.sockets.closed).toEqual([]);
    await elapse(at.memory, 1);
    expect(at.memory.sockets.closed).toEqual(['c1']);
  });

  it('a younger one stays', async () => {
    const at = socket();
    at.memory.clock.millis = Math.floor(retiresAt('c1', at.connectedAt)) - 1;
    await take(at, heartbeat);
    expect(at.memory.timers.pending).toEqual([]);
  });

  it('many frames of an old connection close it once', async () => {
    const at = socket();
    at.memory.clock.millis = Math.ceil(retiresAt('c1', at.connectedAt));
    for (let i = 0; i < 5; i++) await take(at, heartbeat);
    await elapse(at.memory, 60_000);
    expect(at.memory.sockets.closed).toEqual(['c1']);
  });
});
