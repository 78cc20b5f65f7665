import type { ApiTokens, AuditTrail, Idempotency, Role } from '../csms/access/ports.js';
import type { ChargePoints, RegistrationStatus } from '../csms/charge-points/ports.js';
import type { ChargePointRecords, Things } from '../csms/charge-points/records.js';
import type { Clock } from '../csms/clock.js';
import type { Commands } from '../csms/commands/ports.js';
import type { CommandRecords } from '../csms/commands/records.js';
import type { ConfigurationRecords } from '../csms/configuration/records.js';
import type { Connections } from '../csms/connections/ports.js';
import type { ConnectionRecords } from '../csms/connections/records.js';
import type { ConnectorRecords } from '../csms/connectors/records.js';
import type { Components } from '../csms/device-model/ports.js';
import type { ComponentRecords } from '../csms/device-model/records.js';
import type { Events } from '../csms/events.js';
import type { Files, FileUrls } from '../csms/files/ports.js';
import type { Calls, FrameTopics } from '../csms/frame-topics.js';
import type { KeptFrameRecords, KeptFrames } from '../csms/history/kept-frames.js';
import type { HistoryRecords } from '../csms/history/records.js';
import type { IdTokenRecords } from '../csms/id-tokens/records.js';
import type { Inventory } from '../csms/inventory/ports.js';
import type { InventoryRecords } from '../csms/inventory/records.js';
import type { JobRecords } from '../csms/jobs/records.js';
import type { KnockRecords } from '../csms/knocks/records.js';
import type { Live } from '../csms/live/ports.js';
import type { MessageRecords } from '../csms/messages/records.js';
import type { MeterValueRecords } from '../csms/meter-values/records.js';
import type { Queues } from '../csms/queues.js';
import type { Reservations } from '../csms/reservations/ports.js';
import type { Tasks } from '../csms/tasks/ports.js';
import type { Timers } from '../csms/timers.js';
import type { Transactions } from '../csms/transactions/ports.js';
import type { TransactionRecords } from '../csms/transactions/records.js';

/** Who signed in with the stage's issuer, as API Gateway found his token to say. */
export interface Person {
  id: string;
  /** Undefined when his token names none. */
  role: Role | undefined;
}

/** All that the API stands on. */
export interface ApiPorts {
  apiTokens: ApiTokens;
  audit: AuditTrail;
  idempotency: Idempotency;
  chargePoints: ChargePoints;
  chargePointRecords: ChargePointRecords;
  things: Things;
  connections: Connections;
  connectionRecords: ConnectionRecords;
  components: Components;
  componentRecords: ComponentRecords;
  configurationRecords: ConfigurationRecords;
  inventory: Inventory;
  inventoryRecords: InventoryRecords;
  reservations: Reservations;
  connectorRecords: ConnectorRecords;
  commands: Commands;
  commandRecords: CommandRecords;
  calls: Calls;
  topics: FrameTopics;
  events: Events;
  tasks: Tasks;
  timers: Timers;
  idTokenRecords: IdTokenRecords;
  transactions: Transactions;
  transactionRecords: TransactionRecords;
  meterValueRecords: MeterValueRecords;
  historyRecords: HistoryRecords;
  jobRecords: JobRecords;
  files: Files;
  fileUrls: FileUrls;
  keptFrames: KeptFrames;
  keptFrameRecords: KeptFrameRecords;
  knockRecords: KnockRecords;
  messageRecords: MessageRecords;
  live: Live;
  /** Of what nobody could deal with. */
  queues: Queues;
  /** Where the stage is reached, without a slash at its end. */
  edgeUrl: string;
  clock: Clock;
  /** Waits so many milliseconds. */
  wait(ms: number): Promise<void>;
  /** Tells whoever runs the system what went wrong. */
  onError(message: string, about: Record<string, unknown>, error: unknown): void;
  /** The stage's parameters. */
  stage: {
    version: string;
    namespace: string;
    registrationStatus: RegistrationStatus;
    allowSecurityProfile0: boolean;
    answeredElsewhere: readonly string[];
    audience: string;
    commandTimeout: number;
    externalAnswerTimeout: number;
    heartbeatInterval: number;
    issuer: string;
    logLevel: string;
    messageLog: number;
    roleClaim: string;
    unknownTokens: string;
    validation: string;
  };
}

/** What an operation stands on: the ports, and what the API knows of itself. */
export interface OperationPorts extends ApiPorts {
  /** This API as an OpenAPI document. */
  openApi(): Record<string, unknown>;
}
