import { beforeEach, describe, expect, it } from 'vitest';
import { inMemory, type Memory } from '../../test/memory/index.js';
import type { Command } from '../commands/ports.js';
import type { Asked } from './ports.js';
import { configurationState } from './state.js';

const key = 'OCPPCommCtrlr/HeartbeatInterval';
const at = '2026-01-02T03:04:05.000Z';
const asked: Asked = { version: 1, keys: { [key]: { value: '600', commandId: 'c1', version: 1 } } };

let ports: Memory;
beforeEach(() => {
  ports = inMemory();
});

const command = (more: Partial<Command>): Command => ({
  ...{ chargePointId: 'CP1', commandId: 'c1', action: 'SetVariables', status: 'queued', order: at, attempts: [] },
  ...{ expiresAt: at, dueAt: at, desired: true, ...more },
  payload: JSON.stringify({
    setVariableData: [
      { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' }, attributeValue: '600' },
    ],
  }),
});
const state = (shadow: { desired?: unknown; reported?: unknown; asked?: Asked }, protocol = 'ocpp2.0.1' as const) =>
  configurationState(
    'CP1',
    { version: 1, desired: undefined, reported: undefined, asked: undefined, ...shadow },
    protocol,
    ports,
  );

describe('a desired value', () => {
  const desired = { [key]: '600' };

  it('that was reported is taken', async () => {
    expect(await state({ desired, reported: desired, asked })).toEqual([
      { key, desired: '600', reported: '600', status: 'taken' },
    ]);
  });

  it('that nobody has asked for yet is open, and so is one of which another value was asked for', async () => {
    expect(await state({ desired })).toEqual([{ key, desired: '600', status: 'open' }]);
    await ports.commands.add(command({}));
    expect(await state({ desired: { [key]: '700' }, asked })).toMatchObject([{ status: 'open' }]);
  });

  it.each(['queued', 'sent'] as const)('whose command is %s is asked for', async (status) => {
    await ports.commands.add(command({ status }));
    expect(await state({ desired, reported: { [key]: '300' }, asked })).toEqual([
      { key, desired: '600', reported: '300', status: 'asked', commandId: 'c1' },
    ]);
  });

  it('that the charge point does not take is refused, with its reason', async () => {
    const result = {
      ...{ component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } },
      ...{ attributeStatus: 'Rejected', attributeStatusInfo: { reasonCode: 'ReadOnly' } },
    };
    const outcome = { type: 'CALLRESULT', payload: { setVariableResult: [result] } } as const;
    await ports.commands.add(command({ status: 'rejected', outcome }));
    expect(await state({ desired, asked })).toEqual([
      { key, desired: '600', status: 'refused', commandId: 'c1', reason: 'Rejected: ReadOnly' },
    ]);
  });

  it('that was not answered is refused', async () => {
    await ports.commands.add(command({ status: 'timed-out' }));
    expect(await state({ desired, asked })).toMatchObject([{ status: 'refused', reason: 'It was not answered.' }]);
  });

  it.each(['expired', 'cancelled'] as const)('whose command is %s is asked for again: it is open', async (status) => {
    await ports.commands.add(command({ status }));
    expect(await state({ desired, asked })).toEqual([{ key, desired: '600', status: 'open' }]);
  });

  it('that nobody can ask for is refused at once', async () => {
    expect(await state({ desired: { Heartbeat: '1', [key]: 1 } })).toMatchObject([
      { key: 'Heartbeat', status: 'refused', reason: expect.stringContaining('It is not spelled') },
      { key, desired: 1, status: 'refused', reason: expect.stringContaining('a text') },
    ]);
    expect(await state({ desired: 'fast' })).toMatchObject([{ key: '', status: 'refused' }]);
  });

  it('that is a secret is not shown', async () => {
    const secret = 'SecurityCtrlr/BasicAuthPassword';
    const [found] = await state({ desired: { [secret]: 'abc' } });
    expect(found).toMatchObject({ key: secret, status: 'refused', desired: '***' });
  });
});

it('what was taken though nobody desires it any more is reported', async () => {
  expect(await state({ reported: { A: '1' } })).toEqual([{ key: 'A', reported: '1', status: 'reported' }]);
});

it('a charge point of which nothing is said has none', async () => {
  expect(await state({})).toEqual([]);
});
