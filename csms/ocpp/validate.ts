import { actions as actions16 } from '../../schemas/generated/ocpp1.6/actions.js';
import { actions as actions201 } from '../../schemas/generated/ocpp2.0.1/actions.js';
import { actions as actions21 } from '../../schemas/generated/ocpp2.1/actions.js';
import { ordered, type ValidationError, type Validator, type Validators } from '../../schemas/generated/runtime.js';
import { type ErrorCode, OcppError } from './errors.js';
import { naturalRules } from './natural.js';
import { numberFault } from './numbers.js';
import type { Protocol } from './protocol.js';
import { type Deviation, understand } from './tolerate.js';

const actions: Record<Protocol, readonly string[]> = {
  'ocpp1.6': actions16,
  'ocpp2.0.1': actions201,
  'ocpp2.1': actions21,
};

type Messages = Readonly<Record<string, () => Validators<unknown, unknown>>>;

/** Of every action. A version is loaded by its first message, an action by its own: a cold start pays for neither. */
const messages: Record<Protocol, () => Promise<{ messages: Messages }>> = {
  'ocpp1.6': () => import('../../schemas/generated/ocpp1.6/messages.js'),
  'ocpp2.0.1': () => import('../../schemas/generated/ocpp2.0.1/messages.js'),
  'ocpp2.1': () => import('../../schemas/generated/ocpp2.1/messages.js'),
};

/** Which error a broken rule of a schema is. What a value may be, in whichever way, is a PropertyConstraintViolation. */
const codes: Record<string, ErrorCode> = {
  required: 'OccurrenceConstraintViolation',
  minItems: 'OccurrenceConstraintViolation',
  maxItems: 'OccurrenceConstraintViolation',
  type: 'TypeConstraintViolation',
  additionalProperties: 'FormatViolation',
};

/** A handler made an answer that its schema forbids: a fault of ours, which no repetition heals. Worth an alarm. */
export class InvalidAnswer extends Error {
  override name = 'InvalidAnswer';
}

/** Does the version know this action, in whichever direction? */
export function knows(protocol: Protocol, action: string): boolean {
  return actions[protocol].includes(action);
}

/**
 * @returns the payload of a CALL of the charge point
 * @throws {OcppError} what is wrong with it, and where
 */
export async function validateRequest(protocol: Protocol, action: string, payload: unknown): Promise<unknown> {
  const { request } = await validatorsOf(protocol, action);
  return validated(request, payload);
}

/** Is a payload that its schema forbids refused, or understood as far as it can be? */
export type Validation = 'strict' | 'tolerant';

/** What was understood of a payload, or else why it is none. */
export interface UnderstoodPayload {
  payload: unknown;
  deviations: Deviation[];
  leftOut: unknown[];
  fault: OcppError | undefined;
}

/** A payload that its schema forbids, and whose it is: of a CALL of the charge point, or of its answer to one of ours. */
export interface Forbidden {
  protocol: Protocol;
  action: string;
  kind: 'request' | 'response';
  payload: unknown;
}

/**
 * What can be understood of what a charge point said.
 *
 * @param receivedAt taken for the time of what says none
 */
export async function understandPayload(
  { protocol, action, kind, payload }: Forbidden,
  receivedAt: Date,
): Promise<UnderstoodPayload> {
  const { schema } = (await validatorsOf(protocol, action))[kind];
  const natural = naturalRules(protocol, action, kind);
  const { error, ...understood } = understand(schema, payload, { natural, receivedAt });
  const unkept = error ? undefined : numberFault(schema, understood.payload);
  if (unkept) understood.deviations.push({ path: unkept.instancePath, what: 'not-understood' });
  const why = error ?? unkept;
  return { ...understood, fault: why && fault(why) };
}

/**
 * @returns the payload of an answer of ours, its members in the schema's order
 * @throws {InvalidAnswer} when it is not what the schema asks for: nothing invalid goes on the wire
 */
export async function validateResponse(protocol: Protocol, action: string, payload: object): Promise<object> {
  const { response } = await validatorsOf(protocol, action);
  if (response(payload)) return ordered(response.schema, payload) as object;
  throw new InvalidAnswer(`Our answer to ${protocol} ${action} is wrong: ${fault(response.errors?.[0]).message}`);
}

/**
 * @returns the payload of a CALL of ours, its members in the schema's order
 * @throws {OcppError} what is wrong with it, and where: the charge point must not get it
 */
export async function validateCommand(protocol: Protocol, action: string, payload: unknown): Promise<unknown> {
  const { request } = await validatorsOf(protocol, action);
  return ordered(request.schema, validated(request, payload));
}

/**
 * @returns the payload of the CALLRESULT with which the charge point answered a CALL of ours
 * @throws {OcppError} what is wrong with it, and where
 */
export async function validateOutcome(protocol: Protocol, action: string, payload: unknown): Promise<unknown> {
  const { response } = await validatorsOf(protocol, action);
  return validated(response, payload);
}

async function validatorsOf(protocol: Protocol, action: string): Promise<Validators<unknown, unknown>> {
  const loaded = knows(protocol, action) ? await messages[protocol]() : undefined;
  const validators = loaded?.messages[action];
  if (!validators) throw new OcppError('NotImplemented', `${protocol} has no action ${action}.`);
  return validators();
}

function validated(validate: Validator<unknown>, payload: unknown): unknown {
  if (!validate(payload)) throw fault(validate.errors?.[0]);
  const unkept = numberFault(validate.schema, payload);
  if (unkept) throw fault(unkept);
  return payload;
}

function fault(error: ValidationError | undefined): OcppError {
  if (!error) return new OcppError('GenericError', 'The payload is not valid.');
  const { instancePath: path, keyword, message = 'is not valid', params } = error;
  if (path === '' && keyword === 'type') return new OcppError('FormatViolation', 'The payload must be an object.');
  const name = path === '' ? 'The payload' : path.slice(1).replaceAll('/', '.');
  return new OcppError(codes[keyword] ?? 'PropertyConstraintViolation', `${name} ${message}`, { path, ...params });
}
