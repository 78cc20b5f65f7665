import * as z from 'zod/mini';
import {
  deleteProfile,
  type NamedProfile,
  namedProfiles,
  profileNamed,
  saveProfile,
} from '../../csms/charging-profiles/library.js';
import { basePath } from '../base-path.js';
import { profileUnknown } from '../completed.js';
import { segmentOf, textOf } from '../names.js';
import { operation } from '../operation.js';
import { nothing } from '../params.js';
import { Problem } from '../problem.js';

const longestName = 100;
const ofProfile = z.strictObject({ name: z.string().check(z.minLength(1), z.maxLength(400)) });

const whole = z.int().check(z.minimum(0));
const rate = z.number().check(z.minimum(0), z.maximum(10_000_000));
const said = z.strictObject({
  purpose: z.enum(['ChargingStationMaxProfile', 'TxDefaultProfile', 'TxProfile']),
  kind: z.enum(['Absolute', 'Recurring', 'Relative']),
  recurrency: z.optional(z.enum(['Daily', 'Weekly'])),
  stackLevel: whole.check(z.maximum(1_000)),
  validFrom: z.optional(z.iso.datetime()),
  validTo: z.optional(z.iso.datetime()),
  schedule: z.strictObject({
    start: z.optional(z.iso.datetime()),
    duration: z.optional(whole.check(z.minimum(1))),
    unit: z.enum(['A', 'W']),
    minRate: z.optional(rate),
    periods: z
      .array(
        z.strictObject({ start: whole, limit: rate, phases: z.optional(z.int().check(z.minimum(1), z.maximum(3))) }),
      )
      .check(z.minLength(1), z.maxLength(1_024)),
  }),
});
const shownProfile = z.object({ name: z.string(), ...said.shape });

const night = {
  ...{ purpose: 'TxDefaultProfile', kind: 'Recurring', recurrency: 'Daily', stackLevel: 1 },
  schedule: {
    ...{ start: '2026-01-01T22:00:00Z', duration: 86_400, unit: 'A' },
    periods: [
      { start: 0, limit: 32 },
      { start: 28_800, limit: 10 },
    ],
  },
};

/** @throws {Problem} for a text that no profile may be called */
function nameOf(segment: string): string {
  const name = textOf(segment);
  if (name.length <= longestName && !/\p{Cc}/u.test(name)) return name;
  const told = `Choose a name of at most ${longestName} characters, none of them a control character.`;
  throw new Problem('bad-parameter', told);
}

const listProfiles = operation({
  id: 'listChargingProfiles',
  method: 'GET',
  path: '/charging-profiles',
  summary: 'The library of charging profiles, by name',
  role: 'viewer',
  params: nothing,
  query: nothing,
  answers: { 200: { description: 'All of them', schema: z.object({ items: z.array(shownProfile) }) } },
  example: { status: 200 },
  async handle(_, ports) {
    return { status: 200, body: { items: await namedProfiles(ports) } };
  },
});

const getProfile = operation({
  id: 'getChargingProfile',
  method: 'GET',
  path: '/charging-profiles/{name}',
  summary: 'A charging profile of the library',
  role: 'viewer',
  params: ofProfile,
  query: nothing,
  answers: { 200: { description: 'It', schema: shownProfile } },
  example: { params: { name: 'Night' }, status: 200 },
  async handle({ params }, ports) {
    const profile = await profileNamed(nameOf(params.name), ports);
    if (!profile) throw profileUnknown();
    return { status: 200, body: profile };
  },
});

const putProfile = operation({
  id: 'putChargingProfile',
  method: 'PUT',
  path: '/charging-profiles/{name}',
  summary:
    'Puts a charging profile into the library, for any charge point of any version; those that have the former keep it',
  role: 'operator',
  params: ofProfile,
  query: nothing,
  body: said,
  answers: {
    200: { description: 'It is as you say now', schema: shownProfile },
    201: { description: 'It is in the library', schema: shownProfile },
  },
  example: { params: { name: 'Weekend' }, body: night, status: 201 },
  async handle({ params, body }, ports) {
    const name = nameOf(params.name);
    const isNew = (await profileNamed(name, ports)) === undefined;
    const profile = { name, ...body } as NamedProfile;
    await saveProfile(profile, ports).catch((error) => {
      throw error instanceof RangeError ? new Problem('bad-body', `Correct this: ${error.message}`) : error;
    });
    const headers = { location: `${basePath}/charging-profiles/${segmentOf(name)}` };
    return { status: isNew ? 201 : 200, body: profile, headers };
  },
});

const deletesProfile = operation({
  id: 'deleteChargingProfile',
  method: 'DELETE',
  path: '/charging-profiles/{name}',
  summary: 'Takes a charging profile out of the library; charge points that have it keep it',
  role: 'operator',
  params: ofProfile,
  query: nothing,
  answers: { 204: { description: 'It is gone' } },
  example: { params: { name: 'Night' }, status: 204 },
  async handle({ params }, ports) {
    const name = nameOf(params.name);
    if (!(await profileNamed(name, ports))) throw profileUnknown();
    await deleteProfile(name, ports);
    return { status: 204 };
  },
});

export const chargingProfileOperations = [listProfiles, getProfile, putProfile, deletesProfile];
