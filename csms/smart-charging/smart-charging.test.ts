import { describe, expect, it } from 'vitest';
import { call } from '../../test/memory/call.js';
import { inMemory, type Memory } from '../../test/memory/index.js';

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const ok = [3, 'm1', {}];
const at = (memory: Memory, seconds: number) => new Date(memory.clock.millis + seconds * 1_000);
const schedule = { id: 1, chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 7400.5 }] };

describe.each(v2x)('%s K12 NotifyChargingLimit, K13 ClearedChargingLimit', (protocol) => {
  const limit = { chargingLimitSource: 'EMS', isGridCritical: true };
  const set = (memory: Memory, seconds: number, more: object = {}) =>
    call(memory, protocol, 'NotifyChargingLimit', { chargingLimit: limit, ...more }, at(memory, seconds));
  const clear = (memory: Memory, seconds: number, more: object = {}) =>
    call(memory, protocol, 'ClearedChargingLimit', { chargingLimitSource: 'EMS', ...more }, at(memory, seconds));
  const limits = async (memory: Memory) =>
    (await memory.inventory.list('CP1', 'charging-limit')).map(({ key, detail }) => [key, detail]);

  it('a limit is kept with its schedules, and told without', async () => {
    const memory = inMemory();
    expect(await set(memory, 0, { evseId: 2, chargingSchedule: [schedule] })).toEqual(ok);
    const told = { source: 'EMS', evseId: 2, isGridCritical: true };
    expect(await limits(memory)).toEqual([['EMS#2', { ...told, schedules: [schedule] }]]);
    expect(memory.events.emitted).toMatchObject([{ name: 'charging-limit', ...told }]);
    expect(memory.events.emitted[0]).not.toHaveProperty('schedules');
  });

  it('without an EVSE it is the whole station’s', async () => {
    const memory = inMemory();
    await set(memory, 0);
    expect((await limits(memory)).map(([key]) => key)).toEqual(['EMS#0']);
  });

  it('one that is cleared is forgotten, and that is told; those of other EVSEs and sources stay', async () => {
    const memory = inMemory();
    await set(memory, 0);
    await set(memory, 0, { evseId: 1 });
    await set(memory, 0, { chargingLimit: { chargingLimitSource: 'SO' } });
    expect(await clear(memory, 1)).toEqual(ok);
    expect((await limits(memory)).map(([key]) => key)).toEqual(['EMS#1', 'SO#0']);
    expect(memory.events.emitted.at(-1)).toMatchObject({ source: 'EMS', evseId: 0, cleared: true });
  });

  it('one that comes after it was cleared is not set again, and not told', async () => {
    const memory = inMemory();
    await clear(memory, 1);
    expect(await set(memory, 0)).toEqual(ok);
    expect([await limits(memory), memory.events.emitted.map(({ cleared }) => cleared)]).toEqual([[], [true]]);
  });

  it('one whose event could not be told is told again', async () => {
    const memory = inMemory();
    const { emit } = memory.events;
    memory.events.emit = () => Promise.reject(new Error('throttled'));
    await expect(set(memory, 0)).rejects.toThrow('throttled');
    memory.events.emit = emit;
    await set(memory, 0);
    expect(memory.events.named('charging-limit')).toHaveLength(1);
  });
});

it('ocpp2.1 K23: local generation is told from a limit', async () => {
  const memory = inMemory();
  const chargingLimit = { chargingLimitSource: 'EMS', isLocalGeneration: true };
  await call(memory, 'ocpp2.1', 'NotifyChargingLimit', { chargingLimit });
  expect(memory.events.emitted).toMatchObject([{ isLocalGeneration: true }]);
});

describe.each(v2x)('%s K15 NotifyEVChargingNeeds', (protocol) => {
  const chargingNeeds = { requestedEnergyTransfer: 'DC', departureTime: '2026-01-02T08:00:00Z' };
  const tell = (memory: Memory, seconds: number, more: object = {}) =>
    call(memory, protocol, 'NotifyEVChargingNeeds', { evseId: 1, chargingNeeds, ...more }, at(memory, seconds));

  it('K15.FR.04: is answered that there is no schedule, so that the vehicle does not wait for one', async () => {
    const status = protocol === 'ocpp2.1' ? 'NoChargingProfile' : 'Rejected';
    expect(await tell(inMemory(), 0)).toEqual([3, 'm1', { status }]);
  });

  it('is kept whole, and told', async () => {
    const memory = inMemory();
    await tell(memory, 0, { maxScheduleTuples: 3 });
    const needs = (await memory.inventory.find('CP1', 'charging-needs', '1'))?.detail;
    expect(needs).toEqual({ evseId: 1, ...chargingNeeds, maxScheduleTuples: 3, chargingNeeds });
    expect(memory.events.emitted).toMatchObject([
      { name: 'charging-needs', evseId: 1, ...chargingNeeds, maxScheduleTuples: 3, at: '2026-01-02T03:04:05.000Z' },
    ]);
  });

  it('the newest at an EVSE holds, whichever comes first', async () => {
    const memory = inMemory();
    await tell(memory, 1, { maxScheduleTuples: 2 });
    await tell(memory, 0, { maxScheduleTuples: 1 });
    await tell(memory, 0, { evseId: 2 });
    const needs = await memory.inventory.list('CP1', 'charging-needs');
    expect(needs.map(({ key, detail }) => [key, (detail as { maxScheduleTuples?: number }).maxScheduleTuples])).toEqual(
      [
        ['1', 2],
        ['2', undefined],
      ],
    );
    expect(memory.events.emitted.map(({ evseId }) => evseId)).toEqual([1, 2]);
  });
});

it('ocpp2.1 NotifyEVChargingNeeds: what was noted while the station was offline is of then', async () => {
  const memory = inMemory();
  const needs = { evseId: 1, chargingNeeds: { requestedEnergyTransfer: 'AC_BPT' } };
  await call(memory, 'ocpp2.1', 'NotifyEVChargingNeeds', needs);
  await call(memory, 'ocpp2.1', 'NotifyEVChargingNeeds', { ...needs, timestamp: '2026-01-02T02:00:00Z' });
  expect(memory.events.named('charging-needs')).toHaveLength(1);
});

describe.each(v2x)('%s K15, K17 NotifyEVChargingSchedule', (protocol) => {
  const tell = (memory: Memory, seconds: number, limit: number) =>
    call(
      memory,
      protocol,
      'NotifyEVChargingSchedule',
      {
        ...{ evseId: 1, timeBase: '2026-01-02T03:00:00Z' },
        chargingSchedule: { ...schedule, chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
      },
      at(memory, seconds),
    );

  it('is Accepted, which approves of nothing, and the newest at an EVSE is kept', async () => {
    const memory = inMemory();
    expect(await tell(memory, 1, 11_000)).toEqual([3, 'm1', { status: 'Accepted' }]);
    await tell(memory, 0, 22_000);
    expect((await memory.inventory.find('CP1', 'charging-schedule', '1'))?.detail).toMatchObject({
      chargingSchedule: { chargingSchedulePeriod: [{ limit: 11_000 }] },
    });
  });
});

describe.each(v2x)('%s K09 ReportChargingProfiles', (protocol) => {
  const profile = (id: number, stackLevel = 0) => ({
    ...{ id, stackLevel, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Absolute' },
    chargingSchedule: [schedule],
  });
  const tell = (memory: Memory, seconds: number, chargingProfile: object[], tbc?: boolean, requestId = 7) =>
    call(
      memory,
      protocol,
      'ReportChargingProfiles',
      { requestId, chargingLimitSource: 'CSO', evseId: 1, chargingProfile, ...(tbc !== undefined && { tbc }) },
      at(memory, seconds),
    );
  const complete = (memory: Memory) => memory.events.named('report-complete');

  it('each profile is kept, with whose it is and where', async () => {
    const memory = inMemory();
    expect(await tell(memory, 0, [profile(1), profile(-2)])).toEqual(ok);
    expect((await memory.inventory.list('CP1', 'charging-profile')).map(({ key, detail }) => [key, detail])).toEqual(
      [-2, 1].map((id) => [String(id), { evseId: 1, chargingLimitSource: 'CSO', chargingProfile: profile(id) }]),
    );
  });

  it('K09.FR.02: the report is complete with the part that is not to be continued', async () => {
    const memory = inMemory();
    await tell(memory, 0, [profile(1)], true);
    expect(complete(memory)).toEqual([]);
    await tell(memory, 1, [profile(2)], false);
    expect(complete(memory)).toMatchObject([
      { kind: 'charging-profiles', requestId: 7, since: at(memory, 1).toJSON() },
    ]);
    expect(memory.jobs.items.get('CP1/charging-profiles#7')?.statuses.map(({ status }) => status)).toEqual([
      'Receiving',
      'Complete',
    ]);
  });

  it('a part that comes late leaves the newer profile, and tells the same event', async () => {
    const memory = inMemory();
    await tell(memory, 1, [profile(1, 5)]);
    await tell(memory, 0, [profile(1, 4)], true);
    const kept = (await memory.inventory.find('CP1', 'charging-profile', '1'))?.detail;
    expect(kept).toMatchObject({ chargingProfile: { stackLevel: 5 } });
    expect(new Set(complete(memory).map(({ id }) => id)).size).toBe(1);
  });

  it('a number that is used again is another report', async () => {
    const memory = inMemory();
    await tell(memory, 0, [profile(1)]);
    await tell(memory, 9, [profile(1)]);
    expect(new Set(complete(memory).map(({ id }) => id)).size).toBe(2);
  });
});

describe('ocpp2.1 K21, K22 NotifyPriorityCharging', () => {
  const tell = (memory: Memory, seconds: number, activated: boolean) =>
    call(memory, 'ocpp2.1', 'NotifyPriorityCharging', { transactionId: 't1', activated }, at(memory, seconds));
  const has = async (memory: Memory) => (await memory.inventory.find('CP1', 'priority-charging', 't1')) !== undefined;

  it('is kept while it lasts, and told both times', async () => {
    const memory = inMemory();
    expect(await tell(memory, 0, true)).toEqual(ok);
    expect(await has(memory)).toBe(true);
    await tell(memory, 1, false);
    expect(await has(memory)).toBe(false);
    expect(memory.events.emitted.map(({ name, activated }) => [name, activated])).toEqual([
      ['priority-charging', true],
      ['priority-charging', false],
    ]);
  });

  it('that comes late changes nothing', async () => {
    const memory = inMemory();
    await tell(memory, 1, false);
    await tell(memory, 0, true);
    expect([await has(memory), memory.events.emitted.length]).toEqual([false, 1]);
  });
});
