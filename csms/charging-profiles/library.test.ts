import { describe, expect, it } from 'vitest';
import { inMemory } from '../../test/memory/index.js';
import { complete } from '../commands/complete.js';
import { protocols } from '../ocpp/protocol.js';
import { validateCommand } from '../ocpp/validate.js';
import { deleteProfile, type NamedProfile, namedProfiles, profileNamed, saveProfile } from './library.js';
import { payloadOf } from './payload.js';

const night: NamedProfile = {
  ...{ name: 'Night', purpose: 'TxDefaultProfile', kind: 'Recurring', recurrency: 'Daily', stackLevel: 1 },
  ...{ validFrom: '2026-01-01T00:00:00Z', validTo: '2027-01-01T00:00:00Z' },
  schedule: {
    ...{ start: '2026-01-01T22:00:00Z', duration: 86_400, unit: 'A', minRate: 6 },
    periods: [
      { start: 0, limit: 32, phases: 3 },
      { start: 28_800, limit: 9.87 },
    ],
  },
};
const least: NamedProfile = {
  ...{ name: 'Least', purpose: 'TxProfile', kind: 'Relative', stackLevel: 0 },
  schedule: { unit: 'W', periods: [{ start: 0, limit: 4_200 }] },
};

describe('the library', () => {
  it('has profiles by their names, for all charge points', async () => {
    const memory = inMemory();
    await saveProfile(night, memory);
    await saveProfile(least, memory);
    expect(await profileNamed('Night', memory)).toEqual(night);
    expect(await namedProfiles(memory)).toEqual([least, night]);
  });

  it('has the newest under a name, and none that was deleted', async () => {
    const memory = inMemory();
    await saveProfile(night, memory);
    memory.clock.advance(1);
    await saveProfile({ ...night, stackLevel: 2 }, memory);
    expect((await profileNamed('Night', memory))?.stackLevel).toBe(2);
    memory.clock.advance(1);
    await deleteProfile('Night', memory);
    expect([await profileNamed('Night', memory), await namedProfiles(memory)]).toEqual([undefined, []]);
  });

  const periods = (...starts: number[]) => starts.map((start) => ({ start, limit: 1 }));
  it.each<[string, NamedProfile]>([
    ['starts at 0', { ...night, schedule: { ...night.schedule, periods: periods(5) } }],
    ['starts at 0', { ...night, schedule: { ...night.schedule, periods: [] } }],
    ['in the order', { ...night, schedule: { ...night.schedule, periods: periods(0, 60, 60) } }],
    ['recurrency', { ...night, kind: 'Absolute' }],
    ['unless it is relative', { ...night, schedule: least.schedule }],
    ['relative to nothing', { ...least, purpose: 'ChargingStationMaxProfile' }],
    ['ends after', { ...night, validTo: '2025-01-01T00:00:00Z' }],
  ])('refuses what cannot be meant: %s', async (reason, wrong) => {
    const memory = inMemory();
    await expect(saveProfile(wrong, memory)).rejects.toThrow(reason);
    expect(await namedProfiles(memory)).toEqual([]);
  });
});

describe.each(protocols)('%s K01/5.16 SetChargingProfile of a profile of the library', (protocol) => {
  it.each([
    [night, { evseId: 0 }],
    [least, { evseId: 1, transactionId: '17' }],
    [{ ...night, purpose: 'ChargingStationMaxProfile' } as NamedProfile, { evseId: 0 }],
  ])('is what the schema asks for, once it has a number', async (profile, use) => {
    const payload = payloadOf(profile, use, protocol);
    const call = { chargePointId: 'CP1', commandId: 'c1', action: 'SetChargingProfile', payload };
    const memory = inMemory();
    const completed = await complete(call, protocol, { ...memory, fileUrls: memory.files });
    await expect(validateCommand(protocol, 'SetChargingProfile', completed)).resolves.toMatchObject(payload);
  });

  it('has the number that it is given', async () => {
    const payload = payloadOf(night, { id: 7, evseId: 0 }, protocol);
    await expect(validateCommand(protocol, 'SetChargingProfile', payload)).resolves.toEqual(payload);
  });
});

it('1.6 has one decimal for a limit, which is never more than was meant', () => {
  const { csChargingProfiles } = payloadOf(night, { evseId: 0 }, 'ocpp1.6') as {
    csChargingProfiles: { chargingSchedule: { chargingSchedulePeriod: { limit: number }[] } };
  };
  expect(csChargingProfiles.chargingSchedule.chargingSchedulePeriod.map(({ limit }) => limit)).toEqual([32, 9.8]);
});
