import { describe, expect, it } from 'vitest';
import { taskEvent } from '../../schemas/task-event.js';
import { chargePoint } from '../../test/memory/charge-point.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory } from '../../test/memory/index.js';
import { answer } from '../answer.js';
import { deleteProfile, type NamedProfile, saveProfile } from '../charging-profiles/library.js';
import { enqueue } from '../commands/enqueue.js';
import { sweepCommands } from '../commands/overdue.js';
import { protocols } from '../ocpp/protocol.js';
import { validateCommand } from '../ocpp/validate.js';
import { cancelTask } from './cancel.js';
import { createTask, TaskRefused } from './create.js';
import { sweepTasks } from './overdue.js';
import type { Selection, Task } from './ports.js';
import { targetsOf, taskOf } from './read.js';
import { settleTarget } from './settle-target.js';
import { taskDue } from './step.js';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

interface Asked extends Pick<Task, 'taskId' | 'action' | 'firmware' | 'profile'> {
  payload: object;
  hours: number;
}

/** So many registered charge points, CP001 and on, and what somebody wants of them. */
function fleet(size: number) {
  const memory = inMemory();
  const ids = Array.from({ length: size }, (_, i) => `CP${String(i + 1).padStart(3, '0')}`);
  for (const chargePointId of ids) memory.chargePoints.put({ chargePointId });
  memory.calls.onAsked = async (chargePointId, frame) => {
    const [, messageId, action, payload] = JSON.parse(frame);
    await enqueue({ chargePointId, messageId, action, payload: JSON.stringify(payload) }, memory);
  };
  let told = 0;
  const self = {
    memory,
    ids,
    create: (
      selection: Selection,
      { action = 'ClearCache', payload = {}, taskId = 'T1', hours = 24, ...named }: Partial<Asked> = {},
    ) =>
      createTask(
        { taskId, action, payload, ...named, selection, deadline: new Date(memory.clock.millis + hours * hour) },
        memory,
      ),
    /** What the rule does with commands that were settled since; each of them twice. */
    async tell() {
      const settled = memory.events.named('command-settled');
      for (const event of settled.slice(told)) {
        for (let i = 0; i < 2; i++) await settleTarget(taskEvent.parse(event), memory);
      }
      told = settled.length;
    },
    connect: (chargePointId: string) => chargePoint(memory, chargePointId, 'ocpp1.6').connect(`c-${chargePointId}`),
    /** All that is connected answers what it was sent last. */
    async reply(chargePointId: string, response: object = { status: 'Accepted' }) {
      const connectionId = `c-${chargePointId}`;
      const [, messageId] = JSON.parse(memory.sockets.frames(connectionId).at(-1) ?? '[]');
      const context = { ...memory, chargePointId, connectionId, protocol: 'ocpp1.6' as const };
      await answer(JSON.stringify([3, messageId, response]), { ...context, receivedAt: memory.clock.now() });
      await self.tell();
    },
    progress: async () => (await taskOf('T1', memory))?.progress,
    status: () => memory.tasks.items.get('T1')?.status,
    asked: () => memory.calls.asked.map(({ chargePointId }) => chargePointId),
  };
  return self;
}

describe('a task', () => {
  it('is one command to each charge point, a page of 50 a second, and ends when the last has answered', async () => {
    const { memory, ids, create, connect, reply, progress, status, asked } = fleet(120);
    for (const id of ids) await connect(id);
    await elapse(memory, second);
    await create({});
    await elapse(memory, 0);
    expect(asked()).toHaveLength(50);
    await elapse(memory, second);
    expect(asked()).toHaveLength(100);
    await elapse(memory, second);
    expect(asked()).toEqual(ids);
    expect([await progress(), status()]).toEqual([{ queued: 120 }, 'waiting']);
    for (const id of ids.slice(1)) await reply(id);
    expect(memory.taskEvents.told).toEqual([]);
    await reply('CP001', { status: 'Rejected' });
    expect([await progress(), status()]).toEqual([{ accepted: 119, rejected: 1 }, 'ended']);
    expect(memory.taskEvents.told).toEqual([{ taskId: 'T1', progress: { accepted: 119, rejected: 1 } }]);
  });

  it('has a result for each charge point, a page at a time', async () => {
    const { memory, ids, create } = fleet(3);
    await create({});
    await elapse(memory, 0);
    const first = await targetsOf({ taskId: 'T1', isOpen: false }, { limit: 2 }, memory);
    const rest = await targetsOf({ taskId: 'T1', isOpen: false }, { limit: 2, cursor: first.cursor }, memory);
    expect([...first.items, ...rest.items].map(({ chargePointId, status }) => [chargePointId, status])).toEqual(
      ids.map((id) => [id, 'queued']),
    );
    expect(rest.cursor).toBeUndefined();
  });

  it('says which are not settled', async () => {
    const { memory, create } = fleet(3);
    await create({});
    await elapse(memory, 0);
    await memory.tasks.changeTarget('T1', 'CP002', (target) => ({ ...target, status: 'accepted' }));
    const { items } = await targetsOf({ taskId: 'T1', isOpen: true }, { limit: 9 }, memory);
    expect(items.map(({ chargePointId }) => chargePointId)).toEqual(['CP001', 'CP003']);
    expect(items[0]).toMatchObject({ status: 'queued', commandId: expect.stringMatching(/^task-/) });
  });

  it('is done once, however often its steps are told, and however many at once', async () => {
    const { memory, create } = fleet(120);
    await create({});
    await create({});
    for (let step = 0; step < 4; step++) {
      await Promise.all([1, 2, 3].map(() => taskDue({ taskId: 'T1', step }, memory)));
      await taskDue({ taskId: 'T1', step }, memory);
    }
    expect(memory.commands.items.size).toBe(120);
    // Two of `createTask`, and one for each page but the first.
    expect(memory.timers.pending.filter(({ kind }) => kind === 'task')).toHaveLength(4);
  });

  it('goes on where somebody was interrupted', async () => {
    const { memory, create, asked } = fleet(60);
    await create({});
    const { send } = memory.timers;
    memory.timers.send = () => Promise.reject(new Error('throttled'));
    await expect(taskDue({ taskId: 'T1', step: 0 }, memory)).rejects.toThrow('throttled');
    memory.timers.send = send;
    memory.timers.pending.splice(0);
    await taskDue({ taskId: 'T1', step: 0 }, memory);
    expect(asked()).toHaveLength(50);
    memory.clock.advance(5 * minute);
    await sweepTasks(memory);
    await elapse(memory, 0);
    expect(new Set(asked()).size).toBe(60);
  });

  it('ends though nobody told of an answer', async () => {
    const { memory, create, connect, status, progress } = fleet(1);
    await connect('CP001');
    await elapse(memory, second);
    await create({});
    await elapse(memory, 0);
    const [, messageId] = JSON.parse(memory.sockets.frames('c-CP001')[0] ?? '[]');
    const context = { ...memory, chargePointId: 'CP001', connectionId: 'c-CP001', protocol: 'ocpp1.6' as const };
    await answer(JSON.stringify([3, messageId, { status: 'Accepted' }]), {
      ...context,
      receivedAt: memory.clock.now(),
    });
    expect(status()).toBe('waiting');
    memory.clock.advance(hour);
    await sweepTasks(memory);
    await elapse(memory, 0);
    expect([status(), await progress()]).toEqual(['ended', { accepted: 1 }]);
  });

  it('is over at its deadline: nobody is asked any more, and what waited has expired', async () => {
    const { memory, create, connect, tell, status, progress } = fleet(2);
    await create({}, { hours: 2 });
    await elapse(memory, 0);
    await connect('CP001');
    memory.clock.advance(2 * hour);
    await sweepCommands(memory);
    await tell();
    expect([status(), await progress()]).toEqual(['ended', { expired: 2 }]);
    await elapse(memory, second);
    expect(memory.sockets.frames('c-CP001')).toEqual([]);
  });

  it('sends what somebody waits for at the charge point for a minute only', async () => {
    const { memory, create } = fleet(1);
    await create({}, { action: 'UnlockConnector', payload: { connectorId: 1 } });
    await elapse(memory, 0);
    const [command] = [...memory.commands.items.values()];
    expect(Date.parse(command?.expiresAt ?? '') - memory.clock.millis).toBe(minute);
  });

  it('waits for those that are away until its deadline, also longer than a command of its own would', async () => {
    const { memory, create } = fleet(1);
    await create({}, { hours: 72 });
    await elapse(memory, 0);
    const [command] = [...memory.commands.items.values()];
    expect(Date.parse(command?.expiresAt ?? '') - memory.clock.millis).toBe(72 * hour);
  });

  it('notes a late answer, also after it has ended', async () => {
    const { memory, create, connect, reply, tell, progress, status } = fleet(1);
    await connect('CP001');
    await elapse(memory, second);
    await create({});
    await elapse(memory, 30 * second);
    await tell();
    expect([status(), await progress()]).toEqual(['ended', { 'timed-out': 1 }]);
    await reply('CP001');
    expect(await progress()).toEqual({ accepted: 1 });
    await settleTarget(taskEvent.parse(memory.events.named('command-settled')[0]), memory);
    expect(await progress()).toEqual({ accepted: 1 });
  });
});

describe('what only the system knows of a task’s command', () => {
  const profile: NamedProfile = {
    name: 'Night',
    purpose: 'TxDefaultProfile',
    kind: 'Relative',
    stackLevel: 0,
    schedule: { unit: 'A', periods: [{ start: 0, limit: 16 }] },
  };

  /** A charge point of each version, and one that never came. */
  async function mixed() {
    const world = fleet(4);
    const { memory } = world;
    for (const [i, protocol] of protocols.entries()) {
      await chargePoint(memory, `CP00${i + 1}`, protocol).connect(`c-CP00${i + 1}`);
    }
    await elapse(memory, second);
    await saveProfile(profile, memory);
    const sent = () =>
      Object.fromEntries(memory.calls.asked.map((one) => [one.chargePointId, JSON.parse(one.frame)[3]]));
    const results = async () => {
      const { items } = await targetsOf({ taskId: 'T1', isOpen: false }, { limit: 9 }, memory);
      return Object.fromEntries(items.map(({ chargePointId, status, reason }) => [chargePointId, reason ?? status]));
    };
    return { ...world, sent, results };
  }

  it.each<[Partial<Asked>]>([
    [{ action: 'GetLog', payload: { logType: 'DiagnosticsLog' } }],
    [{ action: 'UpdateFirmware', firmware: 'wallbox.bin' }],
    [{ action: 'SendLocalList', payload: { updateType: 'Full' } }],
    [{ action: 'SetChargingProfile', profile: 'Night', payload: { evseId: 1 } }],
  ])('%j: each charge point has it in the words of its version, which its schema takes', async (asked) => {
    const { memory, create, sent, results } = await mixed();
    await create({}, asked);
    await elapse(memory, 0);
    const payloads = sent();
    expect(Object.keys(payloads).sort()).toEqual(['CP001', 'CP002', 'CP003', 'CP004']);
    for (const [i, protocol] of protocols.entries()) {
      const payload = payloads[`CP00${i + 1}`];
      expect(await validateCommand(protocol, asked.action ?? '', payload)).toEqual(payload);
    }
    expect(new Set(Object.values(await results()))).toEqual(new Set(['queued']));
  });

  it('is a number, and a folder, of each charge point’s own', async () => {
    const { memory, create, sent } = await mixed();
    await create({}, { action: 'GetLog', payload: { logType: 'DiagnosticsLog' } });
    await elapse(memory, 0);
    for (const [id, { requestId, log }] of Object.entries(sent())) {
      expect(log.remoteLocation).toContain(`/uploads/${id}/log/${requestId}/`);
    }
  });

  it('is good for a week from when it is sent at the latest, and a month at most', async () => {
    for (const [hours, days] of [
      [24, 8],
      [30 * 24, 30],
    ] as const) {
      const { memory, create, sent } = await mixed();
      await create({}, { action: 'UpdateFirmware', firmware: 'wallbox.bin', hours });
      await elapse(memory, 0);
      const key = 'firmware/wallbox.bin';
      memory.files.stored.set(key, { key, size: 3, at: memory.clock.now().toISOString(), body: Buffer.from('abc') });
      memory.clock.advance(days * 24 * hour - minute);
      expect(memory.files.request(sent().CP001.location, 'GET').status).toBe(200);
      memory.clock.advance(minute);
      expect(memory.files.request(sent().CP001.location, 'GET').status).toBe(403);
    }
  });

  it('that is wrong for a charge point is its failure, and why; the others are asked', async () => {
    const { memory, create, sent, results, status } = await mixed();
    const expiryDateTime = new Date(memory.clock.millis + hour).toISOString();
    const payload = { expiryDateTime, idToken: { idToken: 'TAG', type: 'ISO14443' } };
    await create({}, { action: 'ReserveNow', payload });
    await elapse(memory, 0);
    expect(Object.keys(sent()).sort()).toEqual(['CP002', 'CP003', 'CP004']);
    expect(await results()).toEqual({
      ...{ CP002: 'queued', CP003: 'queued', CP004: 'queued' },
      CP001: expect.stringContaining('connectorId'),
    });
    expect(status()).toBe('waiting');
    expect(await memory.inventory.list('CP001', 'number')).toEqual([]);
  });

  it('of a profile that was deleted meanwhile there is nothing to ask, and the task ends', async () => {
    const { memory, create, sent, results, status } = await mixed();
    await create({}, { action: 'SetChargingProfile', profile: 'Night', payload: { evseId: 1 } });
    await deleteProfile('Night', memory);
    await elapse(memory, 0);
    const reason = 'There is no charging profile Night any more.';
    expect(await results()).toEqual({ CP001: reason, CP002: reason, CP003: reason, CP004: reason });
    expect([sent(), status()]).toEqual([{}, 'ended']);
  });

  it.each<[Partial<Asked>]>([
    [{ action: 'GetLog', payload: { logType: 'DiagnosticsLog' } }],
    [{ action: 'UpdateFirmware', firmware: 'wallbox.bin' }],
    [{ action: 'SendLocalList', payload: { updateType: 'Full' } }],
  ])('%j: is the same however often a step is told, later or at once', async (asked) => {
    const { memory, create } = await mixed();
    await create({}, asked);
    const { change } = memory.tasks;
    // Whoever does the step can't note that it is done.
    memory.tasks.change = () => Promise.reject(new Error('throttled'));
    for (let i = 0; i < 3; i++) {
      const told = await Promise.allSettled([1, 2].map(() => taskDue({ taskId: 'T1', step: 0 }, memory)));
      expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
      memory.clock.advance(minute);
    }
    memory.tasks.change = change;
    const frames = new Map<string, Set<string>>();
    for (const { chargePointId, frame } of memory.calls.asked) {
      frames.set(chargePointId, (frames.get(chargePointId) ?? new Set()).add(frame));
    }
    expect([...frames.values()].map(({ size }) => size)).toEqual([1, 1, 1, 1]);
    expect(memory.commands.items.size).toBe(4);
    expect(memory.events.named('command-settled')).toEqual([]);
    const numbers = [...memory.inventory.items.values()].filter(({ kind }) => kind === 'number');
    expect(numbers.length).toBeLessThanOrEqual(4);
    expect(new Set(numbers.map(({ chargePointId }) => chargePointId)).size).toBe(numbers.length);
  });
});

describe('a task that is cancelled', () => {
  it('asks nobody else, and cancels what waits; what was sent is still answered', async () => {
    const { memory, create, connect, reply, tell, progress, status, asked } = fleet(120);
    await connect('CP001');
    await elapse(memory, second);
    await create({});
    await elapse(memory, 0);
    expect((await cancelTask('T1', memory))?.cancelledAt).toBe(memory.clock.now().toISOString());
    await cancelTask('T1', memory);
    await elapse(memory, minute - 31 * second);
    await tell();
    expect(asked()).toHaveLength(50);
    expect([await progress(), status()]).toEqual([{ queued: 1, cancelled: 49 }, 'waiting']);
    await reply('CP001');
    expect([await progress(), status()]).toEqual([{ accepted: 1, cancelled: 49 }, 'ended']);
  });

  it('while a page of it is being asked has the commands of all of that cancelled', async () => {
    const { memory, create, tell, progress, status, asked } = fleet(50);
    const { addTarget } = memory.tasks;
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    let count = 0;
    memory.tasks.addTarget = async (...target) => {
      if (++count > 20) await slow;
      return addTarget.apply(memory.tasks, target);
    };
    await create({});
    const page = taskDue({ taskId: 'T1', step: 0 }, memory);
    while (count <= 20) await new Promise(setImmediate);
    await cancelTask('T1', memory);
    await elapse(memory, 9 * second);
    release();
    await page;
    expect(asked()).toHaveLength(50);
    await elapse(memory, minute);
    await tell();
    expect([await progress(), status()]).toEqual([{ cancelled: 50 }, 'ended']);
  });

  it('is none when there is no such task, or it has ended', async () => {
    const { memory, create, status } = fleet(0);
    expect(await cancelTask('T1', memory)).toBeUndefined();
    await create({});
    await elapse(memory, 0);
    expect(status()).toBe('ended');
    expect((await cancelTask('T1', memory))?.cancelledAt).toBeUndefined();
  });
});

describe('the charge points of a task', () => {
  async function selected(selection: Selection) {
    const { memory, create } = fleet(3);
    const hardware = { vendor: 'Acme', model: 'Wallbox', firmwareVersion: '1.2' };
    const at = memory.clock.now();
    await memory.chargePoints.booted({ chargePointId: 'CP001', protocol: 'ocpp1.6', hardware, at }, 'Accepted');
    await memory.records.change('CP001', { site: 'north', labels: ['fast', 'new'] });
    await memory.records.change('CP002', { site: 'north', labels: ['fast'] });
    memory.chargePoints.put({ chargePointId: 'CP900', namespace: 'other' });
    memory.chargePoints.put({ chargePointId: 'CP901', registered: false });
    await create(selection);
    await elapse(memory, 5 * second);
    const { items } = await targetsOf({ taskId: 'T1', isOpen: false }, { limit: 100 }, memory);
    return Object.fromEntries(items.map(({ chargePointId, status }) => [chargePointId, status]));
  }
  const queued = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, 'queued']));

  it.each<[string, Selection, string[]]>([
    ['all', {}, ['CP001', 'CP002', 'CP003']],
    ['a site', { site: 'north' }, ['CP001', 'CP002']],
    ['all with a label', { labels: ['fast'] }, ['CP001', 'CP002']],
    ['all with several labels', { labels: ['new', 'fast'] }, ['CP001']],
    ['a version', { protocol: 'ocpp1.6' }, ['CP001']],
    ['a model', { vendor: 'Acme', model: 'Wallbox', firmwareVersion: '1.2' }, ['CP001']],
    ['nobody', { site: 'south' }, []],
    ['those that are named', { chargePointIds: ['CP003', 'CP002', 'CP002'] }, ['CP002', 'CP003']],
    ['those that are named and have a label', { chargePointIds: ['CP003', 'CP002'], labels: ['fast'] }, ['CP002']],
  ])('are %s', async (_what, selection, expected) => {
    expect(await selected(selection)).toEqual(queued(...expected));
  });

  it('are failed where they are named and nobody registered them', async () => {
    const chargePointIds = ['CP001', 'CP900', 'CP901', 'CP902'];
    expect(await selected({ chargePointIds })).toEqual({
      ...queued('CP001'),
      ...{ CP900: 'failed', CP901: 'failed', CP902: 'failed' },
    });
  });
});

describe('a task is refused', () => {
  it.each([
    ['action-unknown', {}, { action: 'Boot' }],
    ['deadline-wrong', {}, { hours: 0 }],
    ['deadline-wrong', {}, { hours: 30 * 24 + 1 }],
    ['too-many-named', { chargePointIds: Array.from({ length: 1_001 }, String) }, {}],
  ] as const)('%s', async (code, selection, more) => {
    const { memory, create } = fleet(1);
    const refused = create(selection as Selection, more);
    await expect(refused).rejects.toThrow(TaskRefused);
    await expect(refused).rejects.toMatchObject({ code });
    expect(memory.tasks.items.size).toBe(0);
  });

  it('the id of another', async () => {
    const { create } = fleet(1);
    await create({});
    await expect(create({ site: 'north' })).rejects.toMatchObject({ code: 'id-taken' });
  });

  it('not the same again, in whichever order a store has what it selects by', async () => {
    const { create } = fleet(1);
    const first = await create({ site: 'north', labels: ['fast'] });
    expect(await create({ labels: ['fast'], site: 'north' })).toEqual(first);
  });
});
