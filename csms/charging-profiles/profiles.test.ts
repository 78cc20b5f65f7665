import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { call } from '../../test/memory/call.js';
import { inMemory } from '../../test/memory/index.js';
import { atOnce, type Turn } from '../../test/memory/turn.js';
import type { Protocol } from '../ocpp/protocol.js';
import { sweep } from '../sweep.js';
import { keepProfile } from './keep.js';
import type { KeptProfile } from './profile.js';

const protocols = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;
const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const accepted = { status: 'Accepted' };
const day = 24 * 60 * 60_000;

interface Wanted {
  evseId?: number;
  stackLevel?: number;
  purpose?: string;
  transactionId?: string;
  validFrom?: string;
  validTo?: string;
}

/** A charge point of a version, and the version's words for a profile. */
async function connected(protocol: Protocol) {
  const all = await connectedTo(protocol);
  const { memory, told, ask } = all;
  const is16 = protocol === 'ocpp1.6';
  memory.idTokens.put({ idToken: 'TAG' });
  function request(id: number, { evseId = 1, stackLevel = 0, purpose = 'TxDefaultProfile', ...wanted }: Wanted = {}) {
    const { transactionId, ...validity } = wanted;
    const schedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] };
    const profile = { stackLevel, chargingProfileKind: 'Relative', ...validity };
    if (!is16) {
      const chargingProfile = {
        id,
        ...profile,
        chargingProfilePurpose: purpose,
        chargingSchedule: [{ id: 1, ...schedule }],
      };
      return { evseId, chargingProfile: { ...chargingProfile, ...(transactionId && { transactionId }) } };
    }
    const chargingProfilePurpose = purpose === 'ChargingStationMaxProfile' ? 'ChargePointMaxProfile' : purpose;
    const csChargingProfiles = {
      chargingProfileId: id,
      ...profile,
      chargingProfilePurpose,
      chargingSchedule: schedule,
    };
    return {
      connectorId: evseId,
      csChargingProfiles: { ...csChargingProfiles, ...(transactionId && { transactionId: Number(transactionId) }) },
    };
  }
  function clear({ id, evseId, purpose, stackLevel }: Wanted & { id?: number }) {
    const of = {
      ...(purpose && { chargingProfilePurpose: is16 ? purpose.replace('ChargingStation', 'ChargePoint') : purpose }),
      ...(stackLevel !== undefined && { stackLevel }),
    };
    if (is16) return { ...(id !== undefined && { id }), ...(evseId !== undefined && { connectorId: evseId }), ...of };
    const criteria = { ...of, ...(evseId !== undefined && { evseId }) };
    return {
      ...(id !== undefined && { chargingProfileId: id }),
      ...(Object.keys(criteria).length > 0 && { chargingProfileCriteria: criteria }),
    };
  }
  const event = (eventType: string, transactionId: string) =>
    call(memory, protocol, 'TransactionEvent', {
      ...{ eventType, seqNo: eventType === 'Started' ? 0 : 1, timestamp: memory.clock.now().toISOString() },
      ...{ triggerReason: 'Authorized', transactionInfo: { transactionId }, evse: { id: 1, connectorId: 1 } },
    });
  const list = async () => {
    const items = await memory.inventory.list('CP1', 'charging-profile');
    return items.map(({ detail }) => detail as KeptProfile);
  };
  return {
    ...all,
    list,
    ids: async () => (await list()).map(({ chargingProfile }) => chargingProfile.id),
    set: (id: number, wanted?: Wanted, status = 'Accepted') =>
      told('SetChargingProfile', request(id, wanted), { status }, 1),
    askToSet: (id: number, wanted?: Wanted) => ask('SetChargingProfile', request(id, wanted)),
    clear: (criteria: Wanted & { id?: number }, status = 'Accepted') =>
      told('ClearChargingProfile', clear(criteria), { status }, 1),
    /** @returns the transaction's id */
    async start(): Promise<string> {
      const timestamp = memory.clock.now().toISOString();
      if (!is16) return event('Started', 't1').then(() => 't1');
      const start = { connectorId: 1, idTag: 'TAG', meterStart: 0, timestamp };
      const [, , result] = await call(memory, protocol, 'StartTransaction', start);
      return String((result as { transactionId: number }).transactionId);
    },
    async stop(transactionId: string): Promise<void> {
      const timestamp = memory.clock.now().toISOString();
      const stop = { transactionId: Number(transactionId), meterStop: 1, timestamp };
      await (is16 ? call(memory, protocol, 'StopTransaction', stop) : event('Ended', transactionId));
    },
  };
}

describe.each(protocols)('%s K01/5.16 SetChargingProfile', (protocol) => {
  it('TC_056 that is accepted is kept by its id, in the words of 2.x', async () => {
    const { set, list } = await connected(protocol);
    expect(await set(1, { evseId: 0, purpose: 'ChargingStationMaxProfile', stackLevel: 3 })).toBe('accepted');
    expect(await list()).toEqual([
      {
        ...{ evseId: 0, chargingLimitSource: 'CSO' },
        chargingProfile: {
          ...{
            id: 1,
            stackLevel: 3,
            chargingProfilePurpose: 'ChargingStationMaxProfile',
            chargingProfileKind: 'Relative',
          },
          chargingSchedule: [
            {
              ...(protocol !== 'ocpp1.6' && { id: 1 }),
              ...{ chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] },
            },
          ],
        },
      },
    ]);
  });

  it.each(protocol === 'ocpp1.6' ? ['Rejected', 'NotSupported'] : ['Rejected'])('%s leaves nothing', async (status) => {
    const { set, list } = await connected(protocol);
    expect(await set(1, {}, status)).toBe('rejected');
    expect(await list()).toEqual([]);
  });

  it('replaces that of its id', async () => {
    const { set, list } = await connected(protocol);
    await set(1, { stackLevel: 0 });
    await set(1, { stackLevel: 1, evseId: 2 });
    expect(await list()).toMatchObject([{ evseId: 2, chargingProfile: { id: 1, stackLevel: 1 } }]);
  });

  it('replaces that of its purpose and stack level for the same EVSE, and no other', async () => {
    const { set, ids } = await connected(protocol);
    await set(1);
    await set(2, { stackLevel: 1 });
    await set(3, { evseId: 2 });
    await set(4, { evseId: 0, purpose: 'ChargingStationMaxProfile' });
    await set(5);
    expect(await ids()).toEqual([2, 3, 4, 5]);
  });

  it('at another time of validity stays beside it in 2.x, and not in 1.6', async () => {
    const { set, ids } = await connected(protocol);
    await set(1, { validTo: '2026-02-01T00:00:00Z' });
    await set(2, { validFrom: '2026-02-01T00:00:00Z' });
    expect(await ids()).toEqual(protocol === 'ocpp1.6' ? [2] : [1, 2]);
  });

  it('that is told again after one that replaced it doesn’t come back', async () => {
    const { set, reply, ids } = await connected(protocol);
    await set(1);
    await set(2);
    await reply('ask-1', accepted, 1);
    expect(await ids()).toEqual([2]);
  });
});

describe.each(protocols)('%s K01/5.16 a TxProfile', (protocol) => {
  const purpose = 'TxProfile';

  it('is gone when its transaction ends', async () => {
    const { set, start, stop, ids } = await connected(protocol);
    const transactionId = await start();
    await set(1, { purpose, transactionId });
    await set(2);
    expect(await ids()).toEqual([1, 2]);
    await stop(transactionId);
    expect(await ids()).toEqual([2]);
  });

  it('is gone when it is told after its transaction has ended', async () => {
    const { askToSet, reply, start, stop, ids } = await connected(protocol);
    const transactionId = await start();
    const id = await askToSet(1, { purpose, transactionId });
    await stop(transactionId);
    await reply(id, accepted, 1);
    expect(await ids()).toEqual([]);
  });

  it('is gone when its transaction is forgotten', async () => {
    const { set, start, memory, ids } = await connected(protocol);
    const transactionId = await start();
    await set(1, { purpose, transactionId });
    memory.clock.advance(2 * day);
    await sweep(memory);
    expect(await ids()).toEqual([]);
  });

  it('that another replaces is none of its transaction any more', async () => {
    const { set, start, stop, memory, ids } = await connected(protocol);
    const transactionId = await start();
    await set(1, { purpose, transactionId });
    await set(2, { purpose, transactionId, stackLevel: 1 });
    for (const id of [3, 4]) await set(id, { purpose, transactionId });
    expect(memory.transactions.items.get(`CP1/${transactionId}`)?.chargingProfileIds).toEqual([2, 4]);
    await stop(transactionId);
    expect(await ids()).toEqual([]);
  });

  it('whose number is another’s by then stays', async () => {
    const { set, start, stop, ids } = await connected(protocol);
    const transactionId = await start();
    await set(1, { purpose, transactionId });
    await set(1, { stackLevel: 5 });
    await stop(transactionId);
    expect(await ids()).toEqual([1]);
  });
});

it('1.6 5.16 a TxProfile without a transaction is of the one on its connector', async () => {
  const { set, start, stop, list } = await connected('ocpp1.6');
  const transactionId = await start();
  await set(1, { purpose: 'TxProfile' });
  expect(await list()).toMatchObject([{ chargingProfile: { transactionId } }]);
  await stop(transactionId);
  expect(await list()).toEqual([]);
});

describe.each(protocols)('%s K10/5.5 ClearChargingProfile', (protocol) => {
  async function withProfiles() {
    const all = await connected(protocol);
    await all.set(1);
    await all.set(2, { stackLevel: 1 });
    await all.set(3, { evseId: 2, stackLevel: 1 });
    await all.set(4, { evseId: 0, purpose: 'ChargingStationMaxProfile' });
    return all;
  }

  it.each([
    ['one by its id', { id: 2 }, [1, 3, 4]],
    ['those of an EVSE', { evseId: 1 }, [3, 4]],
    ['those of the charge point as a whole', { evseId: 0 }, [1, 2, 3]],
    ['those of a purpose', { purpose: 'ChargingStationMaxProfile' }, [1, 2, 3]],
    ['those of a stack level', { stackLevel: 1 }, [1, 4]],
    ['those of all that', { evseId: 2, purpose: 'TxDefaultProfile', stackLevel: 1 }, [1, 2, 4]],
    ['all', {}, []],
  ])('TC_067 removes %s', async (_, criteria, left) => {
    const { clear, ids } = await withProfiles();
    expect(await clear(criteria)).toBe('accepted');
    expect(await ids()).toEqual(left);
  });

  it('Unknown: it has none of them', async () => {
    const { clear, ids } = await withProfiles();
    expect(await clear({ id: 2 }, 'Unknown')).toBe('rejected');
    expect(await ids()).toEqual([1, 3, 4]);
  });

  it('that is told again removes none that was set since', async () => {
    const { clear, set, reply, ids } = await withProfiles();
    await clear({});
    await set(1);
    await reply('ask-5', accepted, 1);
    expect(await ids()).toEqual([1]);
  });
});

describe.each(v2x)('%s K09 GetChargingProfiles', (protocol) => {
  async function withProfiles() {
    const all = await connected(protocol);
    await all.set(1);
    await all.set(2, { evseId: 2 });
    all.memory.clock.advance(1_000);
    const { memory, told, ask } = all;
    const profile = { chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Relative' };
    const schedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] };
    return {
      ...all,
      get: (status: string, criteria: object = {}) =>
        told('GetChargingProfiles', { requestId: 7, evseId: 1, chargingProfile: criteria }, { status }, 1),
      askToGet: () => ask('GetChargingProfiles', { requestId: 7, evseId: 1, chargingProfile: {} }),
      report(reported: number[], { tbc = false, seconds = 1, source = 'CSO' } = {}) {
        memory.clock.advance(seconds * 1_000);
        return call(memory, protocol, 'ReportChargingProfiles', {
          ...{ requestId: 7, evseId: 1, chargingLimitSource: source, tbc },
          chargingProfile: reported.map((id) => ({
            ...{ id, stackLevel: id, ...profile, chargingSchedule: [{ id: 1, ...schedule }] },
          })),
        });
      },
    };
  }

  it('a report that is complete replaces what was known of what was asked for', async () => {
    const { get, report, ids } = await withProfiles();
    await get('Accepted');
    await report([10], { tbc: true });
    expect(await ids()).toEqual([1, 10, 2]);
    await report([11], { source: 'EMS' });
    expect(await ids()).toEqual([10, 11, 2]);
  });

  it('the same when it overtakes its answer', async () => {
    const { askToGet, report, reply, ids } = await withProfiles();
    const id = await askToGet();
    await report([10], { seconds: 0 });
    await reply(id, accepted, 1);
    expect(await ids()).toEqual([10, 2]);
  });

  it('leaves what was set since it was asked for', async () => {
    const { get, report, set, ids } = await withProfiles();
    await get('Accepted');
    await set(5, { stackLevel: 5 });
    await report([10]);
    expect(await ids()).toEqual([10, 2, 5]);
  });

  it.each([
    ['ids', { chargingProfileId: [99] }, [1, 2]],
    ['a stack level', { stackLevel: 0 }, [2]],
    ['another source', { chargingLimitSource: ['EMS'] }, [1, 2]],
  ])('NoProfiles: it has none of those that were asked for by %s', async (_, criteria, left) => {
    const { get, ids } = await withProfiles();
    expect(await get('NoProfiles', criteria)).toBe('rejected');
    expect(await ids()).toEqual(left);
  });

  it('one of a transaction that is reported is gone with it', async () => {
    const { start, stop, list, memory } = await connected(protocol);
    const transactionId = await start();
    const schedule = { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] };
    const profile = { id: 1, stackLevel: 0, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative' };
    await call(memory, protocol, 'ReportChargingProfiles', {
      ...{ requestId: 7, evseId: 1, chargingLimitSource: 'CSO' },
      chargingProfile: [{ ...profile, transactionId, chargingSchedule: [schedule] }],
    });
    expect(await list()).toHaveLength(1);
    await stop(transactionId);
    expect(await list()).toEqual([]);
  });
});

describe('2.1 K28 UpdateDynamicSchedule', () => {
  /** A station with dynamic profile 1. */
  async function dynamic() {
    const all = await connected('ocpp2.1');
    const { told, start, stop, memory } = all;
    const transactionId = await start();
    const period = { startPeriod: 0, limit: 16, setpoint: 10 };
    const chargingSchedule = [{ id: 1, chargingRateUnit: 'A', duration: 600, chargingSchedulePeriod: [period] }];
    const chargingProfile = {
      ...{ id: 1, stackLevel: 0, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Dynamic', transactionId },
      chargingSchedule,
    };
    const set = () => told('SetChargingProfile', { evseId: 1, chargingProfile }, accepted, 1);
    await set();
    return {
      ...all,
      set,
      end: () => stop(transactionId),
      request: (scheduleUpdate: object, chargingProfileId = 1) => ({ chargingProfileId, scheduleUpdate }),
      now: () => memory.clock.now().toISOString(),
      chargingProfile,
    };
  }

  it('K28.FR.06, K28.FR.09 that is accepted leaves the profile with the new values, and when it had them', async () => {
    const { told, request, list, now, chargingProfile } = await dynamic();
    await told('UpdateDynamicSchedule', request({ limit: 8, limit_L2: 6 }), accepted, 1);
    const [schedule] = chargingProfile.chargingSchedule;
    const chargingSchedulePeriod = [{ startPeriod: 0, limit: 8, limit_L2: 6, setpoint: 10 }];
    const updated = { dynUpdateTime: now(), chargingSchedule: [{ ...schedule, chargingSchedulePeriod }] };
    expect(await list()).toEqual([
      { evseId: 1, chargingLimitSource: 'CSO', chargingProfile: { ...chargingProfile, ...updated } },
    ]);
  });

  it('that is rejected, or of a profile that is not known, changes nothing', async () => {
    const { told, request, list } = await dynamic();
    const before = await list();
    await told('UpdateDynamicSchedule', request({ limit: 8 }), { status: 'Rejected' }, 1);
    await told('UpdateDynamicSchedule', request({ limit: 8 }, 2), accepted, 1);
    expect(await list()).toEqual(before);
  });

  it('that is told again, and late, changes nothing that was set since, and brings nothing back', async () => {
    const { ask, told, reply, request, list, set, end } = await dynamic();
    const update = await ask('UpdateDynamicSchedule', request({ limit: 8 }));
    await reply(update, accepted, 1);
    await told('UpdateDynamicSchedule', request({ limit: 6 }), accepted, 1);
    const last = structuredClone(await list());
    await reply(update, accepted, 1);
    expect(await list()).toEqual(last);
    await set();
    const anew = structuredClone(await list());
    await reply(update, accepted, 1);
    expect(await list()).toEqual(anew);
    await end();
    await reply(update, accepted, 1);
    expect(await list()).toEqual([]);
  });
});

describe.each(protocols)('%s K08/5.7 GetCompositeSchedule', (protocol) => {
  const is16 = protocol === 'ocpp1.6';
  const scheduleStart = '2026-01-02T03:04:00Z';
  const schedule = { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 7_000 }] };
  const answer = is16
    ? { ...accepted, connectorId: 1, scheduleStart, chargingSchedule: { duration: 3_600, ...schedule } }
    : { ...accepted, schedule: { evseId: 1, duration: 3_600, scheduleStart, ...schedule } };
  const request = is16 ? { connectorId: 1, duration: 3_600 } : { evseId: 1, duration: 3_600 };

  it('TC_066 is kept as last known, as long as it holds', async () => {
    const { told, memory } = await connectedTo(protocol);
    expect(await told('GetCompositeSchedule', request, answer)).toBe('accepted');
    expect(await memory.inventory.list('CP1', 'composite-schedule')).toMatchObject([
      { key: '1', detail: { evseId: 1, duration: 3_600, scheduleStart, ...schedule } },
    ]);
    memory.clock.advance(3_600_000);
    expect(await memory.inventory.list('CP1', 'composite-schedule')).toEqual([]);
  });

  it('that is rejected leaves the former', async () => {
    const { told, memory } = await connectedTo(protocol);
    await told('GetCompositeSchedule', request, answer);
    expect(await told('GetCompositeSchedule', request, { status: 'Rejected' }, 1)).toBe('rejected');
    expect(await memory.inventory.list('CP1', 'composite-schedule')).toHaveLength(1);
  });
});

it('1.6 5.7: what the charge point leaves out of a schedule is as it was asked for', async () => {
  const { told, memory } = await connectedTo('ocpp1.6');
  const schedule = { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 7_000 }] };
  await told('GetCompositeSchedule', { connectorId: 2, duration: 60 }, { ...accepted, chargingSchedule: schedule });
  await told('GetCompositeSchedule', { connectorId: 3, duration: 60 }, accepted);
  expect(await memory.inventory.list('CP1', 'composite-schedule')).toMatchObject([
    { detail: { evseId: 2, duration: 60, scheduleStart: memory.clock.now().toISOString(), ...schedule } },
  ]);
});

it('a TxProfile is gone however its answer and the end of its transaction interleave', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      let turn: Turn = atOnce;
      const memory = inMemory({ turn: () => turn() });
      const event = (eventType: string, seqNo: number) =>
        call(memory, 'ocpp2.0.1', 'TransactionEvent', {
          ...{ eventType, seqNo, timestamp: memory.clock.now().toISOString(), triggerReason: 'Authorized' },
          ...{ transactionInfo: { transactionId: 't1' }, evse: { id: 1 } },
        });
      const chargingProfile = {
        id: 1,
        stackLevel: 0,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Relative',
      };
      const profile = { ...chargingProfile, transactionId: 't1', chargingSchedule: [] };
      const kept = { evseId: 1, chargingLimitSource: 'CSO', chargingProfile: profile };
      await event('Started', 0);
      turn = () => scheduler.schedule(Promise.resolve());
      const set = keepProfile(kept, memory.clock.now(), { ...memory, chargePointId: 'CP1' });
      await scheduler.waitFor(Promise.all([set, event('Ended', 1)]));
      turn = atOnce;
      expect(await memory.inventory.list('CP1', 'charging-profile')).toEqual([]);
    }),
  );
});
