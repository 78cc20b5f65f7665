import type { RefusalCode } from '../../schemas/refusals.js';
import type { Protocol } from './protocol.js';

/** The error codes of OCPP 2.x; `spelling` gives 1.6 its own. */
export type ErrorCode =
  | 'FormatViolation'
  | 'GenericError'
  | 'InternalError'
  | 'MessageTypeNotSupported'
  | 'NotImplemented'
  | 'NotSupported'
  | 'OccurrenceConstraintViolation'
  | 'PropertyConstraintViolation'
  | 'ProtocolError'
  | 'RpcFrameworkError'
  | 'SecurityError'
  | 'TypeConstraintViolation';

/** What 1.6 calls differently. `OccurenceConstraintViolation` is misspelled in its specification, and so on its wire. */
const spelling16: Partial<Record<ErrorCode, string>> = {
  FormatViolation: 'FormationViolation',
  OccurrenceConstraintViolation: 'OccurenceConstraintViolation',
  RpcFrameworkError: 'FormationViolation',
  MessageTypeNotSupported: 'ProtocolError',
};

/** Why a frame is refused, by what its charge point is told. */
const refusals: Record<ErrorCode, RefusalCode> = {
  FormatViolation: 'payload-not-valid',
  GenericError: 'payload-not-valid',
  InternalError: 'message-not-handled',
  MessageTypeNotSupported: 'message-type-not-supported',
  NotImplemented: 'action-not-known',
  NotSupported: 'action-not-for-csms',
  OccurrenceConstraintViolation: 'payload-not-valid',
  PropertyConstraintViolation: 'payload-not-valid',
  ProtocolError: 'message-type-not-supported',
  RpcFrameworkError: 'not-a-frame',
  SecurityError: 'not-accepted',
  TypeConstraintViolation: 'payload-not-valid',
};

/** @param code as any version spells it; undefined for one that is not ours */
export function refusalOf(code: unknown): RefusalCode | undefined {
  const known = Object.keys(refusals) as ErrorCode[];
  const named = known.find((one) => one === code) ?? known.find((one) => spelling16[one] === code);
  return named && refusals[named];
}

/** Thrown by whoever handles a CALL; the charge point receives it as a CALLERROR. */
export class OcppError extends Error {
  constructor(
    readonly code: ErrorCode,
    description: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(description);
  }

  get refusal(): RefusalCode {
    return refusals[this.code];
  }
}

/** OCPP-J: errorDescription is at most 255 characters. */
const descriptionLength = 255;

/** The CALLERROR frame that tells `error` about the CALL `messageId`, spelled as `protocol` spells it. */
export function callError(messageId: string, error: OcppError, protocol: Protocol): string {
  const code = (protocol === 'ocpp1.6' && spelling16[error.code]) || error.code;
  return errorFrame(4, messageId, code, error);
}

/** 2.1 Part 4: the CALLRESULTERROR frame that tells what is wrong with the CALLRESULT `messageId`. */
export function callResultError(messageId: string, error: OcppError): string {
  return errorFrame(5, messageId, error.code, error);
}

function errorFrame(type: 4 | 5, messageId: string, code: string, { message, details }: OcppError): string {
  return JSON.stringify([type, messageId, code, message.slice(0, descriptionLength), details]);
}
