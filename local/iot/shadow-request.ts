import { isObject, type Json, type JsonObject } from '../json.js';
import { AwsError } from '../service.js';
import { depth, hasNullInArray } from './shadow-document.js';

export interface UpdateRequest {
  /** As asked for: null removes a section. */
  state: { desired?: JsonObject | null; reported?: JsonObject | null };
  version?: number;
  clientToken?: string;
}

/** The section itself counts, so five levels are left below `desired` and `reported`. */
const MAX_DEPTH = 6;
const MAX_CLIENT_TOKEN_BYTES = 64;

/** @throws {AwsError} InvalidRequestException with the message that AWS documents for the mistake. */
export function parseUpdate(payload: Buffer): UpdateRequest {
  const request = parse(payload);
  if (!isObject(request)) throw invalid('Invalid JSON');
  if (request.state === undefined) throw invalid('Missing required node: state');
  const token = clientToken(request);
  const { version } = request;
  if (version !== undefined && !(Number.isInteger(version) && Number(version) >= 0)) throw invalid('Invalid version');
  return {
    state: parseState(request.state),
    ...(version !== undefined && { version: Number(version) }),
    ...(token !== undefined && { clientToken: token }),
  };
}

/** The client token of a get or delete, whose payload may be anything else too. */
export function optionalClientToken(payload: Buffer): string | undefined {
  try {
    const request = parse(payload);
    return isObject(request) ? clientToken(request) : undefined;
  } catch {
    // AWS ignores the content of these messages.
    return undefined;
  }
}

function parse(payload: Buffer): Json {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(payload);
  } catch {
    throw new AwsError(
      'UnsupportedDocumentEncodingException',
      'Unsupported documented encoding; supported encoding is UTF-8',
      415,
    );
  }
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw invalid('Invalid JSON');
  }
}

function parseState(state: Json): UpdateRequest['state'] {
  if (state === null) return { desired: null, reported: null };
  if (!isObject(state)) throw invalid('State node must be an object');
  const unknown = Object.keys(state).find((name) => name !== 'desired' && name !== 'reported');
  if (unknown !== undefined) throw invalid(`State contains an invalid node: '${unknown}'`);
  return { ...parseSection('desired', state.desired), ...parseSection('reported', state.reported) };
}

function parseSection(name: 'desired' | 'reported', value: Json | undefined): UpdateRequest['state'] {
  if (value === undefined) return {};
  if (value === null) return { [name]: null };
  if (!isObject(value)) {
    throw invalid(`${name === 'desired' ? 'Desired' : 'Reported'} node must be an object`);
  }
  if (depth(value) > MAX_DEPTH) {
    throw invalid(`JSON contains too many levels of nesting; maximum is ${MAX_DEPTH}`);
  }
  if (hasNullInArray(value)) throw invalid('State contains an invalid node: null in an array');
  return { [name]: value };
}

function clientToken(request: JsonObject): string | undefined {
  const token = request.clientToken;
  if (token === undefined) return undefined;
  if (typeof token !== 'string' || Buffer.byteLength(token) > MAX_CLIENT_TOKEN_BYTES) {
    throw invalid('Invalid clientToken');
  }
  return token;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidRequestException', message);
}
