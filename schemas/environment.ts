import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { actions as actions16 } from './generated/ocpp1.6/actions.js';
import { actions as actions201 } from './generated/ocpp2.0.1/actions.js';
import { actions as actions21 } from './generated/ocpp2.1/actions.js';

// zod/mini knows no language of itself: without one, whatever is wrong is an "Invalid input".
z.config(en());

const tableName = z.string().check(z.minLength(1));

/** On these two answers hang the registration, and the id of a transaction. */
const ourOwn = ['BootNotification', 'StartTransaction'];
const actions: readonly string[] = [...actions16, ...actions201, ...actions21];
const isAnswerable = (name: string) =>
  /^DataTransfer:.+/.test(name) || (actions.includes(name) && !ourOwn.includes(name));
const notAnswerable = 'must be actions or DataTransfer:<vendorId>, but not BootNotification or StartTransaction';

/** Every environment variable that a function may have. Each function has only those that it reads. */
export const environment = z.object({
  NAMESPACE: z.string(),
  HEARTBEAT_INTERVAL: z.coerce.number().check(z.int(), z.minimum(10), z.maximum(539)),
  /** Seconds. Longer than any function runs: what holds a slot past it is dead. */
  COMMAND_TIMEOUT: z.coerce.number().check(z.int(), z.minimum(30), z.maximum(600)),
  /** Days; 0 is no log at all. */
  MESSAGE_LOG: z.coerce.number().check(z.int(), z.minimum(0), z.maximum(3_650)),
  REGISTRATION_STATUS: z.enum(['Accepted', 'Pending', 'Rejected']),
  ANSWERED_ELSEWHERE: z.pipe(
    z.pipe(
      z.string(),
      z.transform((list) => list.split(',').flatMap((each) => each.trim() || [])),
    ),
    z.array(z.string().check(z.refine(isAnswerable, notAnswerable))),
  ),
  /** Seconds. A charge point waits for 30. */
  EXTERNAL_ANSWER_TIMEOUT: z.coerce.number().check(z.int(), z.minimum(1), z.maximum(29)),
  UNKNOWN_TOKENS: z.enum(['Accepted', 'Invalid']),
  VALIDATION: z.enum(['strict', 'tolerant']),
  ALLOW_SECURITY_PROFILE_0: z.pipe(
    z.enum(['true', 'false']),
    z.transform((value) => value === 'true'),
  ),
  /** Empty where only machines have tokens. */
  ISSUER: z.string(),
  AUDIENCE: z.string(),
  LOG_LEVEL: z.string(),
  /** The claim of a person's token that names the role. */
  ROLE_CLAIM: z.string().check(z.minLength(1)),
  VERSION: z.string().check(z.minLength(1)),
  EDGE_SECRET: z.string().check(z.minLength(16)),
  /** Without a slash at its end, as FILES_URL, that of the bucket. */
  EDGE_URL: z.url(),
  /** Of the bucket. */
  FILES_REGION: z.string().check(z.minLength(1)),
  FILES_SECRET: z.string().check(z.minLength(16)),
  FILES_URL: z.url(),
  API_TOKENS_TABLE: tableName,
  AUDIT_TABLE: tableName,
  CHARGE_POINTS_TABLE: tableName,
  COMMANDS_TABLE: tableName,
  COMPONENTS_TABLE: tableName,
  CONNECTIONS_TABLE: tableName,
  CONNECTORS_TABLE: tableName,
  HISTORY_TABLE: tableName,
  ID_TOKENS_TABLE: tableName,
  IDEMPOTENCY_TABLE: tableName,
  INVENTORY_TABLE: tableName,
  JOBS_TABLE: tableName,
  /** The ARN of the role that live URLs act in. */
  LIVE_ROLE: z.string().check(z.regex(/^arn:[^:]+:iam::\d{12}:role\/.+$/)),
  KNOCKS_TABLE: tableName,
  LABELS_TABLE: tableName,
  MESSAGES_TABLE: tableName,
  METER_VALUES_TABLE: tableName,
  RESERVATIONS_TABLE: tableName,
  TASKS_TABLE: tableName,
  FAILURES_QUEUE_URL: z.url(),
  TIMERS_DEAD_LETTER_QUEUE_URL: z.url(),
  TIMERS_QUEUE_URL: z.url(),
  TRANSACTIONS_TABLE: tableName,
});
export type Environment = z.infer<typeof environment>;
