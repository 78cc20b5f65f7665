import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { call } from '../../test/memory/call.js';
import type { Memory } from '../../test/memory/index.js';
import type { ItemKind } from '../inventory/ports.js';

const accepted = { status: 'Accepted' };

async function known(memory: Memory, kind: ItemKind) {
  const items = await memory.inventory.list('CP1', kind);
  return Object.fromEntries(items.map(({ key, detail }) => [key, detail]));
}

describe('2.1 tariffs', () => {
  const tariff = (tariffId: string) => ({ tariffId, currency: 'EUR' });

  it('I08, I10 a default tariff is in force until it is cleared, or is not known', async () => {
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

  it('I09 GetTariffs tells which are in force', async () => {
    const { told, memory } = await connectedTo('ocpp2.1');
    const tariffAssignments = [{ tariffId: 'night', tariffKind: 'DriverTariff', idTokens: ['04A2B3'] }];
    await told('GetTariffs', { evseId: 0 }, { ...accepted, tariffAssignments });
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
