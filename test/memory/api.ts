import { createApi } from '../../api/app.js';
import type { Person } from '../../api/ports.js';
import type { Role } from '../../csms/access/ports.js';
import { marksOf } from '../../csms/access/token.js';
import { saveProfile } from '../../csms/charging-profiles/library.js';
import { firmwareKey, uploadFolder } from '../../csms/files/keys.js';
import { itemKey } from '../../csms/inventory/key.js';
import { MemoryApiTokens, MemoryAuditTrail, MemoryIdempotency } from './access.js';
import { inMemory } from './index.js';
import { MemoryLive } from './live.js';
import {
  MemoryCalls,
  MemoryCommandRecords,
  MemoryComponentRecords,
  MemoryConfigurationRecords,
  MemoryConnectionRecords,
  MemoryConnectorRecords,
  MemoryHistoryRecords,
  MemoryIdTokenRecords,
  MemoryInventoryRecords,
  MemoryJobRecords,
  MemoryMeterValueRecords,
  MemoryThings,
  MemoryTransactionRecords,
} from './records.js';

export const now = new Date('2026-05-20T10:00:00Z');

/** The API over ports in memory, a token for each role, and something of everything: what the examples ask for. */
export async function apiInMemory() {
  const memory = inMemory();
  memory.clock.millis = now.getTime();
  const errors: unknown[] = [];
  const depths: Record<string, number> = { FailuresQueue: 0, TimersDeadLetterQueue: 0 };
  const ports = {
    ...memory,
    apiTokens: new MemoryApiTokens(),
    audit: new MemoryAuditTrail(),
    idempotency: new MemoryIdempotency(),
    calls: new MemoryCalls(),
    things: new MemoryThings(memory.registry),
    keptFrameRecords: memory.keptFrames,
    chargePointRecords: memory.records,
    commandRecords: new MemoryCommandRecords(memory.commands),
    connectorRecords: new MemoryConnectorRecords(memory.connectors),
    historyRecords: new MemoryHistoryRecords(memory.history),
    idTokenRecords: new MemoryIdTokenRecords(memory.idTokens),
    meterValueRecords: new MemoryMeterValueRecords(memory.meterValues),
    transactionRecords: new MemoryTransactionRecords(memory.transactions),
    componentRecords: new MemoryComponentRecords(memory.components),
    configurationRecords: new MemoryConfigurationRecords(memory.shadows, memory.desired),
    connectionRecords: new MemoryConnectionRecords(memory.connections),
    inventoryRecords: new MemoryInventoryRecords(memory.inventory),
    edgeUrl: 'https://edge.example',
    jobRecords: new MemoryJobRecords(memory.jobs, memory.clock),
    fileUrls: memory.files,
    knockRecords: memory.knocks,
    messageRecords: memory.messages,
    live: new MemoryLive(),
    queues: { depths: async () => depths },
    wait: async (ms: number) => memory.clock.advance(ms),
    onError: (...what: unknown[]) => errors.push(what),
    stage: {
      ...memory.stage,
      version: '0.0.0-test',
      ...{ audience: 'csms', issuer: '', logLevel: 'WARN', messageLog: 7, roleClaim: 'groups' },
    },
  };
  for (const role of ['viewer', 'operator', 'admin'] as const) await putToken(ports.apiTokens, role);
  const app = createApi(ports);

  /** @param asked `GET /charge-points`; who: a role, a token, a person, or nobody */
  async function ask(
    asked: string,
    {
      who = 'admin',
      body,
      headers = {},
    }: { who?: Role | 'nobody' | Person; body?: unknown; headers?: Record<string, string> } = {},
  ) {
    const [method = 'GET', path = '/'] = asked.split(' ');
    const all = new Headers(headers);
    if (typeof who === 'string' && who !== 'nobody' && !all.has('authorization')) {
      all.set('authorization', `Bearer ${tokenOf(who)}`);
    }
    if (body !== undefined && !all.has('content-type')) {
      all.set('content-type', typeof body === 'string' ? 'text/csv' : 'application/json');
    }
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const request = new Request(`https://api/api/v1${path}`, {
      method,
      headers: all,
      ...(text !== undefined && { body: text }),
    });
    const response = await app.fetch(request, typeof who === 'object' ? { person: who } : {});
    const answer = await response.text();
    const isJson = answer !== '' && /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text: answer,
      body: isJson ? JSON.parse(answer) : undefined,
    };
  }
  return { ports, ask, errors, depths };
}

/** The token of each role in these tests. */
export const tokenOf = (role: Role) => `csms_${role}-of-the-tests`;

async function putToken(apiTokens: MemoryApiTokens, role: Role): Promise<void> {
  const { tokenId, hash } = marksOf(tokenOf(role));
  const expiresAt = new Date(now.getTime() + 86_400_000).toISOString();
  const token = { tokenId, name: role, role, createdAt: now.toISOString(), createdBy: 'tests', expiresAt };
  await apiTokens.add(token, hash);
}

type World = Awaited<ReturnType<typeof apiInMemory>>;

/** A charge point CP1 with all that belongs to one: connected, with a transaction and a command in its queue. */
export async function furnish({ ports }: Pick<World, 'ports'>): Promise<void> {
  const at = now.toISOString();
  await ports.things.create('CP1', '');
  ports.chargePoints.put({ chargePointId: 'CP1' });
  await ports.chargePointRecords.change('CP1', { site: 'Depot North', labels: ['fast'] });
  const hardware = { vendor: 'Acme', model: 'Wallbox' };
  await ports.chargePoints.booted({ chargePointId: 'CP1', protocol: 'ocpp2.0.1', hardware, at: now }, 'Accepted');
  const current = {
    ...{ connectionId: 'L0SM9cOFvHcCIhw=', protocol: 'ocpp2.0.1' as const, since: at, hasPassword: true },
  };
  await ports.connections.change('CP1', (record) => ({ ...record, current }));
  const place = { chargePointId: 'CP1', evseId: 1, connectorId: 1 };
  await ports.connectors.report({ ...place, status: 'Occupied', at: now, receivedAt: now });
  ports.idTokens.put({ idToken: '04A2B3', groupId: 'FLEET' });
  const firstAt = '2026-05-19T08:00:00.000Z';
  await ports.transactions.change('CP1', 'tx-1', () => ({
    ...place,
    ...{ transactionId: 'tx-1', protocol: 'ocpp2.0.1', firstAt, heardAt: at, energy: 1_500 },
    startedAt: { value: firstAt, by: firstAt },
  }));
  const sampled = {
    measurand: 'Power.Active.Import',
    context: 'Sample.Periodic',
    location: 'Outlet',
    value: 7_200,
    unit: 'W',
  };
  const meterValues = [{ at: firstAt, sampledValues: [sampled] }];
  await ports.meterValues.add({ chargePointId: 'CP1', evseId: 1, transactionId: 'tx-1', meterValues, receivedAt: now });
  await ports.history.add({
    chargePointId: 'CP1',
    kind: 'security-event',
    at: now,
    id: 'one',
    detail: { type: 'ResetOrReboot' },
  });
  const told = { at, receivedAt: at };
  await ports.components.change('CP1', { name: 'SecurityCtrlr' }, () => ({
    name: 'SecurityCtrlr',
    variables: [{ name: 'SecurityProfile', attributes: [{ type: 'Actual', value: { is: '2', ...told } }] }],
  }));
  const certificate = { certificateType: 'CSMSRootCertificate', serialNumber: '1', issuerNameHash: 'aa' };
  const key = itemKey(...Object.values(certificate));
  await ports.inventory.put({ chargePointId: 'CP1', kind: 'certificate', key, at: now, detail: certificate });
  ports.shadows.desire('CP1', { 'OCPPCommCtrlr/HeartbeatInterval': '600' });
  await ports.jobs.change({ chargePointId: 'CP1', kind: 'log', requestId: 7 }, () => ({
    asked: { at, commandId: 'asked-1', file: uploadFolder({ chargePointId: 'CP1', kind: 'log', requestId: 7 }) },
    statuses: [{ status: 'Uploaded', at }],
  }));
  const put = (key: string) => ports.files.stored.set(key, { key, size: 3, at, body: Buffer.from('abc') });
  put('uploads/CP1/log/7/cp1.log');
  put(firmwareKey('wallbox-1.2.bin'));
  const kept = { frame: '[2,"m1","TransactionEvent",{"eventType":"Ended"', connectionId: current.connectionId };
  await ports.history.add({
    ...{ chargePointId: 'CP1', kind: 'frame', at: now, id: '00112233445566aa' },
    detail: {
      ...{ ...kept, protocol: 'ocpp2.0.1', action: 'TransactionEvent', code: 'not-a-frame', receivedAt: at },
      why: 'The message is not JSON.',
    },
  });
  await ports.commands.add({
    ...{ chargePointId: 'CP1', commandId: 'queued-1', action: 'ClearCache', payload: '{}', status: 'queued' },
    ...{ order: `${at}#queued-1`, expiresAt: '2026-05-21T10:00:00.000Z', dueAt: at, attempts: [] },
  });
  const came = { at: now, hasCredentials: false, address: '192.0.2.7', subprotocols: 'ocpp1.6' };
  await ports.knocks.add({ chargePointId: 'CP7', code: 'not-registered', ...came }, 3);
  await ports.messages.add({
    ...{ chargePointId: 'CP1', messageId: 'm1', connectionId: current.connectionId, protocol: 'ocpp2.0.1', at: now },
    ...{ askedBy: 'charge-point', action: 'Heartbeat', request: {} },
    answer: { by: 'csms', answeredAt: now, type: 'CALLRESULT', payload: { currentTime: at } },
  });
  await saveProfile(
    {
      ...{ name: 'Night', purpose: 'TxDefaultProfile', kind: 'Absolute', stackLevel: 1 },
      schedule: { start: at, unit: 'A', periods: [{ start: 0, limit: 16 }] },
    },
    ports,
  );
  await ports.reservations.change('CP1', 17, () => ({
    ...{ chargePointId: 'CP1', reservationId: 17 },
    asked: { at, commandId: 'asked-17', evseId: 1, idToken: '04A2B3', expiresAt: '2026-05-20T12:00:00.000Z' },
  }));
  const deadline = '2026-05-21T10:00:00.000Z';
  await ports.tasks.add({
    ...{ taskId: 'task-1', action: 'ClearCache', payload: '{}', selection: {}, status: 'waiting', step: 1 },
    ...{ createdAt: at, deadline, dueAt: '2026-05-20T11:00:00.000Z' },
  });
  await ports.tasks.addTarget({ taskId: 'task-1', chargePointId: 'CP1', commandId: 'task-cp1', status: 'queued' });
  const expiresAt = '2026-06-01T00:00:00.000Z';
  const token = {
    tokenId: '00112233445566778899',
    name: 'old',
    role: 'viewer' as const,
    createdAt: at,
    createdBy: 'tests',
    expiresAt,
  };
  await ports.apiTokens.add(token, 'none');
}
