import { describe, expect, it } from 'vitest';
import { elapse } from '../test/memory/elapse.js';
import { inMemory } from '../test/memory/index.js';
import { actOn } from './act-on.js';

describe('a timer', () => {
  it('received early goes back to the queue as it is', async () => {
    const memory = inMemory();
    memory.sockets.connect('c1');
    const timer = { kind: 'retire' as const, chargePointId: 'CP1', connectionId: 'c1', due: memory.clock.millis + 1 };
    await actOn(timer, memory);
    expect(memory.timers.pending).toEqual([timer]);
    expect(memory.sockets.closed).toEqual([]);
  });

  it('is acted on when it is due, as often as it must go back before', async () => {
    const memory = inMemory();
    memory.sockets.connect('c1');
    const timer = {
      kind: 'retire' as const,
      chargePointId: 'CP1',
      connectionId: 'c1',
      due: memory.clock.millis + 3_600_000,
    };
    for (let i = 0; i < 3; i++) await actOn(timer, memory);
    memory.timers.pending.splice(1);
    await elapse(memory, 3_600_000);
    expect(memory.sockets.closed).toEqual(['c1']);
    expect(memory.timers.pending).toEqual([]);
  });

  it('for a connection that nobody knows does nothing', async () => {
    const memory = inMemory();
    const base = { chargePointId: 'CP1', connectionId: 'c1', due: memory.clock.millis };
    await actOn({ ...base, kind: 'close' }, memory);
    await actOn({ ...base, kind: 'retire' }, memory);
    await actOn({ ...base, kind: 'offline', since: memory.clock.now().toISOString(), reason: '' }, memory);
    expect([memory.events.emitted, memory.timers.pending, memory.connections.records.size]).toEqual([[], [], 0]);
  });
});
