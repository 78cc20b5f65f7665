import type { Requests as Requests16, Responses as Responses16 } from '../../schemas/generated/ocpp1.6/types.js';
import type { Requests as Requests201, Responses as Responses201 } from '../../schemas/generated/ocpp2.0.1/types.js';
import type { Requests as Requests21, Responses as Responses21 } from '../../schemas/generated/ocpp2.1/types.js';
import type { ChargePoints, RegistrationStatus, Shadows } from '../charge-points/ports.js';
import type { Clock } from '../clock.js';
import type { Commands, Slots } from '../commands/ports.js';
import type { Connectors } from '../connectors/ports.js';
import type { Components } from '../device-model/ports.js';
import type { Events } from '../events.js';
import type { History } from '../history/ports.js';
import type { UnknownTokens } from '../id-tokens/authorize.js';
import type { IdTokens } from '../id-tokens/ports.js';
import type { Inventory } from '../inventory/ports.js';
import type { Jobs } from '../jobs/ports.js';
import type { MeterValues } from '../meter-values/ports.js';
import type { Reservations } from '../reservations/ports.js';
import type { Timers } from '../timers.js';
import type { Transactions } from '../transactions/ports.js';
import type { Protocol } from './protocol.js';
import type { Validation } from './validate.js';

export interface Requests {
  'ocpp1.6': Requests16;
  'ocpp2.0.1': Requests201;
  'ocpp2.1': Requests21;
}
export interface Responses {
  'ocpp1.6': Responses16;
  'ocpp2.0.1': Responses201;
  'ocpp2.1': Responses21;
}

export type Action<P extends Protocol> = keyof Requests[P] & keyof Responses[P] & string;

/** What every handler may use. */
export interface CsmsPorts {
  chargePoints: ChargePoints;
  commands: Commands;
  components: Components;
  connectors: Connectors;
  history: History;
  idTokens: IdTokens;
  inventory: Inventory;
  jobs: Jobs;
  meterValues: MeterValues;
  reservations: Reservations;
  shadows: Shadows;
  slots: Slots;
  timers: Timers;
  transactions: Transactions;
  events: Events;
  clock: Clock;
  /** The stage's parameters. */
  stage: {
    heartbeatInterval: number;
    registrationStatus: RegistrationStatus;
    unknownTokens: UnknownTokens;
    validation: Validation;
  };
}

/** The ports, and whose message is handled. */
export interface HandlerContext extends CsmsPorts {
  chargePointId: string;
  connectionId: string;
  protocol: Protocol;
  /** The payload as it came: the request is a repaired copy of it when its schema forbids it. */
  payload: unknown;
  /** When the message reached the system. */
  receivedAt: Date;
}

/** Takes a request that its schema allows, and the ports. @throws {OcppError} what the charge point receives as a CALLERROR */
type Handling<Request, Response> = (request: Request, context: HandlerContext) => Promise<Response>;

/** What a handler returns: nothing, where nothing answers the message. */
type Answered<Response> = [Response] extends [never] ? void : Response;

/** By version and action. A table, so that the compiler compares what two versions' handlers take, and not their names. */
type Handlers = { [P in Protocol]: { [A in Action<P>]: Handling<Requests[P][A], Answered<Responses[P][A]>> } };

/** Handles one action of one version. */
export type Handler<P extends Protocol, A extends Action<P>> = Handlers[P][A];

/** A handler of any action, for whoever has validated the request against the schema of its action. */
export type AnyHandler = Handling<never, object | void>;
