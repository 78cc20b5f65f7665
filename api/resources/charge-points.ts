import * as z from 'zod/mini';
import { ChangedMeanwhile } from '../../csms/changed-meanwhile.js';
import { type ChargePointRecord, type ChargePointSettings, noSettings } from '../../csms/charge-points/records.js';
import { profileInUse, reportedProfile, securityComponent } from '../../csms/charge-points/security-profile.js';
import { lastDisconnect, live } from '../../csms/connections/life.js';
import type { ConnectionRecord } from '../../csms/connections/ports.js';
import { basePath } from '../base-path.js';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging } from '../pages.js';
import { chargePointId, nothing, ofChargePoint, text } from '../params.js';
import type { ApiPorts } from '../ports.js';
import { Problem } from '../problem.js';

/** What an operator says of a charge point. */
export const settings = {
  displayName: z.nullish(text),
  site: z.nullish(text),
  labels: z.nullish(z.array(text).check(z.maxLength(50))),
  registrationStatus: z.nullish(z.enum(['Accepted', 'Pending', 'Rejected'])),
  validation: z.nullish(z.enum(['strict', 'tolerant'])),
};

const connection = z.object({
  isConnected: z.boolean(),
  since: z.optional(z.string()),
  protocol: z.optional(z.string()),
  lastDisconnect: z.optional(z.object({ at: z.string(), reason: z.string() })),
});

/** As it told of it last, and that of its connection. */
const securityProfile = z.object({ reported: z.optional(z.number()), inUse: z.optional(z.number()) });

export const shownChargePoint = z.object({
  chargePointId: z.string(),
  displayName: z.optional(z.string()),
  site: z.optional(z.string()),
  labels: z.optional(z.array(z.string())),
  registrationStatus: z.optional(z.string()),
  validation: z.optional(z.string()),
  hasPassword: z.boolean(),
  protocol: z.optional(z.string()),
  hardware: z.optional(z.looseObject({ vendor: z.string(), model: z.string() })),
  bootedAt: z.optional(z.string()),
  bootReason: z.optional(z.string()),
  bootStatus: z.optional(z.string()),
  seenAt: z.optional(z.string()),
});

function shown({ registered: _, namespace: __, revision: ___, ...record }: ChargePointRecord): object {
  return record;
}

const noConnection: ConnectionRecord = { opening: [], replaced: [], replacedAt: [] };

function shownConnection(record: ConnectionRecord, now: Date): z.infer<typeof connection> {
  const current = live(record, now);
  const gone = lastDisconnect(record, now);
  return {
    isConnected: current !== undefined,
    ...(current && { since: current.since, protocol: current.protocol }),
    ...(gone && { lastDisconnect: { at: gone.since, reason: gone.reason } }),
  };
}

const listChargePoints = operation({
  id: 'listChargePoints',
  method: 'GET',
  path: '/charge-points',
  summary: 'Charge points by name, with their connections: all, those of a site, or those with a label',
  role: 'viewer',
  params: nothing,
  query: z.strictObject({ ...paging, site: z.optional(text), label: z.optional(text) }),
  answers: { 200: { description: 'A page of them', schema: pageOf(z.extend(shownChargePoint, { connection })) } },
  example: { query: { site: 'Depot North', limit: '10' }, status: 200 },
  async handle({ query: { site, label, ...page } }, { chargePointRecords, connectionRecords, clock, stage }) {
    if (site !== undefined && label !== undefined) {
      throw new Problem('bad-parameter', 'Leave site or label away: of one there is an index, of both there is none.');
    }
    const where = label === undefined ? { site } : { label };
    const found = await chargePointRecords.list({ namespace: stage.namespace, ...where }, page);
    const connections = await connectionRecords.ofAll(found.items.map(({ chargePointId }) => chargePointId));
    return pageReply(found, (record) => ({
      ...shown(record),
      connection: shownConnection(connections.get(record.chargePointId) ?? noConnection, clock.now()),
    }));
  },
});

const createChargePoint = operation({
  id: 'createChargePoint',
  method: 'POST',
  path: '/charge-points',
  summary: 'Registers a charge point: creates its IoT thing',
  role: 'operator',
  params: nothing,
  query: nothing,
  body: z.strictObject({ chargePointId, ...settings }),
  placesIt: true,
  answers: { 201: { description: 'It may connect now', schema: shownChargePoint } },
  example: {
    body: { chargePointId: 'CP2', displayName: 'Gate 2', site: 'Depot North', labels: ['fast'] },
    status: 201,
  },
  async handle({ body: { chargePointId: id, ...said } }, ports) {
    return { status: 201, ...(await register(id, said, ports)) };
  },
});

/** Creates a charge point's thing, and records what is said of it. @throws {Problem} when there is one of this name */
export async function register(
  id: string,
  said: ChargePointSettings,
  { things, chargePoints, chargePointRecords, clock, stage }: ApiPorts,
): Promise<{ body: object; headers: Record<string, string>; revision: number }> {
  const at = clock.now().getTime();
  const { isNew, namespace } = await things.create(id, stage.namespace);
  if (namespace !== stage.namespace) {
    const told = `Choose another name: ${id} belongs to ${namespace ? `namespace ${namespace}` : 'the empty namespace'}, and a thing name exists once per account and Region.`;
    throw new Problem('thing-elsewhere', told);
  }
  const known = await chargePointRecords.read(id);
  // Whoever was interrupted before he could record it may ask again.
  if (!isNew && known?.registered && known.revision > 0) {
    throw new Problem('charge-point-exists', `Change it with PATCH /charge-points/${id}.`);
  }
  // Any event of the registry about this thing is newer.
  await chargePoints.mirror({ chargePointId: id, registered: true, namespace, at });
  const record = await chargePointRecords.change(id, { ...noSettings, ...said });
  const headers = { location: `${basePath}/charge-points/${id}` };
  return { body: shown(record), headers, revision: record.revision };
}

const getChargePoint = operation({
  id: 'getChargePoint',
  method: 'GET',
  path: '/charge-points/{chargePointId}',
  summary: 'A charge point, with its connection and its security profile',
  role: 'viewer',
  params: ofChargePoint,
  query: nothing,
  answers: { 200: { description: 'It', schema: z.extend(shownChargePoint, { connection, securityProfile }) } },
  example: { params: { chargePointId: 'CP1' }, status: 200 },
  async handle({ params }, ports) {
    const { revision, ...record } = await readChargePoint(params.chargePointId, ports);
    const { chargePointId: id, protocol } = record;
    const [connections, component] = await Promise.all([
      ports.connections.read(id),
      ports.components.find(id, securityComponent(protocol)),
    ]);
    const now = ports.clock.now();
    const reported = reportedProfile(component);
    const inUse = profileInUse(live(connections, now), ports.edgeUrl.startsWith('https:'));
    const body = {
      ...shown({ ...record, revision }),
      connection: shownConnection(connections, now),
      securityProfile: { ...(reported !== undefined && { reported }), ...(inUse !== undefined && { inUse }) },
    };
    return { status: 200, body, revision };
  },
});

const changeChargePoint = operation({
  id: 'changeChargePoint',
  method: 'PATCH',
  path: '/charge-points/{chargePointId}',
  summary: 'Changes what is said of a charge point; null takes something away',
  role: 'operator',
  params: ofChargePoint,
  query: nothing,
  body: z.strictObject(settings),
  placesIt: true,
  isConditional: true,
  answers: { 200: { description: 'As it is now', schema: shownChargePoint } },
  example: { params: { chargePointId: 'CP1' }, body: { displayName: 'Gate 1', labels: null }, status: 200 },
  async handle({ params, body, expected }, ports) {
    await readChargePoint(params.chargePointId, ports);
    const record = await ports.chargePointRecords.change(params.chargePointId, body, expected);
    return { status: 200, body: shown(record), revision: record.revision };
  },
});

const deleteChargePoint = operation({
  id: 'deleteChargePoint',
  method: 'DELETE',
  path: '/charge-points/{chargePointId}',
  summary: 'Takes a charge point out of the registry: it is disconnected, what it told is kept',
  role: 'operator',
  params: ofChargePoint,
  query: nothing,
  isConditional: true,
  answers: { 204: { description: 'It is gone' } },
  example: { params: { chargePointId: 'CP1' }, status: 204 },
  async handle({ params: { chargePointId: id }, expected }, ports) {
    const { chargePointRecords, chargePoints, things, clock } = ports;
    const { revision, namespace } = await readChargePoint(id, ports);
    if (expected !== undefined && expected !== revision) throw new ChangedMeanwhile();
    const at = clock.now().getTime();
    await things.delete(id);
    await chargePoints.mirror({ chargePointId: id, registered: false, namespace, at });
    await chargePointRecords.change(id, noSettings);
    await chargePointRecords.setPassword(id, undefined, clock.now());
    return { status: 204 };
  },
});

export const chargePointOperations = [
  listChargePoints,
  createChargePoint,
  getChargePoint,
  changeChargePoint,
  deleteChargePoint,
];
