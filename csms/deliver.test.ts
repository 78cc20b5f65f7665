import { describe, expect, it } from 'vitest';
import { chargePoint } from '../test/memory/charge-point.js';
import { elapse } from '../test/memory/elapse.js';
import { inMemory, type Memory } from '../test/memory/index.js';
import { deliver } from './deliver.js';

const result = '[3,"m1",{}]';
const call = '[2,"m1","Reset",{"type":"Immediate"}]';

/** A charge point whose connection c1 was replaced by c2 just now. */
async function replaced() {
  const memory = inMemory();
  memory.chargePoints.put({ chargePointId: 'CP1' });
  const cp = chargePoint(memory);
  await cp.connect('c1');
  await elapse(memory, 1_000);
  await cp.connect('c2');
  await elapse(memory, 1_000);
  return { memory, cp };
}

const send = (memory: Memory, text: string, connectionId?: string, receivedAt?: Date) =>
  deliver(
    { chargePointId: 'CP1', text, publishedAt: memory.clock.now(), connectionId, receivedAt, isContested: false },
    memory,
  );

describe('an answer', () => {
  it.each([result, '[4,"m1","GenericError","",{}]', '[5,"m1","GenericError","",{}]'])(
    '%s goes to the connection that asked, current or not',
    async (text) => {
      const { memory } = await replaced();
      expect(await send(memory, text, 'c1', memory.clock.now())).toBe('delivered');
      expect([memory.sockets.frames('c1'), memory.sockets.frames('c2')]).toEqual([[text], []]);
    },
  );

  it('goes to no other connection when that one is gone: 1.6 ids are unique per connection only', async () => {
    const { memory, cp } = await replaced();
    await cp.close('c1');
    expect(await send(memory, result, 'c1', memory.clock.now())).toBe('no connection');
    expect(memory.sockets.frames('c2')).toEqual([]);
  });

  it('goes to a connection that is still opening', async () => {
    const memory = inMemory();
    await chargePoint(memory).connect('c1');
    expect(await send(memory, result, 'c1', memory.clock.now())).toBe('delivered');
  });

  it('is dropped when its CALL is older than 30 s', async () => {
    const { memory } = await replaced();
    const receivedAt = memory.clock.now();
    memory.clock.advance(30_000);
    expect(await send(memory, result, 'c2', receivedAt)).toBe('delivered');
    memory.clock.advance(1);
    expect(await send(memory, result, 'c2', receivedAt)).toBe('too late');
    expect(memory.sockets.frames('c2')).toEqual([result]);
  });

  it('that somebody else published goes to the current connection', async () => {
    const { memory } = await replaced();
    expect(await send(memory, result)).toBe('delivered');
    expect(memory.sockets.frames('c2')).toEqual([result]);
  });
});

describe('a CALL', () => {
  it('joins the queue, and goes to the current connection', async () => {
    const { memory } = await replaced();
    expect(await send(memory, call, 'c1', new Date(0))).toBe('queued');
    expect([memory.sockets.frames('c1'), memory.sockets.frames('c2')]).toEqual([[], [call]]);
  });

  it.each([
    [59, 1, 'sent'],
    [60, 0, 'expired'],
  ] as const)(
    'that somebody waits for is sent as long as that is, also when it comes late: %d s',
    async (late, sent, status) => {
      const { memory } = await replaced();
      const text = '[2,"m1","RequestStartTransaction",{"idToken":{"idToken":"A","type":"Central"},"remoteStartId":1}]';
      const about = { chargePointId: 'CP1', text, connectionId: undefined, receivedAt: undefined, isContested: false };
      const publishedAt = memory.clock.now();
      memory.clock.advance(late * 1_000);
      expect(await deliver({ ...about, publishedAt }, memory)).toBe('queued');
      expect(memory.sockets.frames('c2')).toHaveLength(sent);
      const expiresAt = new Date(publishedAt.getTime() + 60_000).toISOString();
      expect(memory.commands.items.get('CP1/m1')).toMatchObject({ status, expiresAt });
    },
  );

  it('is worth sending for no longer than its time, whatever clock it was published by', async () => {
    const { memory } = await replaced();
    const now = memory.clock.now().getTime();
    const about = { chargePointId: 'CP1', connectionId: undefined, receivedAt: undefined, isContested: false };
    await deliver({ ...about, text: call, publishedAt: new Date(now + 3_600_000) }, memory);
    const expiresAt = new Date(now + 24 * 3_600_000).toISOString();
    expect(memory.commands.items.get('CP1/m1')?.expiresAt).toBe(expiresAt);
  });
});

describe('a SEND', () => {
  const event = '[6,"m1","NotifyPeriodicEventStream",{}]';

  it('goes to the current connection at once, byte for byte: nobody answers it', async () => {
    const { memory } = await replaced();
    expect(await send(memory, call)).toBe('queued');
    expect(await send(memory, event)).toBe('delivered');
    expect(memory.sockets.frames('c2')).toEqual([call, event]);
  });

  it('goes to the opening connection when none is current yet', async () => {
    const memory = inMemory();
    await chargePoint(memory).connect('c1');
    expect(await send(memory, event)).toBe('delivered');
  });

  it('goes nowhere when there is no connection, or only one on record that is gone', async () => {
    const memory = inMemory();
    expect(await send(memory, event)).toBe('no connection');
    const cp = chargePoint(memory);
    await cp.connect('c1');
    await elapse(memory, 1_000);
    memory.sockets.drop('c1');
    expect(await send(memory, event)).toBe('no connection');
  });

  it('goes nowhere when the connection on record is older than 2 h 1 min', async () => {
    const memory = inMemory();
    await chargePoint(memory).connect('c1');
    await elapse(memory, 121 * 60_000);
    expect(await send(memory, event)).toBe('delivered');
    memory.clock.advance(1);
    expect(await send(memory, event)).toBe('no connection');
  });
});

describe('what is delivered', () => {
  it.each(['hello', '{}', '[2]', '[9,"m1",{}]'])('must be a frame: %s is none', async (text) => {
    const { memory } = await replaced();
    expect(await send(memory, text)).toBe('not a frame');
    expect(memory.sockets.frames('c2')).toEqual([]);
  });

  it('fails with what the sockets fail with', async () => {
    const { memory } = await replaced();
    memory.sockets.post = () => Promise.reject(new Error('throttled'));
    await expect(send(memory, call)).rejects.toThrow('throttled');
  });
});
