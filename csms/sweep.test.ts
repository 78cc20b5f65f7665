import { describe, expect, it } from 'vitest';
import { chargePoint } from '../test/memory/charge-point.js';
import { elapse } from '../test/memory/elapse.js';
import { inMemory } from '../test/memory/index.js';
import { payloadOf } from '../test/memory/payloads.js';
import { enqueue } from './commands/enqueue.js';
import { settle } from './commands/settle.js';
import { sweep } from './sweep.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** CP1, registered; time goes on with a sweep each minute. */
function system() {
  const memory = inMemory();
  memory.chargePoints.put({ chargePointId: 'CP1' });
  async function pass(milliseconds: number): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += minute) {
      await elapse(memory, minute);
      await sweep(memory);
    }
  }
  return {
    pass,
    memory,
    cp: chargePoint(memory),
    ask: (messageId: string, action = 'ClearCache') =>
      enqueue({ chargePointId: 'CP1', messageId, action, payload: JSON.stringify(payloadOf(action)) }, memory),
    /** Time goes on, and every timer is lost. */
    async passWithoutTimers(milliseconds: number) {
      for (let passed = 0; passed < milliseconds; passed += minute) {
        memory.timers.pending.length = 0;
        await pass(minute);
      }
    },
    arrived: (connectionId: string) => memory.sockets.frames(connectionId).map((text) => JSON.parse(text)[1] as string),
    command: (commandId: string) => memory.commands.items.get(`CP1/${commandId}`),
    settled: () => memory.events.named('command-settled').map(({ commandId, status }) => [commandId, status]),
  };
}

async function connected() {
  const all = system();
  await all.cp.connect('c1');
  await elapse(all.memory, second);
  return all;
}

describe('a command of a charge point that stays away', () => {
  it('expires when it is no longer worth sending, and is told', async () => {
    const { ask, pass, command, settled } = system();
    await ask('m1');
    await pass(24 * hour - minute);
    expect(command('m1')?.status).toBe('queued');
    expect(settled()).toEqual([]);
    await pass(minute);
    expect(command('m1')?.status).toBe('expired');
    expect(settled()).toEqual([['m1', 'expired']]);
    await pass(hour);
    expect(settled()).toHaveLength(1);
  });

  it('expires though one that is worth sending for longer is before it', async () => {
    const { ask, pass, settled } = system();
    await ask('m1', 'ClearCache');
    await ask('m2', 'RequestStartTransaction');
    await pass(minute);
    expect(settled()).toEqual([['m2', 'expired']]);
  });

  it('is looked at after 5 min, and once an hour', async () => {
    const { ask, memory, pass, command } = system();
    await ask('m1');
    const begun = memory.clock.millis;
    const looks = new Set<number>();
    for (let minutes = 0; minutes < 3 * 60; minutes++) {
      await pass(minute);
      looks.add((Date.parse(command('m1')?.dueAt ?? '') - begun) / minute);
    }
    expect([...looks]).toEqual([5, 65, 125, 185]);
  });
});

describe('what somebody failed to do for a command', () => {
  it('is done in his place: one that nobody sent is sent', async () => {
    const { memory, ask, pass, arrived } = await connected();
    // Whoever wrote it died before he looked at the queue.
    memory.slots.read = () => Promise.reject(new Error('throttled'));
    await expect(ask('m1')).rejects.toThrow('throttled');
    Reflect.deleteProperty(memory.slots, 'read');
    await pass(4 * minute);
    expect(arrived('c1')).toEqual([]);
    await pass(minute);
    expect(arrived('c1')).toEqual(['m1']);
  });

  it('is done in his place: one that was to wait for a restored connection, and whose timer was lost, is sent', async () => {
    const { memory, cp, ask, passWithoutTimers, arrived } = await connected();
    await cp.connect('c2');
    await elapse(memory, 2 * second);
    const record = memory.connections.records.get('CP1');
    if (record?.current) record.current = { ...record.current, restoredAt: memory.clock.now().toISOString() };
    await ask('m1');
    expect(memory.timers.pending.map(({ kind }) => kind)).toContain('queue');
    await passWithoutTimers(5 * minute);
    expect(arrived('c2')).toEqual(['m1']);
  });

  it('is done in his place: one that nobody answered, and whose timer was lost, is given up', async () => {
    const { ask, passWithoutTimers, command, settled, memory } = await connected();
    await ask('m1', 'Reset');
    expect(command('m1')?.status).toBe('sent');
    await passWithoutTimers(5 * minute);
    expect(command('m1')?.status).toBe('timed-out');
    expect(settled()).toEqual([['m1', 'timed-out']]);
    expect(memory.slots.held.size).toBe(0);
  });

  it('is done in his place: the next is sent, when whoever settled the one before died', async () => {
    const { memory, ask, passWithoutTimers, arrived } = await connected();
    await ask('m1');
    await ask('m2');
    memory.commands.first = () => Promise.reject(new Error('throttled'));
    const outcome = { type: 'CALLRESULT', payload: { status: 'Accepted' } } as const;
    const answer = {
      chargePointId: 'CP1',
      connectionId: 'c1',
      protocol: 'ocpp2.0.1' as const,
      messageId: 'm1',
      outcome,
    };
    await expect(settle(answer, memory)).rejects.toThrow('throttled');
    Reflect.deleteProperty(memory.commands, 'first');
    await passWithoutTimers(5 * minute);
    expect(arrived('c1')).toEqual(['m1', 'm2']);
  });
});

describe('the sweep', () => {
  it('leaves alone what is on its way', async () => {
    const { ask, memory, arrived, command } = await connected();
    await ask('m1');
    await ask('m2');
    memory.clock.advance(20 * second);
    await sweep(memory);
    expect(arrived('c1')).toEqual(['m1']);
    expect(command('m1')?.status).toBe('sent');
    expect(command('m2')?.status).toBe('queued');
  });

  it('may run twice at once', async () => {
    const { memory, ask, command, settled } = system();
    for (const id of ['m1', 'm2', 'm3']) await ask(id);
    memory.clock.advance(24 * hour);
    await Promise.all([sweep(memory), sweep(memory)]);
    for (const id of ['m1', 'm2', 'm3']) expect(command(id)?.status).toBe('expired');
    const told = new Set(settled().map(([id]) => id));
    expect(told).toEqual(new Set(['m1', 'm2', 'm3']));
    const ids = new Set(memory.events.named('command-settled').map(({ id }) => id));
    expect(ids.size).toBe(3);
  });

  it('goes on after what fails, says so, and does it the next time', async () => {
    const { memory, command } = system();
    for (const chargePointId of ['CP1', 'CP2', 'CP3']) {
      memory.chargePoints.put({ chargePointId });
      await enqueue({ chargePointId, messageId: 'm1', action: 'ClearCache', payload: '{}' }, memory);
    }
    memory.clock.advance(24 * hour);
    const { emit } = memory.events;
    memory.events.emit = (chargePointId, ...rest) =>
      chargePointId === 'CP1'
        ? Promise.reject(new Error('throttled'))
        : emit.call(memory.events, chargePointId, ...rest);
    await expect(sweep(memory)).rejects.toThrow('1 of 3 could not be seen to, the first: Error: throttled');
    expect(command('m1')?.status).toBe('queued');
    expect(memory.commands.items.get('CP3/m1')?.status).toBe('expired');
    memory.events.emit = emit;
    await sweep(memory);
    expect(command('m1')?.status).toBe('expired');
  });

  it('does all other kinds while one is slow, and says what failed of each', async () => {
    const { memory } = system();
    let fail: (error: Error) => void = () => {};
    const slow = new Promise<never>((_, reject) => {
      fail = reject;
    });
    const done: string[] = [];
    memory.commands.due = () => slow;
    memory.tasks.due = () => Promise.reject(new Error('tasks are down'));
    for (const kind of ['reservations', 'transactions'] as const) {
      memory[kind].due = async () => {
        done.push(kind);
        return [];
      };
    }
    const swept = sweep(memory);
    expect(done).toEqual(['reservations', 'transactions']);
    fail(new Error('commands are down'));
    await expect(swept).rejects.toThrow('Error: commands are down Error: tasks are down');
  });
});
