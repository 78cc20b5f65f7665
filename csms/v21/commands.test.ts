import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { call } from '../../test/memory/call.js';
import { elapse } from '../../test/memory/elapse.js';
import type { Memory } from '../../test/memory/index.js';
import type { ItemKind } from '../inventory/ports.js';

const accepted = { status: 'Accepted' };

async function known(memory: Memory, kind: ItemKind) {
  const items = await memory.inventory.list('CP1', kind);
  return Object.fromEntries(items.map(({ key, detail }) => [key, detail]));
}

describe('2.1 tariffs', () => {
  const tariff = (tariffId: string) => ({ tariffId, currency: 'EUR' });

  const noTariff = { status: 'NoTariff' };

  /** What was asked, each a second after the last. */
  async function station() {
    const { memory, told, ask, reply } = await connectedTo('ocpp2.1');
    const request = (evseId: number, tariffId: string, validFrom?: Date) => {
      const validity = validFrom && { validFrom: validFrom.toISOString() };
      return { evseId, tariff: { ...tariff(tariffId), ...validity } };
    };
    return {
      memory,
      told,
      ask,
      reply,
      request,
      set: (...args: Parameters<typeof request>) => told('SetDefaultTariff', request(...args), accepted, 1),
      get: (evseId: number, tariffAssignments?: object[]) =>
        told('GetTariffs', { evseId }, tariffAssignments ? { ...accepted, tariffAssignments } : noTariff, 1),
      clear: (request: object, status = 'Accepted') =>
        told('ClearTariffs', request, { clearTariffsResult: [{ tariffId: 'night', status }] }, 1),
      /** The EVSEs of each tariff. */
      async evses() {
        const all = Object.entries(await known(memory, 'tariff'));
        return Object.fromEntries(all.map(([key, detail]) => [key, (detail as { evseIds?: number[] }).evseIds]));
      },
    };
  }
  const assigned = (tariffId: string, ...evseIds: number[]) => ({ tariffId, tariffKind: 'DefaultTariff', evseIds });
  it.each<[string, string, Record<string, number[]>]>([
    ['a tariff has all EVSEs that it was set for', '2 day, 1 day', { day: [1, 2] }],
    ['the last tariff of an EVSE is in force', '1 day, 2 day, 1 night', { day: [2], night: [1] }],
    ['one that has no EVSE any more is gone', '1 day, 2 day, 1 night, 2 night', { night: [1, 2] }],
    ['that of EVSE 0 is that of all', '1 day, 2 night, 0 night, 1 night', { night: [0] }],
    ['that of an EVSE leaves the one of all to the others', '0 day, 1 night', { day: [0], night: [1] }],
    ['so it does until that one is set for it', '0 day, 1 night, 1 day', { day: [0] }],
  ])('I07 %s: %s', async (_, steps, expected) => {
    const { set, evses } = await station();
    for (const [evseId, tariffId = ''] of steps.split(', ').map((step) => step.split(' '))) {
      await set(Number(evseId), tariffId);
    }
    expect(await evses()).toEqual(expected);
  });

  it('I07 one that is valid later replaces none before, but another that is valid from then on', async () => {
    const { memory, set, evses } = await station();
    const later = new Date(memory.clock.millis + 60_000);
    await set(1, 'day');
    await set(1, 'tomorrow', later);
    await set(1, 'night');
    expect(await evses()).toEqual({ tomorrow: [1], night: [1] });
    await set(1, 'newer', later);
    expect(await evses()).toEqual({ newer: [1], night: [1] });
    memory.clock.advance(60_000);
    await set(1, 'day');
    expect(await evses()).toEqual({ day: [1] });
  });

  it('I07 one that is told again or late changes nothing that was set since', async () => {
    const { memory, request, set, evses, ask, reply, clear } = await station();
    await set(1, 'day');
    await set(2, 'day');
    const first = await ask('SetDefaultTariff', request(1, 'night'));
    await reply(first, accepted, 1);
    const once = structuredClone(memory.inventory.items);
    await reply(first, accepted, 1);
    expect(memory.inventory.items).toEqual(once);
    await set(1, 'day');
    await reply(first, accepted, 1);
    expect(await evses()).toEqual({ day: [1, 2] });
    await clear({ tariffIds: ['night'] });
    await reply(first, accepted, 1);
    expect(await evses()).toEqual({ day: [1, 2] });
  });

  it.each([0, 1])('I07 one whose effect comes after that of the next, of EVSE %d, is not in force', async (evseId) => {
    const { memory, set, evses, ask, reply, request } = await station();
    const day = await ask('SetDefaultTariff', request(1, 'day'));
    const { put } = memory.inventory;
    memory.inventory.put = () => Promise.reject(new Error('throttled'));
    await expect(reply(day, accepted)).rejects.toThrow('throttled');
    memory.inventory.put = put;
    await elapse(memory, 60_000);
    await set(evseId, 'night');
    await reply(day, accepted);
    expect(await evses()).toEqual({ night: [evseId] });
  });

  it('I09.FR.01, I09.FR.03 of all EVSEs: what is not named is not in force, what is keeps what it says', async () => {
    const { memory, set, get, evses } = await station();
    await set(1, 'day');
    await set(2, 'night');
    await get(0, [assigned('night', 1, 2)]);
    expect(await known(memory, 'tariff')).toEqual({
      night: { tariffKind: 'DefaultTariff', evseIds: [1, 2], tariff: tariff('night') },
    });
    await get(0);
    expect(await evses()).toEqual({});
  });

  it('I09.FR.02 of one EVSE says nothing of the others', async () => {
    const { set, get, evses } = await station();
    for (const evseId of [1, 2]) await set(evseId, 'day');
    await set(3, 'night');
    await get(2, [assigned('new', 2)]);
    expect(await evses()).toEqual({ day: [1], new: [2], night: [3] });
    await get(1, [assigned('day', 1), assigned('new', 1)]);
    expect(await evses()).toEqual({ day: [1], new: [1, 2], night: [3] });
    await get(3);
    expect(await evses()).toEqual({ day: [1], new: [1, 2] });
  });

  it('I09 that is told late drops nothing that was set since', async () => {
    const { set, evses, ask, reply } = await station();
    await set(1, 'day');
    const get = await ask('GetTariffs', { evseId: 0 });
    await reply(get, noTariff, 1);
    await set(1, 'night');
    await reply(get, noTariff, 1);
    expect(await evses()).toEqual({ night: [1] });
  });

  it('I09 that is Rejected says nothing', async () => {
    const { set, evses, told } = await station();
    await set(1, 'day');
    await told('GetTariffs', { evseId: 0 }, { status: 'Rejected' }, 1);
    expect(await evses()).toEqual({ day: [1] });
  });

  it.each([
    [{ tariffIds: ['night'], evseId: 1 }, 'Accepted', { night: [2] }],
    [{ tariffIds: ['night'], evseId: 1 }, 'NoTariff', { night: [2] }],
    [{ tariffIds: ['night'], evseId: 1 }, 'Rejected', { night: [1, 2] }],
    [{ tariffIds: ['night'], evseId: 0 }, 'Accepted', {}],
    [{ tariffIds: ['night'] }, 'Accepted', {}],
  ])('I10 ClearTariffs %j, %s, leaves %j', async (request, status, expected) => {
    const { set, clear, evses } = await station();
    for (const evseId of [1, 2]) await set(evseId, 'night');
    await clear(request, status);
    expect(await evses()).toEqual(expected);
  });

  it('I10 ClearTariffs of one EVSE after the other leaves none; of one of all, it stays for the others', async () => {
    const { set, clear, evses } = await station();
    for (const evseId of [1, 2]) await set(evseId, 'night');
    for (const evseId of [1, 2]) await clear({ evseId });
    expect(await evses()).toEqual({});
    await set(0, 'night');
    await clear({ evseId: 1 });
    expect(await evses()).toEqual({ night: [0] });
  });

  it('I07, I10 a default tariff is in force until it is cleared, or is not known', async () => {
    const { told, memory } = await connectedTo('ocpp2.1');
    await told('SetDefaultTariff', { evseId: 1, tariff: tariff('night') }, accepted);
    await told('SetDefaultTariff', { evseId: 1, tariff: tariff('day') }, { status: 'TooManyElements' });
    expect(await known(memory, 'tariff')).toEqual({
      night: { tariffKind: 'DefaultTariff', evseIds: [1], tariff: tariff('night') },
    });
    const clearTariffsResult = [{ tariffId: 'night', status: 'NoTariff' }];
    expect(await told('ClearTariffs', { tariffIds: ['night'] }, { clearTariffsResult }, 1)).toBe('rejected');
    expect(await known(memory, 'tariff')).toEqual({});
  });

  it.each([0, 1])('I09 GetTariffs of EVSE %d tells which are in force', async (evseId) => {
    const { told, memory } = await connectedTo('ocpp2.1');
    const tariffAssignments = [{ tariffId: 'night', tariffKind: 'DriverTariff', idTokens: ['04A2B3'] }];
    await told('GetTariffs', { evseId }, { ...accepted, tariffAssignments });
    expect(await known(memory, 'tariff')).toEqual({ night: { tariffKind: 'DriverTariff', idTokens: ['04A2B3'] } });
  });
});

describe('2.1 DER controls', () => {
  const gradient = { priority: 0, gradient: 2, softGradient: 1 };
  const control = (controlId: string, isDefault = false) => ({
    isDefault,
    controlId,
    controlType: 'Gradients',
    gradient,
  });

  it('R04 a control is kept with its settings; one that it supersedes is marked', async () => {
    const { told, memory } = await connectedTo('ocpp2.1');
    await told('SetDERControl', control('a'), accepted);
    await told('SetDERControl', control('b'), { ...accepted, supersededIds: ['a', 'unknown'] }, 1);
    await told('SetDERControl', control('c'), { status: 'NotSupported' });
    expect(await known(memory, 'der-control')).toEqual({
      a: { controlType: 'Gradients', isDefault: false, settings: gradient, isSuperseded: true },
      b: { controlType: 'Gradients', isDefault: false, settings: gradient },
    });
  });

  it.each([
    [{ isDefault: false, controlId: 'a' }, ['b', 'default']],
    [{ isDefault: false }, ['default']],
    [{ isDefault: true, controlType: 'Gradients' }, ['a', 'b']],
    [{ isDefault: false, controlType: 'VoltWatt' }, ['a', 'b', 'default']],
  ])('R05 ClearDERControl %j leaves %j', async (request, left) => {
    const { told, memory } = await connectedTo('ocpp2.1');
    for (const id of ['a', 'b', 'default']) await told('SetDERControl', control(id, id === 'default'), accepted);
    await told('ClearDERControl', request, accepted, 1);
    expect(Object.keys(await known(memory, 'der-control'))).toEqual(left);
  });
});

describe('2.1 event streams', () => {
  const stream = { id: 3, variableMonitoringId: 11, params: { interval: 30, values: 2 } };

  it('N14 a stream has the pace that it was given, of the monitor that it was opened for', async () => {
    const { told, memory } = await connectedTo('ocpp2.1');
    await call(memory, 'ocpp2.1', 'OpenPeriodicEventStream', { constantStreamData: stream });
    await told('AdjustPeriodicEventStream', { id: 3, params: { interval: 60 } }, accepted, 1);
    await told('AdjustPeriodicEventStream', { id: 3, params: { interval: 90 } }, { status: 'Rejected' }, 1);
    expect(await known(memory, 'event-stream')).toEqual({ 3: { variableMonitoringId: 11, interval: 60, values: 2 } });
  });

  it('N12 those that are told are all that there are', async () => {
    const { told, memory } = await connectedTo('ocpp2.1');
    await call(memory, 'ocpp2.1', 'OpenPeriodicEventStream', { constantStreamData: stream });
    await told('GetPeriodicEventStream', {}, { constantStreamData: [{ ...stream, id: 4 }] }, 1);
    expect(Object.keys(await known(memory, 'event-stream'))).toEqual(['4']);
    await told('GetPeriodicEventStream', {}, {}, 1);
    expect(await known(memory, 'event-stream')).toEqual({});
  });
});

it('2.1 K21 a transaction has priority until it has it no more', async () => {
  const { told, memory } = await connectedTo('ocpp2.1');
  await told('UsePriorityCharging', { transactionId: 't1', activate: true }, accepted);
  await told('UsePriorityCharging', { transactionId: 't2', activate: true }, { status: 'NoProfile' });
  expect(Object.keys(await known(memory, 'priority-charging'))).toEqual(['t1']);
  await told('UsePriorityCharging', { transactionId: 't1', activate: false }, accepted, 1);
  expect(await known(memory, 'priority-charging')).toEqual({});
});

it('2.1 K21 a priority of which no end is told is forgotten after a month, whoever told that it began', async () => {
  const { told, memory } = await connectedTo('ocpp2.1');
  await told('UsePriorityCharging', { transactionId: 't1', activate: true }, accepted);
  await call(memory, 'ocpp2.1', 'NotifyPriorityCharging', { transactionId: 't2', activated: true });
  const month = 30 * 24 * 60 * 60_000;
  memory.clock.advance(month - 1);
  expect(Object.keys(await known(memory, 'priority-charging'))).toEqual(['t1', 't2']);
  memory.clock.advance(1);
  expect(await known(memory, 'priority-charging')).toEqual({});
});

it.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
  '%s B09 a network profile is kept without its passwords',
  async (protocol) => {
    const { told, memory } = await connectedTo(protocol);
    const profile = {
      ...{ ocppInterface: 'Wired0', ocppTransport: 'JSON', ocppCsmsUrl: 'wss://example.com', messageTimeout: 30 },
      securityProfile: 2,
    };
    const secret = { apn: 'internet', apnPassword: 'hush', apnAuthentication: 'PAP' };
    const version = protocol === 'ocpp2.0.1' ? { ocppVersion: 'OCPP20' } : {};
    const connectionData = { ...version, ...profile, apn: secret };
    expect(await told('SetNetworkProfile', { configurationSlot: 1, connectionData }, accepted)).toBe('accepted');
    expect(await known(memory, 'network-profile')).toEqual({ 1: { ...profile, ...version } });
  },
);
