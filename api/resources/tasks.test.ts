import { beforeEach, describe, expect, it } from 'vitest';
import { apiInMemory, furnish } from '../../test/memory/api.js';
import { elapse } from '../../test/memory/elapse.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
  for (const id of ['CP2', 'CP3', 'CP4']) world.ports.chargePoints.put({ chargePointId: id });
});

const create = (more: object = {}, who: 'viewer' | 'operator' = 'operator') =>
  world.ask('POST /tasks', { who, body: { action: 'ClearCache', selection: { all: true }, ...more } });
const read = async (path: string) => (await world.ask(`GET /tasks${path}`, { who: 'viewer' })).body;
const targets = async (taskId: string, query = '') =>
  (await read(`/${taskId}/charge-points${query}`)).items.map((one: { chargePointId: string }) => one.chargePointId);

describe('a task', () => {
  it('asks all of them, and tells how far it is', async () => {
    const { status, body, headers } = await create();
    expect([status, headers.get('location')]).toEqual([202, `/api/v1/tasks/${body.taskId}`]);
    expect(body).toMatchObject({ action: 'ClearCache', payload: {}, selection: { all: true }, status: 'spreading' });
    expect(body.deadline).toBe('2026-05-21T10:00:00.000Z');
    expect((await read(`/${body.taskId}`)).progress).toEqual({});
    await elapse(world.ports, 1_000);
    expect(await read(`/${body.taskId}`)).toMatchObject({ status: 'waiting', progress: { queued: 4 } });
    expect(await targets(body.taskId)).toEqual(['CP1', 'CP2', 'CP3', 'CP4']);
    expect(world.ports.calls.asked).toHaveLength(4);
  });

  it.each([
    [{ chargePointIds: ['CP1', 'CP3'] }, ['CP1', 'CP3']],
    [{ site: 'Depot North' }, ['CP1']],
    [{ all: true, labels: ['fast'] }, ['CP1']],
    [{ all: true, protocol: 'ocpp2.0.1', vendor: 'Acme', model: 'Wallbox' }, ['CP1']],
    [{ all: true, firmwareVersion: '9.9' }, []],
  ])('of %j asks %j', async (selection, expected) => {
    const { body } = await create({ selection });
    expect(body.selection).toEqual(selection);
    await elapse(world.ports, 1_000);
    expect(await targets(body.taskId)).toEqual(expected);
  });

  it('says of each charge point what became of it, on pages, and who is still to answer', async () => {
    const { taskId } = (await create({ selection: { chargePointIds: ['CP1', 'CP2', 'GONE'] } })).body;
    await elapse(world.ports, 1_000);
    const first = await read(`/${taskId}/charge-points?limit=2`);
    const rest = await read(`/${taskId}/charge-points?limit=2&cursor=${first.next}`);
    const reason = 'There is no charge point of this name.';
    expect(rest).toEqual({ items: [{ chargePointId: 'GONE', status: 'failed', reason }] });
    expect(await targets(taskId, '?status=queued')).toEqual(['CP1', 'CP2']);
    const { commandId } = first.items[0];
    expect(await world.ports.commands.find('CP1', commandId)).toMatchObject({ taskId, status: 'queued' });
    const { body } = await world.ask(`GET /charge-points/CP1/commands/${commandId}`);
    expect(body.taskId).toBe(taskId);
  });

  it.each([
    [
      { action: 'UpdateFirmware', firmware: 'wallbox-1.2.bin' },
      { location: expect.stringContaining('wallbox-1.2.bin') },
    ],
    [{ action: 'SetChargingProfile', profile: 'Night', payload: { evseId: 1 } }, { connectorId: 1 }],
    [{ action: 'GetLog', payload: { logType: 'SecurityLog' } }, { requestId: expect.any(Number) }],
  ])('%j is completed for each charge point, and says what was asked for', async (more, payload) => {
    const { status, body } = await create({ ...more, selection: { chargePointIds: ['CP2'] } });
    expect([status, body]).toMatchObject([202, more]);
    await elapse(world.ports, 1_000);
    const [{ frame } = expect.fail()] = world.ports.calls.asked;
    expect(JSON.parse(frame)[3]).toMatchObject(payload);
  });

  it.each([
    [{ action: 'UpdateFirmware', firmware: 'none.bin' }, 'firmware-unknown'],
    [{ action: 'Reset', firmware: 'wallbox-1.2.bin' }, 'bad-parameter'],
    [{ action: 'SetChargingProfile', profile: 'None', payload: { evseId: 1 } }, 'charging-profile-unknown'],
    [{ action: 'SetChargingProfile', profile: 'Night', payload: {} }, 'bad-body'],
    [{ action: 'UpdateFirmware' }, 'payload-invalid'],
  ])('%j is refused: %s', async (more, code) => {
    expect((await create(more)).body.code).toBe(code);
  });

  it('whose first step could not be asked for is one, when it is asked for again under its key', async () => {
    const { send } = world.ports.timers;
    world.ports.timers.send = () => Promise.reject(new Error('throttled'));
    const headers = { 'idempotency-key': 'key-1' };
    const body = {
      action: 'Reset',
      payload: { type: 'Immediate' },
      selection: { site: 'Depot North', labels: ['fast'] },
    };
    expect((await world.ask('POST /tasks', { body, headers })).status).toBe(500);
    world.ports.timers.send = send.bind(world.ports.timers);
    const again = await world.ask('POST /tasks', { body, headers });
    expect([...world.ports.tasks.items.keys()]).toEqual(['task-1', again.body.taskId]);
    await elapse(world.ports, 1_000);
    expect(world.ports.calls.asked).toHaveLength(1);
  });

  it('is listed, the newest first', async () => {
    world.ports.clock.advance(1_000);
    const { taskId } = (await create()).body;
    const first = await read('?limit=1');
    expect(first.items[0].taskId).toBe(taskId);
    expect((await read(`?cursor=${first.next}`)).items.map((one: { taskId: string }) => one.taskId)).toEqual([
      'task-1',
    ]);
  });

  it('that is cancelled asks nobody any more, also when it is cancelled again; one that has ended is over', async () => {
    const { taskId } = (await create()).body;
    const cancel = () => world.ask(`DELETE /tasks/${taskId}`);
    const { status, body } = await cancel();
    expect([status, body.cancelledAt]).toEqual([200, '2026-05-20T10:00:00.000Z']);
    expect((await cancel()).status).toBe(200);
    await elapse(world.ports, 1_000);
    expect(world.ports.calls.asked).toEqual([]);
    await world.ports.tasks.change('task-1', (task) => ({ ...task, status: 'ended' }));
    expect((await world.ask('DELETE /tasks/task-1')).body).toMatchObject({ status: 409, code: 'task-over' });
  });

  it('with a secret tells it to the charge points, and to nobody else', async () => {
    const variable = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
    const payload = { setVariableData: [{ ...variable, attributeValue: '0123456789abcdef' }] };
    const made = await create({ action: 'SetVariables', payload, selection: { chargePointIds: ['CP1'] } });
    await elapse(world.ports, 1_000);
    expect(world.ports.calls.asked[0]?.frame).toContain('0123456789abcdef');
    const texts = [made.text, (await world.ask('GET /tasks')).text, (await world.ask('GET /audit')).text];
    for (const text of texts) {
      expect(text).toContain('***');
      expect(text).not.toContain('0123456789abcdef');
    }
  });
});

describe('a task is refused', () => {
  it.each([
    ['no selection', { selection: {} }, 422, 'bad-body'],
    ['two selections', { selection: { all: true, site: 'Depot North' } }, 422, 'bad-body'],
    ['a filter that there is none of', { selection: { all: true, colour: 'red' } }, 422, 'bad-body'],
    ['nobody named', { selection: { chargePointIds: [] } }, 422, 'bad-body'],
    ['too many named', { selection: { chargePointIds: Array(1_001).fill('CP1') } }, 422, 'bad-body'],
    ['no such command', { action: 'Boot' }, 422, 'action-unknown'],
    ['none of that version', { action: 'ClearCache', selection: { all: true, protocol: 'ocpp9' } }, 422, 'bad-body'],
    [
      'another version’s command',
      { action: 'RequestStartTransaction', selection: { all: true, protocol: 'ocpp1.6' } },
      422,
      'action-unknown',
    ],
    ['a payload of no version', { action: 'Reset', payload: { type: 'Never' } }, 422, 'payload-invalid'],
    [
      'a payload of another version',
      { action: 'Reset', payload: { type: 'Hard' }, selection: { all: true, protocol: 'ocpp2.1' } },
      422,
      'payload-invalid',
    ],
    ['a deadline that is over', { deadline: '2026-05-20T10:00:00Z' }, 422, 'deadline-wrong'],
    ['one in the far future', { deadline: '2026-06-20T10:00:00Z' }, 422, 'deadline-wrong'],
  ])('%s', async (_what, more, status, code) => {
    expect((await create(more)).body).toMatchObject({ status, code });
    expect([...world.ports.tasks.items.keys()]).toEqual(['task-1']);
  });

  it('to a viewer', async () => {
    expect((await create({}, 'viewer')).body.code).toBe('role-too-low');
    expect((await world.ask('DELETE /tasks/task-1', { who: 'viewer' })).body.code).toBe('role-too-low');
  });

  it.each(['GET /tasks/none', 'GET /tasks/none/charge-points', 'DELETE /tasks/none'])('%s', async (asked) => {
    expect((await world.ask(asked)).body).toMatchObject({ status: 404, code: 'task-unknown' });
  });
});
