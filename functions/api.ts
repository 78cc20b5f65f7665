import middy from '@middy/core';
import { createApi } from '../api/app.js';
import type { Person } from '../api/ports.js';
import { dynamoApiTokens } from '../aws/api-tokens.js';
import { dynamoAuditTrail } from '../aws/audit-trail.js';
import { dynamoChargePointRecords } from '../aws/charge-point-records.js';
import { dynamoChargePoints } from '../aws/charge-points.js';
import { clock, wait } from '../aws/clock.js';
import { dynamoCommandRecords, dynamoCommands } from '../aws/commands.js';
import { dynamoComponentRecords, dynamoComponents } from '../aws/components.js';
import { dynamoConnectionRecords, dynamoConnections } from '../aws/connections.js';
import { dynamoConnectorRecords } from '../aws/connectors.js';
import { iotConfigurationRecords } from '../aws/desired-configurations.js';
import { edgeFileUrls } from '../aws/file-urls.js';
import { s3Files } from '../aws/files.js';
import { dynamoHistoryRecords } from '../aws/history-records.js';
import { dynamoIdTokenRecords } from '../aws/id-token-records.js';
import { dynamoIdempotency } from '../aws/idempotency.js';
import { dynamoInventory, dynamoInventoryRecords } from '../aws/inventory.js';
import { dynamoJobRecords } from '../aws/jobs.js';
import { dynamoKeptFrameRecords, dynamoKeptFrames } from '../aws/kept-frames.js';
import { dynamoKnockRecords } from '../aws/knocks.js';
import { iotLive } from '../aws/live.js';
import { dynamoMessageRecords } from '../aws/messages.js';
import { dynamoMeterValueRecords } from '../aws/meter-values.js';
import { sqsQueues } from '../aws/queues.js';
import { dynamoReservations } from '../aws/reservations.js';
import { dynamoTasks } from '../aws/tasks.js';
import { iotThings } from '../aws/things.js';
import { queuedTimers } from '../aws/timers.js';
import { iotCalls, iotEvents, iotFrameTopics } from '../aws/topics.js';
import { dynamoTransactionRecords, dynamoTransactions } from '../aws/transactions.js';
import { roles } from '../csms/access/ports.js';
import { type HttpEvent, httpEvent } from '../schemas/http-event.js';
import { readEnvironment } from './environment.js';
import { logError } from './log.js';
import { parsed } from './middleware/parsed.js';

const env = readEnvironment(
  'ALLOW_SECURITY_PROFILE_0',
  'ANSWERED_ELSEWHERE',
  'API_TOKENS_TABLE',
  'AUDIENCE',
  'AUDIT_TABLE',

  'CHARGE_POINTS_TABLE',
  'COMMANDS_TABLE',
  'COMMAND_TIMEOUT',
  'COMPONENTS_TABLE',
  'CONNECTIONS_TABLE',
  'CONNECTORS_TABLE',
  'EDGE_URL',
  'FILES_REGION',
  'FILES_SECRET',
  'FILES_URL',
  'EXTERNAL_ANSWER_TIMEOUT',
  'FAILURES_QUEUE_URL',
  'HEARTBEAT_INTERVAL',
  'HISTORY_TABLE',
  'ID_TOKENS_TABLE',
  'IDEMPOTENCY_TABLE',
  'INVENTORY_TABLE',
  'JOBS_TABLE',
  'ISSUER',
  'KNOCKS_TABLE',
  'LABELS_TABLE',
  'LIVE_ROLE',
  'LOG_LEVEL',
  'MESSAGES_TABLE',
  'MESSAGE_LOG',
  'METER_VALUES_TABLE',
  'NAMESPACE',
  'REGISTRATION_STATUS',
  'RESERVATIONS_TABLE',
  'ROLE_CLAIM',
  'TIMERS_DEAD_LETTER_QUEUE_URL',
  'TASKS_TABLE',
  'TIMERS_QUEUE_URL',
  'TRANSACTIONS_TABLE',
  'UNKNOWN_TOKENS',
  'VALIDATION',
  'VERSION',
);
const api = createApi({
  apiTokens: dynamoApiTokens(env.API_TOKENS_TABLE),
  audit: dynamoAuditTrail(env.AUDIT_TABLE),
  idempotency: dynamoIdempotency(env.IDEMPOTENCY_TABLE),
  chargePoints: dynamoChargePoints(env.CHARGE_POINTS_TABLE, clock),
  chargePointRecords: dynamoChargePointRecords(env.CHARGE_POINTS_TABLE, env.LABELS_TABLE),
  things: iotThings,
  connections: dynamoConnections(env.CONNECTIONS_TABLE),
  connectionRecords: dynamoConnectionRecords(env.CONNECTIONS_TABLE),
  components: dynamoComponents(env.COMPONENTS_TABLE),
  componentRecords: dynamoComponentRecords(env.COMPONENTS_TABLE),
  configurationRecords: iotConfigurationRecords(env.INVENTORY_TABLE),
  inventory: dynamoInventory(env.INVENTORY_TABLE, clock),
  reservations: dynamoReservations(env.RESERVATIONS_TABLE),
  inventoryRecords: dynamoInventoryRecords(env.INVENTORY_TABLE, clock),
  connectorRecords: dynamoConnectorRecords(env.CONNECTORS_TABLE),
  commands: dynamoCommands(env.COMMANDS_TABLE, clock),
  commandRecords: dynamoCommandRecords(env.COMMANDS_TABLE),
  calls: iotCalls(env.NAMESPACE),
  topics: iotFrameTopics(env.NAMESPACE),
  events: iotEvents(env.NAMESPACE, clock),
  tasks: dynamoTasks(env.TASKS_TABLE),
  timers: queuedTimers(env.TIMERS_QUEUE_URL, clock),
  idTokenRecords: dynamoIdTokenRecords(env.ID_TOKENS_TABLE),
  transactions: dynamoTransactions(env.TRANSACTIONS_TABLE),
  transactionRecords: dynamoTransactionRecords(env.TRANSACTIONS_TABLE),
  meterValueRecords: dynamoMeterValueRecords(env.METER_VALUES_TABLE),
  historyRecords: dynamoHistoryRecords(env.HISTORY_TABLE),
  jobRecords: dynamoJobRecords(env.JOBS_TABLE, clock),
  files: s3Files(env.FILES_URL, env.FILES_REGION, clock),
  edgeUrl: env.EDGE_URL,
  fileUrls: edgeFileUrls(env.EDGE_URL, env.FILES_SECRET, clock),
  keptFrames: dynamoKeptFrames(env.HISTORY_TABLE),
  keptFrameRecords: dynamoKeptFrameRecords(env.HISTORY_TABLE),
  knockRecords: dynamoKnockRecords(env.KNOCKS_TABLE),
  messageRecords: dynamoMessageRecords(env.MESSAGES_TABLE),
  live: iotLive(env.LIVE_ROLE, env.NAMESPACE, clock),
  queues: sqsQueues({
    FailuresQueue: env.FAILURES_QUEUE_URL,
    TimersDeadLetterQueue: env.TIMERS_DEAD_LETTER_QUEUE_URL,
  }),
  clock,
  wait,
  onError: logError,
  stage: {
    version: env.VERSION,
    namespace: env.NAMESPACE,
    registrationStatus: env.REGISTRATION_STATUS,
    allowSecurityProfile0: env.ALLOW_SECURITY_PROFILE_0,
    answeredElsewhere: env.ANSWERED_ELSEWHERE,
    audience: env.AUDIENCE,
    externalAnswerTimeout: env.EXTERNAL_ANSWER_TIMEOUT,
    issuer: env.ISSUER,
    logLevel: env.LOG_LEVEL,
    messageLog: env.MESSAGE_LOG,
    roleClaim: env.ROLE_CLAIM,
    commandTimeout: env.COMMAND_TIMEOUT,
    heartbeatInterval: env.HEARTBEAT_INTERVAL,
    unknownTokens: env.UNKNOWN_TOKENS,
    validation: env.VALIDATION,
  },
});

const peoplesPath = '/people';

/** The HTTP API: what it returns is the answer. */
export const handler = middy()
  .use(parsed(httpEvent))
  .handler(async (event) => {
    const person = personOf(event);
    const response = await api.fetch(requestOf(event), person ? { person } : {});
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
      isBase64Encoded: false,
    };
  });

/** Only on their route has API Gateway checked who it is. */
function personOf({ routeKey, requestContext }: HttpEvent): Person | undefined {
  const claims = requestContext.authorizer?.jwt.claims;
  if (!claims || !routeKey.startsWith(`ANY ${peoplesPath}/`)) return undefined;
  // A list comes as its items in brackets, with spaces between.
  const named = String(claims[env.ROLE_CLAIM] ?? '').split(/[^\w-]+/);
  return { id: String(claims.sub), role: [...roles].reverse().find((role) => named.includes(role)) };
}

function requestOf({ rawPath, rawQueryString, headers, body, isBase64Encoded, requestContext }: HttpEvent): Request {
  const { method } = requestContext.http;
  const path = encodeURI(rawPath.startsWith(peoplesPath) ? rawPath.slice(peoplesPath.length) : rawPath);
  const url = `https://api${path.replaceAll('?', '%3F').replaceAll('#', '%23')}${rawQueryString && `?${rawQueryString}`}`;
  const hasBody = body !== undefined && method !== 'GET' && method !== 'HEAD';
  return new Request(url, {
    method,
    headers,
    ...(hasBody && { body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }),
  });
}
