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

/** Thrown by whoever handles a CALL; the charge point receives it as a CALLERROR. */
export class OcppError extends Error {
  constructor(
    readonly code: ErrorCode,
    description: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(description);
  }
}

/** OCPP-J: errorDescription is at most 255 characters. */
const descriptionLength = 255;

/** The CALLERROR frame that tells `error` about the CALL `messageId`, spelled as `protocol` spells it. */
export function callError(messageId: string, error: OcppError, protocol: Protocol): string {
  const code = (protocol === 'ocpp1.6' && spelling16[error.code]) || error.code;
  return JSON.stringify([4, messageId, code, error.message.slice(0, descriptionLength), error.details]);
}
