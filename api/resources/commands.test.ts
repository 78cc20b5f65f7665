import { beforeEach, describe, expect, it } from 'vitest';
import { announceSettled } from '../../csms/commands/announce.js';
import { enqueue } from '../../csms/commands/enqueue.js';
import { answered } from '../../csms/commands/life.js';
import { parseOutgoing } from '../../csms/ocpp/frame.js';
import { apiInMemory, furnish, now } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
});

const send = (action: string, body: object, { id = 'CP1', wait = 0, query = '' } = {}) =>
  world.ask(`POST /charge-points/${id}/commands/${action}${query}`, {
    body,
    ...(wait > 0 && { headers: { prefer: `respond-async, wait=${wait}` } }),
  });
const passed = () => world.ports.clock.now().getTime() - now.getTime();

describe('a command', () => {
  it('is written and asked for in the same words, so that deliver finds it by its id', async () => {
    const { body } = await send('Reset', { type: 'Immediate' });
    const [{ frame } = { frame: '' }] = world.ports.calls.asked;
    expect(frame).toBe(`[2,"${body.commandId}","Reset",{"type":"Immediate"}]`);
    const call = parseOutgoing(frame);
    if (call?.type !== 'CALL') throw new Error('no CALL');
    await enqueue({ chargePointId: 'CP1', messageId: call.id, ...call }, world.ports);
    expect(world.ports.events.emitted.map(({ name }) => name)).not.toContain('command-settled');
    expect([...world.ports.commands.items.values()].filter(({ action }) => action === 'Reset')).toHaveLength(1);
  });

  it('has an id that sorts by its time, of 26 characters', async () => {
    const first = (await send('ClearCache', {})).body.commandId;
    world.ports.clock.advance(1);
    const second = (await send('ClearCache', {})).body.commandId;
    expect(first).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(first < second).toBe(true);
  });

  it('expires when its action does, or as whoever asks says', async () => {
    const lifetime = async (action: string, body: object, query = '') =>
      (Date.parse((await send(action, body, { query })).body.expiresAt) - now.getTime()) / 1_000;
    expect(await lifetime('UnlockConnector', { evseId: 1, connectorId: 1 })).toBe(60);
    expect(await lifetime('ClearCache', {})).toBe(86_400);
    expect(await lifetime('ClearCache', {}, '?expiresIn=90')).toBe(90);
  });

  it('is waited for as long as is asked, and no longer than 20 s', async () => {
    expect(await send('ClearCache', {}, { wait: 3 })).toMatchObject({ status: 202, body: { status: 'queued' } });
    expect(passed()).toBe(3_000);
    const { headers } = await send('ClearCache', {}, { wait: 600 });
    expect(headers.get('preference-applied')).toBe('wait=20');
    expect(passed()).toBe(23_000);
  });

  it('is answered as soon as it is settled', async () => {
    world.ports.calls.onAsked = async (chargePointId, frame) => {
      const [, commandId] = JSON.parse(frame);
      const outcome = { type: 'CALLRESULT' as const, payload: { status: 'Rejected' } };
      await world.ports.commands.change(chargePointId, commandId, (command) =>
        answered(command, commandId, { outcome, status: 'rejected' }, world.ports.clock.now()),
      );
    };
    const { status, body } = await send('ClearCache', {}, { wait: 20 });
    expect([status, body.status, body.response]).toEqual([200, 'rejected', { status: 'Rejected' }]);
    expect(passed()).toBe(250);
  });

  it('for a charge point that never came may be of any version', async () => {
    world.ports.chargePoints.put({ chargePointId: 'NEW' });
    const status = async (action: string, body: object) => (await send(action, body, { id: 'NEW' })).status;
    expect(await status('Reset', { type: 'Hard' })).toBe(202);
    expect(await status('Reset', { type: 'Immediate' })).toBe(202);
    expect(await status('Reset', { type: 'Never' })).toBe(422);
    expect(await status('Heartbeat', {})).toBe(422);
  });

  it('of another namespace is of nobody', async () => {
    world.ports.chargePoints.put({ chargePointId: 'FAR', namespace: 'north' });
    expect((await send('ClearCache', {}, { id: 'FAR' })).status).toBe(404);
    expect(world.ports.calls.asked).toEqual([]);
  });

  const secret = '0123456789abcdef';
  const component = { name: 'SecurityCtrlr' };
  const variable = { name: 'BasicAuthPassword' };
  const withPassword = { setVariableData: [{ component, variable, attributeValue: secret }] };

  it('with a secret goes to the charge point, and to nobody else', async () => {
    const path = '/charge-points/CP1/commands';
    const headers = { 'idempotency-key': 'once' };
    const ask = () => world.ask(`POST ${path}/SetVariables`, { body: withPassword, headers });
    const [first, again] = [await ask(), await ask()];
    expect(world.ports.calls.asked[0]?.frame).toContain(secret);
    expect((await world.ports.commands.find('CP1', first.body.commandId))?.payload).toContain(secret);
    const masked = { setVariableData: [{ component, variable, attributeValue: '***' }] };
    for (const { body } of [first, again]) expect(body.payload).toEqual(masked);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(JSON.stringify([...world.ports.idempotency.items])).not.toContain(secret);
    for (const asked of [`GET ${path}`, `GET ${path}?status=queued`, `GET ${path}/${first.body.commandId}`]) {
      const { text } = await world.ask(asked, { who: 'viewer' });
      expect(text).toContain('BasicAuthPassword');
      expect(text).not.toContain(secret);
    }
    const audit = await world.ask('GET /audit');
    expect(audit.body.items[0].body).toBe(JSON.stringify(masked));
    expect(JSON.stringify([...world.ports.audit.entries.values()])).not.toContain(secret);
  });

  it('has no secret in its answer, and none is told to whoever listens', async () => {
    const result = { attributeStatus: 'Accepted', component, variable, attributeValue: secret };
    const outcome = { type: 'CALLRESULT' as const, payload: { getVariableResult: [result] } };
    const settled = { outcome, status: 'accepted' as const };
    const { body } = await send('GetVariables', { getVariableData: [{ component, variable }] });
    const changed = await world.ports.commands.change('CP1', body.commandId, (command) =>
      answered({ ...command, status: 'sent' }, body.commandId, settled, world.ports.clock.now()),
    );
    if (changed) await announceSettled(changed.command, world.ports);
    const { text } = await world.ask(`GET /charge-points/CP1/commands/${body.commandId}`, { who: 'viewer' });
    expect(text).toContain('"attributeValue":"***"');
    const told = JSON.stringify(world.ports.events.emitted);
    expect(told).toContain('"attributeValue":"***"');
    expect(text + told).not.toContain(secret);
  });

  it('that is on its way can no longer be cancelled', async () => {
    await world.ports.commands.change('CP1', 'queued-1', (command) => ({ ...command, status: 'sent' }));
    const { status, body } = await world.ask('DELETE /charge-points/CP1/commands/queued-1');
    expect([status, body.code]).toEqual([409, 'command-under-way']);
  });
});

describe('what is left out of a command', () => {
  const numbers = () => [...world.ports.inventory.items.values()].filter(({ kind }) => kind === 'number');

  it('is filled in: numbers, where files go, the next version of the local list', async () => {
    const { body: report } = await send('GetBaseReport', { reportBase: 'FullInventory' });
    expect(report.payload).toEqual({ requestId: expect.any(Number), reportBase: 'FullInventory' });
    const { body: log } = await send('GetLog', { logType: 'DiagnosticsLog' });
    const url = JSON.parse(world.ports.calls.asked[1]?.frame ?? '')[3].log.remoteLocation;
    expect(url).toContain(`/uploads/CP1/log/${log.payload.requestId}/`);
    // Whoever has the URL may upload: it is the charge point's.
    expect(log.payload.log.remoteLocation).toContain('***');
    const { body: list } = await send('SendLocalList', { updateType: 'Full' });
    expect(list.payload).toEqual({ versionNumber: 1, updateType: 'Full' });
    expect(numbers()).toHaveLength(3);
    expect(numbers()[0]?.detail).toEqual({ commandId: report.commandId });
  });

  it('stays as it is said', async () => {
    const { body } = await send('GetBaseReport', { reportBase: 'FullInventory', requestId: 7 });
    expect(body.payload.requestId).toBe(7);
    expect(numbers()).toEqual([]);
  });

  it('takes no number where the command is refused', async () => {
    const { body } = await send('GetBaseReport', { reportBase: 'Nothing' });
    expect(body.code).toBe('payload-invalid');
    expect(numbers()).toEqual([]);
  });

  it('is filled in for the version that takes it, of a charge point that never came', async () => {
    world.ports.chargePoints.put({ chargePointId: 'NEW' });
    const { body } = await send(
      'ReserveNow',
      { connectorId: 1, expiryDate: '2026-06-01T00:00:00Z', idTag: 'A' },
      { id: 'NEW' },
    );
    expect(body.payload.reservationId).toEqual(expect.any(Number));
  });

  it('of an update is the URL of a firmware that is there', async () => {
    const { body } = await send('UpdateFirmware', {}, { query: '?firmware=wallbox-1.2.bin' });
    expect(body.payload.firmware).toEqual({
      retrieveDateTime: now.toISOString(),
      location: expect.stringMatching(/-GET-\*\*\*\/firmware\/wallbox-1\.2\.bin$/),
    });
  });

  it.each([
    ['UpdateFirmware', {}, '?firmware=none.bin', 'firmware-unknown'],
    ['UpdateFirmware', {}, '', 'payload-invalid'],
    [
      'UpdateFirmware',
      { firmware: { retrieveDateTime: '2026-09-01T00:00:00Z' } },
      '?firmware=wallbox-1.2.bin',
      'bad-body',
    ],
    ['ClearCache', {}, '?firmware=wallbox-1.2.bin', 'bad-parameter'],
  ])('%s %j%s is refused: %s', async (action, body, query, code) => {
    expect((await send(action, body, { query })).body.code).toBe(code);
    expect(world.ports.calls.asked).toEqual([]);
  });
});

it('a command says what it is part of, and what came of it', async () => {
  const about = { status: 'failed', code: 'payload-invalid', reason: 'Why.', taskId: 'task-1' } as const;
  await world.ports.commands.change('CP1', 'queued-1', (command) => ({
    ...{ ...command, ...about, settledAt: now.toISOString() },
    ...{ desired: true as const, transactionId: 'tx-1' },
  }));
  const { body } = await world.ask('GET /charge-points/CP1/commands/queued-1', { who: 'viewer' });
  expect(body).toMatchObject({ ...about, desired: true, transactionId: 'tx-1' });
});
