import { describe, expect, it } from 'vitest';
import { chargePoint } from '../../test/memory/charge-point.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory } from '../../test/memory/index.js';
import { thingChanged } from './registry-change.js';

const thing = (at: number, more: object = {}) => ({
  chargePointId: 'CP1',
  registered: true,
  namespace: '',
  at,
  ...more,
});
const deleted = { registered: false };

describe('a thing event', () => {
  it('is mirrored', async () => {
    const memory = inMemory();
    await thingChanged(thing(1, { namespace: 'test' }), memory);
    expect(memory.chargePoints.items.get('CP1')).toMatchObject({ registered: true, namespace: 'test' });
  });

  it.each([
    ['created, deleted', [thing(1), thing(2, deleted)], false],
    ['deleted, created: told in the wrong order', [thing(2, deleted), thing(1)], false],
    ['deleted, created again', [thing(2, deleted), thing(3)], true],
    ['created again, deleted: told in the wrong order', [thing(3), thing(2, deleted)], true],
    ['created, deleted, each twice', [thing(1), thing(2, deleted), thing(1), thing(2, deleted)], false],
  ])('%s', async (_what, told, registered) => {
    const memory = inMemory();
    for (const change of told) await thingChanged(change, memory);
    expect((await memory.chargePoints.find('CP1'))?.registered).toBe(registered);
  });

  it('leaves what the charge point said of itself', async () => {
    const memory = inMemory();
    const at = memory.clock.now();
    const hardware = { vendor: 'A', model: 'B' };
    await memory.chargePoints.booted({ chargePointId: 'CP1', protocol: 'ocpp1.6', at, hardware }, 'Accepted');
    await thingChanged(thing(1), memory);
    await thingChanged(thing(2, deleted), memory);
    expect(memory.chargePoints.items.get('CP1')).toMatchObject({
      registered: false,
      boot: { hardware: { vendor: 'A' } },
    });
  });
});

describe('a stranger', () => {
  const knocked = async () => {
    const memory = inMemory();
    const knock = {
      chargePointId: 'CP1',
      code: 'not-registered',
      at: memory.clock.now(),
      hasCredentials: false,
    } as const;
    await memory.knocks.add(knock, 1);
    return memory;
  };

  it('that is registered is none any more', async () => {
    const memory = await knocked();
    await thingChanged(thing(1, { namespace: memory.stage.namespace }), memory);
    expect(await memory.knocks.of('CP1')).toEqual([]);
  });

  it.each([
    ['of another namespace', { namespace: 'another' }],
    ['that was deleted', deleted],
  ])('%s stays one', async (_, more) => {
    const memory = await knocked();
    await thingChanged(thing(1, more), memory);
    expect(await memory.knocks.of('CP1')).toHaveLength(1);
  });
});

describe('the sockets of a thing', () => {
  /** A charge point with a replaced, a current and an opening connection. */
  async function connected() {
    const memory = inMemory();
    const cp = chargePoint(memory);
    await cp.connect('c1');
    await elapse(memory, 1_000);
    await cp.connect('c2');
    await elapse(memory, 1_000);
    await cp.connect('c3');
    return memory;
  }

  it('are closed when it is deleted: current, replaced and opening ones', async () => {
    const memory = await connected();
    await thingChanged(thing(1, deleted), memory);
    expect(memory.sockets.closed.toSorted()).toEqual(['c1', 'c2', 'c3']);
  });

  it('are closed when it moves to another namespace', async () => {
    const memory = await connected();
    await thingChanged(thing(1, { namespace: 'test' }), memory);
    expect(memory.sockets.open.size).toBe(0);
  });

  it('stay when it is created or changed otherwise', async () => {
    const memory = await connected();
    await thingChanged(thing(1), memory);
    expect(memory.sockets.closed).toEqual([]);
  });

  it('stay when its deletion is older than its creation', async () => {
    const memory = await connected();
    await thingChanged(thing(2), memory);
    await thingChanged(thing(1, deleted), memory);
    expect(memory.sockets.closed).toEqual([]);
  });

  it('are closed at a repetition when the first attempt failed', async () => {
    const memory = await connected();
    const { read } = memory.connections;
    memory.connections.read = () => Promise.reject(new Error('throttled'));
    await expect(thingChanged(thing(1, deleted), memory)).rejects.toThrow('throttled');
    memory.connections.read = read;
    await thingChanged(thing(1, deleted), memory);
    expect(memory.sockets.open.size).toBe(0);
  });
});
