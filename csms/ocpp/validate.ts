import { actions as actions16 } from '../../schemas/generated/ocpp1.6/actions.js';
import * as bootNotification16 from '../../schemas/generated/ocpp1.6/BootNotification.js';
import * as heartbeat16 from '../../schemas/generated/ocpp1.6/Heartbeat.js';
import * as statusNotification16 from '../../schemas/generated/ocpp1.6/StatusNotification.js';
import { actions as actions201 } from '../../schemas/generated/ocpp2.0.1/actions.js';
import * as bootNotification201 from '../../schemas/generated/ocpp2.0.1/BootNotification.js';
import * as heartbeat201 from '../../schemas/generated/ocpp2.0.1/Heartbeat.js';
import * as statusNotification201 from '../../schemas/generated/ocpp2.0.1/StatusNotification.js';
import { actions as actions21 } from '../../schemas/generated/ocpp2.1/actions.js';
import * as bootNotification21 from '../../schemas/generated/ocpp2.1/BootNotification.js';
import * as heartbeat21 from '../../schemas/generated/ocpp2.1/Heartbeat.js';
import * as statusNotification21 from '../../schemas/generated/ocpp2.1/StatusNotification.js';
import { ordered, type ValidationError, type Validator } from '../../schemas/generated/runtime.js';
import { type ErrorCode, OcppError } from './errors.js';
import type { Protocol } from './protocol.js';

interface Schemas {
  request: Validator<unknown>;
  response: Validator<unknown>;
}

const actions: Record<Protocol, readonly string[]> = {
  'ocpp1.6': actions16,
  'ocpp2.0.1': actions201,
  'ocpp2.1': actions21,
};

/** The schemas of the actions that are handled. */
const schemas: Record<Protocol, Record<string, Schemas>> = {
  'ocpp1.6': {
    BootNotification: bootNotification16,
    Heartbeat: heartbeat16,
    StatusNotification: statusNotification16,
  },
  'ocpp2.0.1': {
    BootNotification: bootNotification201,
    Heartbeat: heartbeat201,
    StatusNotification: statusNotification201,
  },
  'ocpp2.1': {
    BootNotification: bootNotification21,
    Heartbeat: heartbeat21,
    StatusNotification: statusNotification21,
  },
};

/** Which error a broken rule of a schema is. */
const codes: Record<string, ErrorCode> = {
  required: 'OccurrenceConstraintViolation',
  minItems: 'OccurrenceConstraintViolation',
  maxItems: 'OccurrenceConstraintViolation',
  type: 'TypeConstraintViolation',
  additionalProperties: 'FormatViolation',
};

/** Does the version know this action, in whichever direction? */
export function knows(protocol: Protocol, action: string): boolean {
  return actions[protocol].includes(action);
}

/** @throws {OcppError} what is wrong with the payload of a CALL, and where */
export function validateRequest(protocol: Protocol, action: string, payload: unknown): unknown {
  const { request } = schemasOf(protocol, action);
  if (request(payload)) return payload;
  throw fault(request.errors?.[0]);
}

/**
 * @returns the payload of an answer of ours, its members in the schema's order
 * @throws when it is not what the schema asks for: nothing invalid goes on the wire
 */
export function validateResponse(protocol: Protocol, action: string, payload: object): object {
  const { response } = schemasOf(protocol, action);
  if (response(payload)) return ordered(response.schema, payload) as object;
  throw new Error(`Our answer to ${action} is wrong: ${fault(response.errors?.[0]).message}`);
}

function schemasOf(protocol: Protocol, action: string): Schemas {
  const found = schemas[protocol][action];
  if (!found) throw new Error(`${protocol} ${action} is routed, but has no schemas.`);
  return found;
}

function fault(error: ValidationError | undefined): OcppError {
  if (!error) return new OcppError('GenericError', 'The payload is not valid.');
  const { instancePath: path, keyword, message = 'is not valid', params } = error;
  if (path === '' && keyword === 'type') return new OcppError('FormatViolation', 'The payload must be an object.');
  const name = path === '' ? 'The payload' : path.slice(1).replaceAll('/', '.');
  return new OcppError(codes[keyword] ?? 'PropertyConstraintViolation', `${name} ${message}`, { path, ...params });
}
