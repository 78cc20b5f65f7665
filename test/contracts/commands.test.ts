import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answered, cancelled, expired, lookedAt, sent } from '../../csms/commands/life.js';
import type { Attempt, Command, Commands, Outcome, Slot, Slots } from '../../csms/commands/ports.js';
import { MemoryCommands, MemorySlots } from '../memory/commands.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

let ids = 0;
const nextId = () => `CP${++ids}`;
const now = new Date('2026-01-02T03:04:05.678Z');
const attempt = (messageId: string): Attempt => ({
  messageId,
  connectionId: 'c1',
  sentAt: now.toISOString(),
  deadline: '2026-01-02T03:04:35.678Z',
});
const queued = (chargePointId: string, commandId: string, order = `${now.toISOString()}#${commandId}`): Command => ({
  chargePointId,
  commandId,
  action: 'Reset',
  payload: '{"type":"Immediate"}',
  status: 'queued',
  order,
  expiresAt: '2026-01-03T03:04:05.678Z',
  dueAt: '2026-01-02T03:09:05.678Z',
  attempts: [],
});

function commandsContract(make: () => Promise<Commands>) {
  let commands: Commands;
  beforeAll(async () => {
    commands = await make();
  });

  it('adds a command once, and finds it', async () => {
    const command = queued(nextId(), 'm1');
    expect(await commands.add(command)).toEqual(command);
    expect(await commands.add({ ...command, payload: '{}' })).toEqual(command);
    expect(await commands.find(command.chargePointId, 'm1')).toEqual(command);
    expect(await commands.find(command.chargePointId, 'm2')).toBeUndefined();
    expect(await commands.find(nextId(), 'm1')).toBeUndefined();
  });

  it('finds it by the id of a repeated attempt', async () => {
    const command = queued(nextId(), 'm1');
    await commands.add(command);
    await commands.alias(command.chargePointId, 'again', 'm1');
    expect(await commands.find(command.chargePointId, 'again')).toEqual(command);
  });

  it('knows until when a charge point may send what it was asked for', async () => {
    const id = nextId();
    const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
    await commands.trigger(id, 'Heartbeat', later(60));
    expect(await commands.isTriggered(id, 'Heartbeat', later(59))).toBe(true);
    expect(await commands.isTriggered(id, 'Heartbeat', later(60))).toBe(false);
    expect(await commands.isTriggered(id, 'StatusNotification', now)).toBe(false);
    expect(await commands.isTriggered(nextId(), 'Heartbeat', now)).toBe(false);
    expect(await commands.isTriggered(id, 'x'.repeat(3_000), now)).toBe(false);
    await commands.trigger(id, 'Heartbeat', later(120));
    expect(await commands.isTriggered(id, 'Heartbeat', later(60))).toBe(true);
  });

  it('has the first of those that are queued', async () => {
    const id = nextId();
    expect(await commands.first(id)).toBeUndefined();
    for (const [commandId, order] of [
      ['a', '3'],
      ['b', '1'],
      ['c', '2'],
    ] as const) {
      await commands.add(queued(id, commandId, order));
    }
    expect((await commands.first(id))?.commandId).toBe('b');
    await commands.change(id, 'b', (command) => sent(command, attempt('b'), now));
    expect((await commands.first(id))?.commandId).toBe('c');
    await commands.change(id, 'b', (command) => ({ ...command, status: 'queued' }));
    expect((await commands.first(id))?.commandId).toBe('b');
  });

  it('has those that are due and not settled, the longest due first, as many as are asked for', async () => {
    const id = nextId();
    const due = async (at: string, limit = 100) =>
      (await commands.due(new Date(at), limit))
        .filter(({ chargePointId }) => chargePointId === id)
        .map(({ commandId }) => commandId);
    const change = (commandId: string, transition: (command: Command) => Command | undefined) =>
      commands.change(id, commandId, transition);
    // Before all others of these tests.
    for (const [commandId, dueAt] of [
      ['b', '2026-01-01T00:00:02.000Z'],
      ['a', '2026-01-01T00:00:01.000Z'],
      ['c', '2026-01-01T00:00:03.000Z'],
    ] as const) {
      await commands.add({ ...queued(id, commandId), dueAt });
    }
    expect(await due('2026-01-01T00:00:00.999Z')).toEqual([]);
    expect(await due('2026-01-01T00:00:02.000Z')).toEqual(['a', 'b']);
    expect(await due('2026-01-01T00:00:09.000Z', 2)).toEqual(['a', 'b']);

    await change('a', (command) => sent(command, attempt('a'), now));
    expect(await due('2026-01-01T00:00:01.000Z')).toEqual(['a']);
    await change('a', (command) =>
      answered(command, 'a', { outcome: { type: 'CALLRESULT', payload: {} }, status: 'accepted' }, now),
    );
    await change('b', (command) => lookedAt(command, now));
    expect(await due('2026-01-01T00:00:09.000Z')).toEqual(['c']);
    expect(await due('2026-01-02T04:04:05.678Z')).toEqual(['c', 'b']);
    await change('b', (command) => expired(command, new Date(command.expiresAt)));
    await change('c', (command) => cancelled(command, now));
    expect(await due('2026-02-01T00:00:00.000Z')).toEqual([]);
  });

  it('changes a command as it was just read, or as it is when somebody was faster', async () => {
    const id = nextId();
    await commands.add(queued(id, 'm1'));
    const read = await commands.first(id);
    const mark = (command: Command) => sent(command, attempt('m1'), now);
    await commands.change(id, 'm1', (command) => cancelled(command, now));
    expect(await commands.change(id, 'm1', mark, read)).toMatchObject({
      isChanged: false,
      command: { status: 'cancelled' },
    });
    await commands.add(queued(id, 'm2'));
    const other = await commands.first(id);
    expect(await commands.change(id, 'm2', mark, other)).toMatchObject({
      isChanged: true,
      command: { status: 'sent' },
    });
    expect(await commands.find(id, 'm2')).toMatchObject({ status: 'sent' });
  });

  it('changes a command, or leaves it alone', async () => {
    const command = queued(nextId(), 'm1');
    await commands.add(command);
    const change = (transition: (command: Command) => Command | undefined) =>
      commands.change(command.chargePointId, 'm1', transition);
    const after = { ...command, status: 'sent', attempts: [attempt('m1')] };
    expect(await change((latest) => sent(latest, attempt('m1'), now))).toEqual({ command: after, isChanged: true });
    expect(await change((latest) => sent(latest, attempt('m1'), now))).toEqual({ command: after, isChanged: false });
    const outcome = { type: 'CALLERROR' as const, code: 'X', description: undefined, details: { a: [1] } };
    await change((latest) => answered(latest, 'm1', { outcome, status: 'failed' }, now));
    expect(await commands.find(command.chargePointId, 'm1')).toMatchObject({
      status: 'failed',
      settledAt: now.toISOString(),
      outcome: { type: 'CALLERROR', code: 'X', details: { a: [1] } },
    });
  });

  it('keeps whatever a charge point answers: large numbers, and what is deep', async () => {
    const payload = JSON.parse(
      `{"status":"Accepted","customData":{"vendorId":"x","n":18446744073709551615,"small":1e-300}}`,
    );
    let deep: unknown = 'x';
    for (let level = 0; level < 90; level++) deep = [deep];
    const outcomes: Outcome[] = [
      { type: 'CALLRESULT', payload },
      { type: 'CALLERROR', code: 'InternalError', description: '', details: deep },
    ];
    for (const outcome of outcomes) {
      const command = queued(nextId(), 'm1');
      await commands.add(command);
      await commands.change(command.chargePointId, 'm1', (latest) => sent(latest, attempt('m1'), now));
      const told = (latest: Command) => answered(latest, 'm1', { outcome, status: 'accepted' }, now);
      await commands.change(command.chargePointId, 'm1', told);
      expect(await commands.find(command.chargePointId, 'm1')).toMatchObject({ status: 'accepted', outcome });
    }
  });

  it('changes none that is not there', async () => {
    expect(await commands.change(nextId(), 'm1', (command) => command)).toBeUndefined();
  });

  it('is changed by one of several at once', async () => {
    const command = queued(nextId(), 'm1');
    await commands.add(command);
    const changes = await Promise.all(
      ['a', 'b', 'c', 'd'].map((messageId) =>
        commands.change(command.chargePointId, 'm1', (latest) => sent(latest, attempt(messageId), now)),
      ),
    );
    expect(changes.filter((changed) => changed?.isChanged)).toHaveLength(1);
    expect((await commands.find(command.chargePointId, 'm1'))?.attempts).toHaveLength(1);
  });
}

function slotsContract(make: () => Promise<Slots>) {
  let slots: Slots;
  const slot = (chargePointId: string, messageId: string, more: Partial<Slot> = {}): Slot => ({
    ...{ chargePointId, commandId: messageId, ...attempt(messageId) },
    ...more,
  });
  beforeAll(async () => {
    slots = await make();
  });

  it('is free at first, and then held', async () => {
    const id = nextId();
    expect(await slots.read(id)).toBeUndefined();
    expect(await slots.take(slot(id, 'm1'), undefined)).toBe(true);
    expect(await slots.read(id)).toEqual(slot(id, 'm1'));
  });

  it('is taken by one of several at once', async () => {
    const id = nextId();
    const taken = await Promise.all(['a', 'b', 'c'].map((messageId) => slots.take(slot(id, messageId), undefined)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('is taken from whoever is known to hold it, and from nobody else', async () => {
    const id = nextId();
    await slots.take(slot(id, 'm1'), undefined);
    expect(await slots.take(slot(id, 'm2'), undefined)).toBe(false);
    for (const other of [{ messageId: 'm3' }, { connectionId: 'c2' }, { deadline: now.toISOString() }]) {
      expect(await slots.take(slot(id, 'm2'), slot(id, 'm1', other))).toBe(false);
    }
    expect(await slots.take(slot(id, 'm2'), slot(id, 'm1'))).toBe(true);
    expect((await slots.read(id))?.messageId).toBe('m2');
  });

  it('is released by whoever holds it, and by nobody else', async () => {
    const id = nextId();
    await slots.release(slot(id, 'm1'));
    await slots.take(slot(id, 'm1'), undefined);
    for (const other of [{ messageId: 'm3' }, { connectionId: 'c2' }, { deadline: now.toISOString() }]) {
      await slots.release(slot(id, 'm1', other));
    }
    expect(await slots.read(id)).toEqual(slot(id, 'm1'));
    await slots.release(slot(id, 'm1'));
    expect(await slots.read(id)).toBeUndefined();
  });
}

describe('Commands in memory', () => commandsContract(async () => new MemoryCommands(atOnce)));
describe('Slots in memory', () => slotsContract(async () => new MemorySlots(atOnce)));

describe('in DynamoDB', () => {
  const clock = { now: () => now };
  let stop: () => Promise<void>;
  const commands = async () => (await import('../../aws/commands.js')).dynamoCommands('CommandsTable', clock);
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());

  describe('Commands', () => commandsContract(commands));
  describe('Slots', () => slotsContract(async () => (await import('../../aws/slots.js')).dynamoSlots('CommandsTable')));

  it('a command that is settled is kept for 30 days, and so is the id of a repeated attempt', async () => {
    const chargePointId = nextId();
    const store = await commands();
    await store.add(queued(chargePointId, 'm1'));
    const stored = () => item('CommandsTable', { chargePointId, item: 'command#m1' });
    expect(await stored()).not.toHaveProperty('expires');
    await store.change(chargePointId, 'm1', (command) =>
      answered(command, 'm1', { outcome: { type: 'CALLRESULT', payload: {} }, status: 'accepted' }, now),
    );
    const expires = Date.parse('2026-02-01T03:04:05Z') / 1000;
    expect(await stored()).toMatchObject({ expires });
    await store.alias(chargePointId, 'again', 'm1');
    expect(await item('CommandsTable', { chargePointId, item: 'attempt#again' })).toMatchObject({ expires });
  });

  it('a command is read also where its outcome is a map, as it was formerly', async () => {
    const [{ dynamodb }, { PutCommand }] = await Promise.all([
      import('../../aws/dynamodb.js'),
      import('@aws-sdk/lib-dynamodb'),
    ]);
    const { chargePointId, ...command } = queued(nextId(), 'm1');
    const outcome = { type: 'CALLRESULT', payload: { status: 'Accepted' } };
    const Item = { chargePointId, item: 'command#m1', command: { ...command, outcome }, version: 1 };
    await dynamodb.send(new PutCommand({ TableName: 'CommandsTable', Item }));
    expect(await (await commands()).find(chargePointId, 'm1')).toEqual({ chargePointId, ...command, outcome });
  });
});
