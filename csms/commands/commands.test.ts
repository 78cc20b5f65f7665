import { describe, expect, it } from 'vitest';
import type { Timer } from '../../schemas/timer.js';
import { chargePoint } from '../../test/memory/charge-point.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory } from '../../test/memory/index.js';
import { payloadOf } from '../../test/memory/payloads.js';
import { actOn } from '../act-on.js';
import { answer } from '../answer.js';
import { dispatch } from './dispatch.js';
import { enqueue } from './enqueue.js';
import { cancelled } from './life.js';
import type { Outcome } from './ports.js';
import { settle } from './settle.js';

const second = 1_000;
const minute = 60 * second;
const accepted: Outcome = { type: 'CALLRESULT', payload: { status: 'Accepted' } };

/** CP1, registered; `ask` is what somebody wants of it. */
function system() {
  const memory = inMemory();
  memory.chargePoints.put({ chargePointId: 'CP1' });
  const cp = chargePoint(memory);
  return {
    memory,
    cp,
    ask: (messageId: string, action = 'ClearCache', payload: object = payloadOf(action)) =>
      enqueue({ chargePointId: 'CP1', messageId, action, payload: JSON.stringify(payload) }, memory),
    reply: (connectionId: string, messageId: string, outcome = accepted) =>
      settle({ chargePointId: 'CP1', connectionId, protocol: 'ocpp2.0.1', messageId, outcome }, memory),
    /** Message ids of the CALLs that arrived on a connection. */
    arrived: (connectionId: string) => memory.sockets.frames(connectionId).map((text) => JSON.parse(text)[1] as string),
    status: (commandId: string) => memory.commands.items.get(`CP1/${commandId}`)?.status,
    settled: () => memory.events.named('command-settled').map(({ commandId, status }) => [commandId, status]),
  };
}

/** With the current connection c1. */
async function connected() {
  const all = system();
  await all.cp.connect('c1');
  await elapse(all.memory, second);
  return all;
}

describe('a command', () => {
  it('is sent at once to a charge point that is connected and owes no answer', async () => {
    const { memory, ask, status } = await connected();
    await ask('m1', 'Reset', { type: 'Immediate' });
    expect(memory.sockets.frames('c1')).toEqual(['[2,"m1","Reset",{"type":"Immediate"}]']);
    expect(status('m1')).toBe('sent');
    expect(memory.events.named('command-sent')).toMatchObject([{ commandId: 'm1', connectionId: 'c1' }]);
  });

  it('waits until the one before it is answered: one CALL at a time', async () => {
    const { ask, reply, arrived, status } = await connected();
    await ask('m1');
    await ask('m2');
    expect(arrived('c1')).toEqual(['m1']);
    expect(status('m2')).toBe('queued');
    await reply('c1', 'm1');
    expect(arrived('c1')).toEqual(['m1', 'm2']);
  });

  it('comes in the order in which they were asked for', async () => {
    const { memory, ask, reply, arrived } = await connected();
    for (const id of ['m1', 'z', 'a', 'k']) {
      await ask(id);
      memory.clock.advance(1);
    }
    for (const id of ['m1', 'z', 'a', 'k']) await reply('c1', id);
    expect(arrived('c1')).toEqual(['m1', 'z', 'a', 'k']);
  });

  it('for a charge point that is away waits for its connection', async () => {
    const { memory, cp, ask, arrived } = system();
    await ask('m1');
    await cp.connect('c1');
    await elapse(memory, second);
    expect(arrived('c1')).toEqual(['m1']);
  });

  it('told twice is one', async () => {
    const { ask, reply, arrived, settled } = await connected();
    await ask('m1');
    await ask('m1');
    await reply('c1', 'm1');
    await ask('m1');
    expect(arrived('c1')).toEqual(['m1']);
    expect(settled()).toEqual([['m1', 'accepted']]);
  });

  it('under the id of another is refused', async () => {
    const { memory, ask, arrived, status } = await connected();
    await ask('m1', 'Reset', { type: 'Immediate' });
    await ask('m1', 'Reset', { type: 'OnIdle' });
    expect(arrived('c1')).toEqual(['m1']);
    expect(status('m1')).toBe('sent');
    expect(memory.events.named('command-settled')).toMatchObject([
      { commandId: 'm1', status: 'failed', reason: 'Another command has this message id.' },
    ]);
  });

  it.each([37, 1_000])('under an id of %i characters is refused', async (length) => {
    const { memory, ask, arrived } = await connected();
    await ask('m'.repeat(length));
    expect(arrived('c1')).toEqual([]);
    expect(memory.commands.items.size).toBe(0);
    expect(memory.events.named('command-settled')).toMatchObject([
      { commandId: 'm'.repeat(length), status: 'failed', code: 'message-id-invalid' },
    ]);
  });

  it('that is refused is told whatever is too long in it, and keeps nobody waiting', async () => {
    const { memory, ask, arrived } = await connected();
    const long = 'x'.repeat(100_000);
    await ask(long, long, {});
    await ask('m1', long, {});
    await ask('m2');
    expect(arrived('c1')).toEqual(['m2']);
    const told = memory.events.named('command-settled');
    expect(told.map(({ code }) => code)).toEqual(['message-id-invalid', 'action-unknown']);
    expect(JSON.stringify(told).length).toBeLessThan(10_000);
  });

  it('may have an id of 36 characters, whichever they are', async () => {
    const { ask, arrived } = await connected();
    await ask('ü'.repeat(35) + '\u{1F50C}');
    expect(arrived('c1')).toHaveLength(1);
  });

  it('for a charge point that nobody registered is refused', async () => {
    const { memory } = system();
    await enqueue({ chargePointId: 'CPX', messageId: 'm1', action: 'Reset', payload: '{}' }, memory);
    expect(memory.events.named('command-settled')).toMatchObject([{ chargePointId: 'CPX', status: 'failed' }]);
    expect(memory.commands.items.size).toBe(0);
  });

  it('for a charge point of another namespace is refused', async () => {
    const { memory, ask, settled } = system();
    memory.chargePoints.put({ chargePointId: 'CP1', namespace: 'north' });
    await ask('m1');
    expect(settled()).toEqual([['m1', 'failed']]);
    expect(memory.commands.items.size).toBe(0);
  });
});

describe('a CALL that its charge point must not get', () => {
  it.each([
    ['Reset', { type: 'Soft' }, 'type'],
    ['RemoteStartTransaction', { idTag: '04A2B3' }, 'ocpp2.0.1 has no command RemoteStartTransaction.'],
    ['Heartbeat', {}, 'ocpp2.0.1 has no command Heartbeat.'],
    ['__proto__', {}, 'ocpp2.0.1 has no command __proto__.'],
  ])('%s %j fails with the reason, and the next is sent', async (action, payload, reason) => {
    const { memory, ask, arrived } = await connected();
    await ask('m1', action, payload);
    await ask('m2');
    expect(arrived('c1')).toEqual(['m2']);
    expect(memory.events.named('command-settled')).toMatchObject([
      { commandId: 'm1', status: 'failed', reason: expect.stringContaining(reason) },
    ]);
  });

  it('fails whatever its payload is, also one that is not JSON, and the next is sent', async () => {
    const { memory, ask, arrived, status } = await connected();
    await enqueue({ chargePointId: 'CP1', messageId: 'm1', action: 'Reset', payload: '[2.0,"m1"' }, memory);
    await ask('m2');
    expect(status('m1')).toBe('failed');
    expect(arrived('c1')).toEqual(['m2']);
    expect(memory.events.named('command-settled')).toMatchObject([{ commandId: 'm1', code: 'payload-invalid' }]);
  });

  it('fails when the charge point connects: until then nobody knows its version', async () => {
    const { memory, cp, ask, status } = system();
    await ask('m1', 'Reset', { type: 'Soft' });
    expect(status('m1')).toBe('queued');
    await cp.connect('c1');
    await elapse(memory, second);
    expect(status('m1')).toBe('failed');
  });
});

describe('an answer', () => {
  it.each([
    [{ type: 'CALLRESULT', payload: { status: 'Accepted' } }, 'accepted'],
    [{ type: 'CALLRESULT', payload: { status: 'Rejected' } }, 'rejected'],
    [{ type: 'CALLRESULT', payload: {} }, 'failed'],
    [{ type: 'CALLRESULT', payload: { status: 'Perhaps' } }, 'failed'],
    [{ type: 'CALLERROR', code: 'InternalError', description: 'no', details: {} }, 'failed'],
  ] as [Outcome, string][])('%j settles its command: %s', async (outcome, expected) => {
    const { ask, reply, settled } = await connected();
    await ask('m1');
    await reply('c1', 'm1', outcome);
    expect(settled()).toEqual([['m1', expected]]);
  });

  it('is told with what the charge point said', async () => {
    const { memory, ask, reply } = await connected();
    await ask('m1', 'GetLocalListVersion');
    await reply('c1', 'm1', { type: 'CALLRESULT', payload: { listVersion: 7 } });
    await ask('m2');
    await reply('c1', 'm2', { type: 'CALLERROR', code: 'NotSupported', description: 'never heard', details: {} });
    expect(memory.events.named('command-settled')).toMatchObject([
      { commandId: 'm1', response: { listVersion: 7 } },
      { commandId: 'm2', reason: 'NotSupported: never heard' },
    ]);
  });

  it('is told once: its time-out has nothing to add', async () => {
    const { memory, ask, reply, settled } = await connected();
    await ask('m1');
    await reply('c1', 'm1');
    await elapse(memory, minute);
    expect(settled()).toEqual([['m1', 'accepted']]);
  });

  it('whose news the process died before it could tell is told at the time-out', async () => {
    const { memory, ask, reply, settled } = await connected();
    await ask('m1');
    const { emit } = memory.events;
    memory.events.emit = () => Promise.reject(new Error('the process ended'));
    await expect(reply('c1', 'm1')).rejects.toThrow('the process ended');
    memory.events.emit = emit;
    await elapse(memory, minute);
    expect(settled()).toEqual([['m1', 'accepted']]);
  });

  it('told twice settles nothing else, and sends nothing twice', async () => {
    const { ask, reply, arrived, status } = await connected();
    for (const id of ['m1', 'm2', 'm3']) await ask(id);
    await reply('c1', 'm1');
    await reply('c1', 'm1', { type: 'CALLRESULT', payload: { status: 'Rejected' } });
    expect(arrived('c1')).toEqual(['m1', 'm2']);
    expect([status('m1'), status('m2'), status('m3')]).toEqual(['accepted', 'sent', 'queued']);
  });

  it('2.1: that is not valid is told so by CALLRESULTERROR, which no other version has', async () => {
    const { memory, ask } = await connected();
    await ask('m1');
    const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', receivedAt: memory.clock.now() };
    const text = '[3,"m1",{"status":"Perhaps"}]';
    expect(await answer(text, { ...context, protocol: 'ocpp2.0.1' })).toBeUndefined();
    const reply = JSON.parse((await answer(text, { ...context, protocol: 'ocpp2.1' })) ?? 'null');
    expect(reply.slice(0, 3)).toEqual([5, 'm1', 'PropertyConstraintViolation']);
  });

  it('to nothing that was asked is ignored', async () => {
    const { reply, settled } = await connected();
    await reply('c1', 'm1');
    expect(settled()).toEqual([]);
  });

  it('from another connection is about something else: 1.6 ids are unique per connection only', async () => {
    const { memory, cp, ask, reply, status } = await connected();
    await cp.connect('c2');
    await elapse(memory, second);
    await ask('m1');
    await reply('c1', 'm1');
    expect(status('m1')).toBe('sent');
  });
});

describe('a CALL that nobody answers', () => {
  it('is given up after its time-out, and the next is sent', async () => {
    const { memory, ask, arrived, settled } = await connected();
    await ask('m1');
    await ask('m2');
    await elapse(memory, 30 * second - 1);
    expect(arrived('c1')).toEqual(['m1']);
    await elapse(memory, 1);
    expect(arrived('c1')).toEqual(['m1', 'm2']);
    expect(settled()).toEqual([['m1', 'timed-out']]);
  });

  it('on a connection that was replaced is sent again under another id, before those after it', async () => {
    const { memory, cp, ask, reply, arrived, status } = await connected();
    await ask('m1');
    await cp.connect('c2');
    await elapse(memory, second);
    // The new connection owes nothing.
    await ask('m2');
    expect(arrived('c2')).toEqual(['m2']);
    await ask('m3');
    await elapse(memory, 29 * second);
    expect(status('m1')).toBe('queued');
    await reply('c2', 'm2');
    const [, again] = arrived('c2');
    expect(again).not.toBe('m1');
    await reply('c2', again ?? '');
    expect([status('m1'), status('m2'), status('m3')]).toEqual(['accepted', 'accepted', 'sent']);
  });

  it.each(['Reset', 'UnlockConnector', 'RequestStartTransaction'])('%s is never sent again', async (action) => {
    const { memory, cp, ask, arrived, settled } = await connected();
    await ask('m1', action);
    await cp.connect('c2');
    await elapse(memory, 2 * minute);
    expect(arrived('c2')).toEqual([]);
    expect(settled()).toEqual([['m1', 'timed-out']]);
  });

  it('is not sent again to a charge point that had it and said nothing', async () => {
    const { memory, ask, arrived } = await connected();
    await ask('m1');
    await elapse(memory, 2 * minute);
    expect(arrived('c1')).toEqual(['m1']);
  });

  it('and is answered late is settled by the answer all the same', async () => {
    const { memory, ask, reply, settled } = await connected();
    await ask('m1', 'Reset');
    await elapse(memory, minute);
    await reply('c1', 'm1');
    expect(settled()).toEqual([
      ['m1', 'timed-out'],
      ['m1', 'accepted'],
    ]);
    expect(memory.events.named('command-settled').map(({ late }) => late)).toEqual([undefined, true]);
  });

  it('and was to be sent again is not, when its answer comes late', async () => {
    const { memory, cp, ask, reply, arrived, status } = await connected();
    await ask('m1');
    await cp.close('c1');
    await elapse(memory, minute);
    expect(status('m1')).toBe('queued');
    await reply('c1', 'm1');
    await cp.connect('c2');
    await elapse(memory, second);
    expect(arrived('c2')).toEqual([]);
    expect(status('m1')).toBe('accepted');
  });

  it('after which the process died before it was posted is not posted by anybody', async () => {
    const { memory, ask, arrived, settled } = await connected();
    const { post } = memory.sockets;
    memory.sockets.post = () => Promise.reject(new Error('the process ended'));
    await expect(ask('m1')).rejects.toThrow('the process ended');
    memory.sockets.post = post;
    await ask('m1');
    expect(arrived('c1')).toEqual([]);
    await elapse(memory, 30 * second);
    expect(settled()).toEqual([['m1', 'timed-out']]);
  });
});

describe('a slot', () => {
  it('that was taken for a CALL that was never sent is free after its time', async () => {
    const { memory, ask, arrived } = await connected();
    const { change } = memory.commands;
    memory.commands.change = () => Promise.reject(new Error('the process ended'));
    await expect(ask('m1')).rejects.toThrow('the process ended');
    memory.commands.change = change;
    await ask('m2');
    expect(arrived('c1')).toEqual([]);
    await elapse(memory, 30 * second);
    expect(arrived('c1')).toEqual(['m1']);
  });

  it('that a closed connection holds keeps nothing from the next', async () => {
    const { memory, cp, ask, arrived } = await connected();
    await ask('m1', 'Reset');
    await cp.close('c1');
    await ask('m2');
    await cp.connect('c2');
    await elapse(memory, second);
    expect(arrived('c2')).toEqual(['m2']);
  });

  it('of the connection that is to be retired keeps it until the answer was due', async () => {
    const { memory, ask } = await connected();
    await ask('m1');
    const due = memory.clock.millis + 5 * second;
    await memory.timers.send({ kind: 'retire', chargePointId: 'CP1', connectionId: 'c1', due });
    await elapse(memory, 29 * second);
    expect(memory.sockets.closed).toEqual([]);
    await elapse(memory, 2 * second);
    expect(memory.sockets.closed).toEqual(['c1']);
  });
});

describe('a queued command', () => {
  it.each([
    ['RequestStartTransaction', minute],
    ['ClearCache', 24 * 60 * minute],
  ])('%s expires after %d ms, and is never sent then', async (action, lifetime) => {
    const { memory, cp, ask, arrived, settled } = system();
    await ask('m1', action);
    await elapse(memory, lifetime);
    await cp.connect('c1');
    await elapse(memory, second);
    expect(arrived('c1')).toEqual([]);
    expect(settled()).toEqual([['m1', 'expired']]);
  });

  it('can be cancelled, one that is sent can not', async () => {
    const { memory, ask, status, reply, arrived } = await connected();
    await ask('m1');
    await ask('m2');
    for (const id of ['m1', 'm2']) {
      await memory.commands.change('CP1', id, (command) => cancelled(command, memory.clock.now()));
    }
    expect([status('m1'), status('m2')]).toEqual(['sent', 'cancelled']);
    await reply('c1', 'm1');
    expect(arrived('c1')).toEqual(['m1']);
  });

  it('waits for a connection that is known to exist: the one that is opening gets nothing', async () => {
    const { memory, cp, ask, arrived } = system();
    await cp.connect('c1');
    await ask('m1');
    await dispatch('CP1', memory);
    expect(arrived('c1')).toEqual([]);
  });

  it('is sent to the former connection when that is restored, once nothing is owed there from before', async () => {
    const { memory, cp, ask, arrived } = await connected();
    await ask('m1', 'Reset');
    await cp.connect('c2');
    await elapse(memory, second);
    await cp.close('c2');
    await ask('m2');
    await elapse(memory, second);
    expect(await memory.connections.read('CP1')).toMatchObject({ current: { connectionId: 'c1' } });
    await elapse(memory, 29 * second);
    expect(arrived('c1')).toEqual(['m1']);
    await elapse(memory, second);
    expect(arrived('c1')).toEqual(['m1', 'm2']);
  });
});

it('a timer of somebody who came to send the same and was too late gives nothing up before its time', async () => {
  const { memory, ask, status } = await connected();
  await ask('m1');
  const earlier = new Date(memory.clock.millis + 10 * second).toISOString();
  const attempt = { messageId: 'm1', connectionId: 'c1', sentAt: earlier, deadline: earlier };
  memory.clock.advance(10 * second);
  const timer = { kind: 'command', chargePointId: 'CP1', commandId: 'm1', due: memory.clock.millis } as const;
  await actOn({ ...timer, ...attempt }, memory);
  expect(status('m1')).toBe('sent');
  await elapse(memory, 20 * second);
  expect(status('m1')).toBe('timed-out');
});

it('that it timed out is told by the next, should whoever gave it up be interrupted, though the slot is another’s', async () => {
  const { memory, cp, ask, settled } = await connected();
  await ask('m1', 'Reset');
  await cp.connect('c2');
  await elapse(memory, second);
  await ask('m2');
  const tell = memory.events.emit;
  let isInterrupted = true;
  memory.events.emit = async (...event) => {
    if (event[1] === 'command-settled' && isInterrupted) {
      isInterrupted = false;
      throw new Error('interrupted');
    }
    return tell.apply(memory.events, event);
  };
  const [{ due, ...timer } = expect.fail()] = memory.timers.pending.filter(({ kind }) => kind === 'command');
  memory.clock.advance(29 * second);
  await expect(actOn({ due, ...timer } as Timer, memory)).rejects.toThrow('interrupted');
  await actOn({ due, ...timer } as Timer, memory);
  expect(settled()).toEqual([['m1', 'timed-out']]);
});

it('a timer of a command that nobody knows does nothing', async () => {
  const { memory } = await connected();
  const deadline = memory.clock.now().toISOString();
  const attempt = { commandId: 'm1', messageId: 'm1', connectionId: 'c1', sentAt: deadline, deadline };
  await actOn({ kind: 'command', chargePointId: 'CP1', ...attempt, due: memory.clock.millis }, memory);
  expect(memory.events.names()).toEqual(['connected']);
});
