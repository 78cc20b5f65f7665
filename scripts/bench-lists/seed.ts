import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { componentPath } from '../../csms/device-model/path.js';
import type { System } from '../../start/system.js';

type Item = Record<string, unknown>;

const minute = 60_000;
const day = 24 * 60 * minute;

/** How many there are: of charge points, with ten transactions each, and of what one of them alone has. */
export const count = { chargePoints: 10_000, transactions: 100_000, idTokens: 10_000, audit: 10_000, ofOne: 1_000 };

export const site = 'Site 7';
export const groupId = 'GROUP-7';
/** The charge point whose commands, history and meter values there are. */
export const busy = nameOf(7);
/** Has many charge points. */
export const bigTask = taskIdOf(7);
/** Of `busy`, with meter values. */
export const metered = 'tx-7';

const parallel = 8;
const perWrite = 25;

function nameOf(n: number): string {
  return `CP-${String(n).padStart(5, '0')}`;
}

/** Writes it all, as the system's own writers would have in the two months until `now`. Ten sites of a thousand, and groups of a hundred tokens. */
export async function seed({ account, stack }: System, now: number): Promise<void> {
  const client = new DynamoDBClient({
    ...{ region: 'us-east-1', credentials: { accessKeyId: 'user', secretAccessKey: 'any' } },
    endpoint: `${account.endpoint.url}/dynamodb`,
  });
  const dynamodb = DynamoDBDocumentClient.from(client);
  for (const [logicalId, total, itemOf] of tables(now)) {
    const table = stack.resources.ofType('AWS::DynamoDB::Table').find((one) => one.logicalId === logicalId);
    if (!table) throw new Error(`The template has no ${logicalId}.`);
    const begun = performance.now();
    let next = 0;
    const write = async () => {
      while (next < total) {
        const from = next;
        next += perWrite;
        const items = Array.from({ length: Math.min(perWrite, total - from) }, (_, i) => itemOf(from + i));
        const requests = items.map((Item) => ({ PutRequest: { Item } }));
        await dynamodb.send(new BatchWriteCommand({ RequestItems: { [table.ref]: requests } }));
      }
    };
    await Promise.all(Array.from({ length: parallel }, write));
    console.log(`${total} into ${logicalId} in ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
  }
  client.destroy();
}

function tables(now: number): [logicalId: string, total: number, itemOf: (n: number) => Item][] {
  /** The nth of so many, spread evenly over two months. */
  const at = (n: number, of: number) => new Date(now - 60 * day + Math.floor((n * 60 * day) / of)).toISOString();
  return [
    ['ChargePointsTable', count.chargePoints, (n) => chargePoint(n, at(n, count.chargePoints))],
    ['LabelsTable', count.chargePoints, label],
    ['TransactionsTable', count.transactions, (n) => transaction(n, at(n, count.transactions), now)],
    ['IdTokensTable', count.idTokens, idToken],
    ['AuditTable', count.audit, (n) => auditEntry(n, at(n, count.audit))],
    ['CommandsTable', count.ofOne, (n) => command(n, at(n, count.ofOne))],
    ['HistoryTable', count.ofOne, (n) => securityEvent(n, at(n, count.ofOne))],
    ['HistoryTable', count.ofOne, (n) => keptFrame(n, at(n, count.ofOne))],
    ['MeterValuesTable', count.ofOne, (n) => meterValues(at(n, count.ofOne))],
    ['MessagesTable', count.ofOne, (n) => message(n, at(n, count.ofOne))],
    ['KnocksTable', count.ofOne, (n) => knock(n, at(n, count.ofOne))],
    ['ComponentsTable', count.ofOne, (n) => component(n, at(n, count.ofOne))],
    ['InventoryTable', count.ofOne, (n) => chargingProfile(n, at(n, count.ofOne))],
    ['JobsTable', count.ofOne, (n) => logJob(n, at(n, count.ofOne))],
    ['TasksTable', count.ofOne, (n) => task(n, at(n, count.ofOne))],
    ['TasksTable', count.ofOne, target],
  ];
}

const siteOf = (n: number) => `Site ${n % 10}`;

/** Each has the label too. */
function label(n: number): Item {
  return { label: '//bench', chargePointId: nameOf(n), revision: 1 };
}

function chargePoint(n: number, bootedAt: string): Item {
  const ofSite = siteOf(n);
  return {
    ...{
      chargePointId: nameOf(n),
      registered: true,
      namespace: '',
      listedIn: '/',
      site: ofSite,
      siteOf: `//${ofSite}`,
    },
    ...{ displayName: `Charge point ${n}`, labels: ['bench'], revision: 1, registryAt: 1 },
    ...{ protocol: 'ocpp2.0.1', bootReason: 'PowerUp', bootStatus: 'Accepted', bootedAt, seenAt: bootedAt },
    hardware: { vendor: 'Acme', model: 'Wallbox', serialNumber: String(n), firmwareVersion: '1.0.0' },
  };
}

/** One in a hundred is open; each charge point has ten, one after another. */
function transaction(n: number, startedAt: string, now: number): Item {
  const isOpen = n % 100 === 7;
  const by = `${startedAt}#000000000`;
  const endedAt = new Date(Date.parse(startedAt) + 30 * minute).toISOString();
  const told = { idToken: `TOKEN-${n % count.idTokens}`, type: 'ISO14443', authorization: 'Accepted' };
  return {
    ...{ chargePointId: nameOf(n % count.chargePoints), transactionId: `tx-${n}`, version: 5, writer: 'bench' },
    ...{ began: startedAt, month: startedAt.slice(0, 7), site: siteOf(n % count.chargePoints) },
    // The sweep is to leave them alone.
    ...(isOpen && { openOn: 1, dueFor: 'forget', dueAt: new Date(now + day).toISOString() }),
    transaction: {
      ...{
        site: siteOf(n % count.chargePoints),
        protocol: 'ocpp2.0.1',
        evseId: 1,
        connectorId: 1,
        firstAt: startedAt,
        heardAt: endedAt,
        energy: 7_000,
      },
      startedAt: { value: startedAt, by },
      idToken: { value: told, by },
      chargingState: { value: 'Charging', by },
      ...(!isOpen && { ended: { value: { at: endedAt, reason: 'Local' }, by: `${endedAt}#000000004` } }),
      begin: { by: `1#${startedAt}`, value: 1_000, isCertain: true },
      end: { by: `1#${endedAt}`, value: 8_000, isCertain: true },
      seqNos: [[0, 4]],
    },
  };
}

function idToken(n: number): Item {
  const group = `GROUP-${n % 100}`;
  return { idToken: `TOKEN-${n}`, listedIn: 'all', groupId: group, status: 'Accepted', revision: 1 };
}

function auditEntry(n: number, at: string): Item {
  const about = `charge-points/${nameOf(n % 10)}`;
  const id = String(n).padStart(26, '0');
  return {
    ...{ trail: 'changes', entry: `${at}#${id}`, id, at, by: 'api-token bench', role: 'admin', about },
    ...{ method: 'PATCH', path: `/${about}`, body: '{"site":"Depot"}', status: 200 },
  };
}

/** One in ten is queued. */
function command(n: number, order: string): Item {
  const commandId = `${String(n).padStart(26, '0')}`;
  const isQueued = n % 10 === 7;
  const outcome = { type: 'CALLRESULT', payload: { status: 'Accepted' } };
  return {
    ...{ chargePointId: busy, item: `command#${commandId}`, version: 3, writer: 'bench' },
    ...(isQueued && { queuedAs: `${order}#${commandId}` }),
    command: {
      ...{ commandId, action: 'ClearCache', payload: '{}', order: `${order}#${commandId}`, attempts: [] },
      ...{
        status: isQueued ? 'queued' : 'accepted',
        expiresAt: order,
        ...(!isQueued && { settledAt: order, outcome }),
      },
    },
  };
}

function securityEvent(n: number, at: string): Item {
  const detail = { type: 'InvalidMessages', timestamp: at, techInfo: `number ${n}` };
  return { chargePointId: busy, entry: `security-event#${at}#${n}`, detail };
}

function meterValues(at: string): Item {
  const value = { measurand: 'Energy.Active.Import.Register', context: 'Sample.Periodic', location: 'Outlet' };
  return {
    ...{ series: `${busy}#transaction#${metered}`, at: `${at}#bench`, chargePointId: busy, evseId: 1 },
    ...{ transactionId: metered, receivedAt: at },
    meterValues: [{ at, sampledValues: [{ ...value, value: 7_000, unit: 'Wh' }] }],
  };
}

function keptFrame(n: number, receivedAt: string): Item {
  const id = n.toString(16).padStart(16, '0');
  const frame = '[2,"m","StopTransaction",{}]';
  const fault = { code: 'OccurenceConstraintViolation', why: 'meterStop is missing' };
  const detail = { frame, receivedAt, protocol: 'ocpp1.6', action: 'StopTransaction', ...fault };
  return { chargePointId: busy, entry: `frame#${receivedAt}#${id}`, detail, openFor: 'repair' };
}

function message(n: number, at: string): Item {
  const said = { messageId: `m-${n}`, connectionId: 'bench', action: 'Heartbeat', protocol: 'ocpp2.0.1' };
  return {
    ...{ chargePointId: busy, exchange: `${at}#m-${n}`, ...said, askedBy: 'charge-point', request: { json: '{}' } },
    answer: { by: 'csms', type: 'CALLRESULT', latency: 40, json: `{"currentTime":"${at}"}` },
  };
}

function knock(n: number, lastAt: string): Item {
  const last = { address: '192.0.2.1', subprotocols: ['ocpp2.0.1'], hasCredentials: false };
  return { chargePointId: `STRANGER-${n}`, code: 'not-registered', firstAt: lastAt, lastAt, times: 3, last };
}

function component(n: number, at: string): Item {
  const key = { name: `Component${n}` };
  const variable = { name: 'Enabled', attributes: [{ type: 'Actual', value: { is: 'true', at, receivedAt: at } }] };
  return { chargePointId: busy, component: componentPath(key), version: 1, record: { ...key, variables: [variable] } };
}

function chargingProfile(n: number, at: string): Item {
  const detail = JSON.stringify({ evseId: 1, chargingProfile: { id: n, stackLevel: 0 } });
  return { chargePointId: busy, item: `charging-profile#${n}`, at, detail };
}

function logJob(n: number, at: string): Item {
  return { chargePointId: busy, job: `log#${n}`, version: 1, record: { statuses: [{ status: 'Uploaded', at }] } };
}

function task(n: number, createdAt: string): Item {
  const said = { action: 'ClearCache', payload: '{}', selection: {}, status: 'ended', step: 3 };
  return {
    ...{ taskId: taskIdOf(n), item: 'task', listedIn: 'tasks', createdAt, version: 3 },
    task: { ...said, createdAt, deadline: createdAt, dueAt: createdAt, endedAt: createdAt },
  };
}

function target(n: number): Item {
  const chargePointId = nameOf(n);
  const said = { chargePointId, commandId: `command-${n}`, status: 'accepted' };
  return { taskId: bigTask, item: `target#${chargePointId}`, version: 1, target: said };
}

function taskIdOf(n: number): string {
  return String(n).padStart(26, '0');
}
