import { describe, expect, it } from 'vitest';
import type { Timer } from '../../schemas/timer.js';
import { chargePoint } from '../../test/memory/charge-point.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory } from '../../test/memory/index.js';
import { actOn } from '../act-on.js';
import { stray } from './open.js';

function start() {
  const memory = inMemory();
  return { memory, cp: chargePoint(memory), record: () => memory.connections.read('CP1') };
}

/** A charge point with the current connection c1. */
async function connected() {
  const system = start();
  await system.cp.connect('c1');
  await elapse(system.memory, 1_000);
  return system;
}

const second = 1_000;
const minute = 60 * second;

describe('a handshake that was answered', () => {
  it('is an opening connection: nothing is current yet, and nobody is told', async () => {
    const { memory, cp, record } = start();
    await cp.dial('c1');
    expect(await record()).toMatchObject({ opening: [{ connectionId: 'c1', protocol: 'ocpp2.0.1' }] });
    expect((await record()).current).toBeUndefined();
    expect(memory.events.emitted).toEqual([]);
  });

  it('makes its connection current once that is seen to exist', async () => {
    const { memory, record } = await connected();
    expect(await record()).toMatchObject({ current: { connectionId: 'c1' }, opening: [] });
    expect(memory.events.emitted).toMatchObject([{ name: 'connected', connectionId: 'c1', protocol: 'ocpp2.0.1' }]);
    expect(memory.events.emitted[0]).not.toHaveProperty('replaced');
  });

  it('is asked after 1, 2, 4, 8, 16 and 30 s, and then given up', async () => {
    const { memory, cp, record } = start();
    const begin = memory.clock.millis;
    const asked: number[] = [];
    memory.sockets.exists = async () => asked.push((memory.clock.millis - begin) / second) < 0;
    await cp.dial('c1');
    await elapse(memory, 10 * minute);
    expect(asked).toEqual([1, 2, 4, 8, 16, 30]);
    expect(await record()).toEqual({ opening: [], replaced: [], replacedAt: [] });
    expect(memory.events.emitted).toEqual([]);
  });

  it('makes its connection current as late as 30 s after it', async () => {
    const { memory, cp, record } = start();
    await cp.dial('c1');
    await elapse(memory, 29 * second);
    memory.sockets.connect('c1');
    await elapse(memory, second);
    expect((await record()).current?.connectionId).toBe('c1');
  });

  it('that never completes leaves the old connection current and open', async () => {
    const { memory, cp, record } = await connected();
    await cp.dial('c2');
    await elapse(memory, 10 * minute);
    expect(await record()).toMatchObject({ current: { connectionId: 'c1' }, opening: [] });
    expect(memory.sockets.closed).toEqual([]);
    expect(memory.events.names()).toEqual(['connected']);
  });

  it('that never completes, after one that did, leaves that one current and open', async () => {
    const { memory, cp, record } = start();
    await cp.connect('c1');
    await cp.dial('c2');
    await elapse(memory, 10 * minute);
    expect((await record()).current?.connectionId).toBe('c1');
    expect(memory.sockets.closed).toEqual([]);
  });

  it('is closed when its thing was deleted meanwhile', async () => {
    const { memory, cp, record } = start();
    await cp.connect('c1');
    const at = memory.clock.millis;
    await memory.chargePoints.mirror({ chargePointId: 'CP1', registered: false, namespace: '', at });
    await elapse(memory, second);
    expect(memory.sockets.open.has('c1')).toBe(false);
    expect((await record()).current).toBeUndefined();
  });
});

describe('a second connection', () => {
  it('replaces the first, which is closed after a second’s grace', async () => {
    const { memory, cp, record } = await connected();
    await cp.connect('c2');
    await elapse(memory, second);
    expect(await record()).toMatchObject({ current: { connectionId: 'c2' }, replaced: [{ connectionId: 'c1' }] });
    await elapse(memory, second - 1);
    expect(memory.sockets.closed).toEqual([]);
    await elapse(memory, 1);
    expect(memory.sockets.closed).toEqual(['c1']);
  });

  it('is told with the one it replaced', async () => {
    const { memory, cp } = await connected();
    await cp.connect('c2');
    await elapse(memory, minute);
    expect(memory.events.named('connected')).toMatchObject([
      { connectionId: 'c1' },
      { connectionId: 'c2', replaced: 'c1' },
    ]);
  });

  it('keeps its place when the $disconnect of the first comes late', async () => {
    const { memory, cp, record } = await connected();
    await cp.connect('c2');
    await elapse(memory, minute);
    await cp.tell('c1');
    await elapse(memory, 10 * minute);
    expect((await record()).current?.connectionId).toBe('c2');
    expect(memory.events.names()).not.toContain('disconnected');
  });

  it('supersedes one that was still opening, which is closed', async () => {
    const { memory, cp, record } = start();
    await cp.connect('c1');
    memory.clock.advance(100);
    await cp.connect('c2');
    await elapse(memory, 5 * second);
    expect((await record()).current?.connectionId).toBe('c2');
    expect(memory.sockets.closed).toEqual(['c1']);
  });

  it('supersedes one that was still opening, whichever is found first', async () => {
    const { memory, cp, record } = start();
    await cp.connect('c1');
    memory.clock.advance(100);
    await cp.connect('c2');
    memory.clock.advance(second);
    for (const timer of memory.timers.pending.splice(0).reverse()) await actOn(timer, memory);
    await elapse(memory, 5 * second);
    expect((await record()).current?.connectionId).toBe('c2');
    expect(memory.sockets.closed).toEqual(['c1']);
  });

  it('is the newer one though it was put on record first', async () => {
    const { memory, cp, record } = start();
    await cp.connect('c2');
    memory.clock.advance(-100);
    await cp.connect('c1');
    await elapse(memory, 5 * second);
    expect((await record()).current?.connectionId).toBe('c2');
    expect(memory.sockets.closed).toEqual(['c1']);
  });

  it.each(['with', 'without'])(
    'that closes within the grace, %s a $disconnect, gives the first its place back',
    async (told) => {
      const { memory, cp, record } = await connected();
      await cp.connect('c2');
      await elapse(memory, second);
      if (told === 'with') await cp.close('c2');
      else memory.sockets.drop('c2');
      await elapse(memory, 10 * minute);
      expect(await record()).toMatchObject({ current: { connectionId: 'c1' } });
      expect(memory.sockets.closed).toEqual([]);
      expect(memory.events.names()).not.toContain('disconnected');
    },
  );
});

describe('the only connection there is', () => {
  it('stays, whichever timers to close it are told again', async () => {
    const { memory, cp, record } = await connected();
    await cp.connect('c2');
    await elapse(memory, second);
    await cp.close('c2');
    await elapse(memory, minute);
    const close = { kind: 'close' as const, chargePointId: 'CP1', connectionId: 'c1', due: memory.clock.millis };
    await actOn(close, memory);
    expect((await record()).current?.connectionId).toBe('c1');
    expect(memory.sockets.closed).toEqual([]);
  });
});

describe('a connection without a common subprotocol', () => {
  it('is closed after a second, and replaces nothing', async () => {
    const { memory, record } = await connected();
    memory.sockets.connect('c2');
    await stray({ chargePointId: 'CP1', connectionId: 'c2', at: memory.clock.now() }, memory);
    await elapse(memory, minute);
    expect(memory.sockets.closed).toEqual(['c2']);
    expect(await record()).toMatchObject({ current: { connectionId: 'c1' }, opening: [] });
  });

  it('is closed when there is no other as well', async () => {
    const { memory, record } = start();
    memory.sockets.connect('c1');
    await stray({ chargePointId: 'CP1', connectionId: 'c1', at: memory.clock.now() }, memory);
    await elapse(memory, minute);
    expect(memory.sockets.closed).toEqual(['c1']);
    expect(await record()).toEqual({ opening: [], replaced: [], replacedAt: [] });
  });
});

describe('a charge point that reconnects whenever a connection of it is closed', () => {
  async function flapping(delay: number) {
    const { memory, cp, record } = start();
    let connects = 0;
    const redials: number[] = [];
    memory.sockets.onClose = () => redials.push(memory.clock.millis + delay);
    const connect = () => cp.connect(`c${++connects}`);
    await connect();
    await elapse(memory, minute);
    await connect();
    for (let i = 0; i < 600; i++) {
      await elapse(memory, second);
      while ((redials[0] ?? Infinity) <= memory.clock.millis) {
        redials.shift();
        await connect();
      }
    }
    return { memory, cp, record, connects };
  }

  it.each([0, second, 10 * second])('after %d ms settles at 4 connects', async (delay) => {
    const { memory, record, connects } = await flapping(delay);
    expect(connects).toBeLessThanOrEqual(4);
    expect((await record()).current?.connectionId).toBe(`c${connects}`);
    expect(memory.sockets.open.has(`c${connects}`)).toBe(true);
    expect(memory.events.names()).toContain('connection-flapping');
  });

  it('settles at 4 connects when the newer of its first two was found before the older, too', async () => {
    const { memory, cp } = start();
    let connects = 0;
    let redials = 0;
    memory.sockets.onClose = () => redials++;
    for (let i = 0; i < 2; i++) {
      await cp.connect(`c${++connects}`);
      memory.clock.advance(100);
    }
    memory.clock.advance(second);
    for (const timer of memory.timers.pending.splice(0).reverse()) await actOn(timer, memory);
    for (let i = 0; i < 60; i++) {
      await elapse(memory, second);
      for (; redials > 0; redials--) await cp.connect(`c${++connects}`);
    }
    expect(connects).toBe(4);
  });

  it('keeps what it has when the timers are told again later', async () => {
    const { memory, connects } = await flapping(0);
    const openSockets = [...memory.sockets.open.keys()];
    const base = { chargePointId: 'CP1', due: memory.clock.millis };
    for (let i = 1; i <= connects; i++) {
      await actOn(
        { kind: 'opening', ...base, connectionId: `c${i}`, openedAt: memory.clock.millis - 10 * minute },
        memory,
      );
    }
    await elapse(memory, minute);
    expect([...memory.sockets.open.keys()]).toEqual(openSockets);
  });

  it('has the other when it closes the newest itself', async () => {
    const { memory, cp, record, connects } = await flapping(0);
    await cp.close(`c${connects}`);
    await elapse(memory, 2 * minute);
    expect((await record()).current?.connectionId).toBe(`c${connects - 1}`);
    expect(memory.events.names()).not.toContain('disconnected');
  });
});

describe('disconnected', () => {
  it('is told after 60 s without a connection, with since when and why', async () => {
    const { memory, cp } = await connected();
    const since = memory.clock.now().toISOString();
    await cp.close('c1', 1001);
    await elapse(memory, minute - 1);
    expect(memory.events.names()).toEqual(['connected']);
    await elapse(memory, 1);
    expect(memory.events.named('disconnected')).toMatchObject([{ since, reason: 'closed with 1001' }]);
  });

  it('is not told when the charge point is back by then', async () => {
    const { memory, cp } = await connected();
    await cp.close('c1');
    await elapse(memory, 50 * second);
    await cp.connect('c2');
    await elapse(memory, 10 * minute);
    expect(memory.events.names()).toEqual(['connected', 'connected']);
  });

  it('is not told when the charge point is just coming back', async () => {
    const { memory, cp } = await connected();
    await cp.close('c1');
    await elapse(memory, 59.5 * second);
    await cp.connect('c2');
    await elapse(memory, 10 * minute);
    expect(memory.events.names()).toEqual(['connected', 'connected']);
  });

  it('is told when the charge point was about to come back, and never did', async () => {
    const { memory, cp } = await connected();
    await cp.close('c1');
    await elapse(memory, 50 * second);
    await cp.dial('c2');
    await elapse(memory, 10 * minute);
    expect(memory.events.named('disconnected')).toHaveLength(1);
  });

  it('is told once for each time, whatever is told twice', async () => {
    const { memory, cp } = await connected();
    await cp.close('c1');
    memory.clock.advance(10);
    await cp.tell('c1');
    for (const timer of [...memory.timers.pending]) await memory.timers.send(timer);
    await elapse(memory, 10 * minute);
    expect(memory.events.names()).toEqual(['connected', 'disconnected']);
  });

  it('is not told of a connection that never was current', async () => {
    const { memory, cp } = start();
    await cp.dial('c1');
    await cp.close('c1');
    await elapse(memory, 10 * minute);
    expect(memory.events.emitted).toEqual([]);
  });

  it('is told although the store’s answer to the change was lost, and the change made again', async () => {
    const { memory, cp } = await connected();
    const { change } = memory.connections;
    memory.connections.change = async (id, transition) => {
      await change.call(memory.connections, id, transition);
      return change.call(memory.connections, id, transition);
    };
    await cp.close('c1');
    await elapse(memory, minute);
    expect(memory.events.named('disconnected')).toHaveLength(1);
  });

  it('is told although whoever heard of it died before he could note it', async () => {
    const { memory, cp } = await connected();
    const since = memory.clock.now().toISOString();
    const { change } = memory.connections;
    memory.connections.change = () => Promise.reject(new Error('died'));
    await expect(cp.close('c1', 1001)).rejects.toThrow('died');
    memory.connections.change = change;
    await elapse(memory, minute);
    expect(memory.events.named('disconnected')).toMatchObject([{ since, reason: 'closed with 1001' }]);
    expect(memory.connections.records.get('CP1')).not.toHaveProperty('current');
  });

  it('asks no timer for a connection that has been replaced', async () => {
    const { memory, cp } = await connected();
    await cp.connect('c2');
    await elapse(memory, second);
    const before = memory.timers.pending.length;
    await cp.close('c1');
    expect(memory.timers.pending).toHaveLength(before);
  });

  it('1009 is told as a frame that was too large', async () => {
    const { memory, cp } = await connected();
    await cp.close('c1', 1009);
    expect(memory.events.named('frame-too-large')).toMatchObject([{ chargePointId: 'CP1', connectionId: 'c1' }]);
  });
});

describe('what is told twice, late or never', () => {
  const story = async (repeat: (timers: Timer[]) => Timer[]) => {
    const { memory, cp, record } = start();
    const step = async (seconds: number) => {
      for (let i = 0; i < seconds; i++) {
        memory.timers.pending.splice(0, Infinity, ...repeat(memory.timers.pending));
        await elapse(memory, second);
      }
    };
    await cp.connect('c1');
    await step(5);
    await cp.connect('c2');
    await step(5);
    return { memory, record };
  };

  it('timers told twice change nothing', async () => {
    const { memory, record } = await story((timers) => timers.flatMap((timer) => [timer, timer]));
    expect(await record()).toMatchObject({ current: { connectionId: 'c2' } });
    expect(memory.sockets.closed).toEqual(['c1']);
    expect(memory.events.names()).toEqual(['connected', 'connected']);
  });

  it('a lost timer leaves a connection that frames still go to, and the next one puts it right', async () => {
    const { memory, cp, record } = start();
    await cp.connect('c1');
    memory.timers.pending.length = 0;
    await elapse(memory, 5 * minute);
    expect(memory.sockets.closed).toEqual([]);
    await cp.connect('c2');
    await elapse(memory, 5 * second);
    expect((await record()).current?.connectionId).toBe('c2');
  });

  it('an opening timer long after the connection was replaced leaves the current one alone', async () => {
    const { memory, cp, record } = await connected();
    const openedAt = memory.clock.millis - second;
    await cp.connect('c2');
    await elapse(memory, minute);
    await actOn(
      { kind: 'opening', chargePointId: 'CP1', connectionId: 'c1', openedAt, due: memory.clock.millis },
      memory,
    );
    await elapse(memory, minute);
    expect((await record()).current?.connectionId).toBe('c2');
    expect(memory.sockets.open.has('c2')).toBe(true);
  });

  it('a promotion that was interrupted is made known by the repetition', async () => {
    const { memory, cp } = await connected();
    await cp.connect('c2');
    const { emit } = memory.events;
    memory.events.emit = () => Promise.reject(new Error('throttled'));
    const timers = [...memory.timers.pending];
    await expect(elapse(memory, second)).rejects.toThrow('throttled');
    memory.events.emit = emit;
    for (const timer of timers) await actOn(timer, memory);
    await elapse(memory, second);
    expect(memory.events.named('connected')).toHaveLength(2);
    expect(memory.sockets.closed).toEqual(['c1']);
  });
});
