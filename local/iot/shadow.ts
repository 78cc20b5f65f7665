import type { Clock } from '../clock.js';
import { isObject, type Json, type JsonObject } from '../json.js';
import { refuseUnknown } from '../request.js';
import { AwsError, type AwsRequest } from '../service.js';
import type { Store } from '../store.js';
import { type Broker, publishJson } from './broker.js';
import { invalidRequest, type Operations } from './operations.js';
import { delta, depth, hasNullInArray, merge } from './shadow-document.js';

export interface Shadow {
  version: number;
  /** Its sections: `desired` and `reported`. */
  state: JsonObject;
}

const largestState = 8 * 1024;
/** The section itself counts, so five levels are left below `desired` and `reported`. */
const deepest = 6;

/** The classic shadows of things, which need not be registered. */
export function shadowOperations(shadows: Store<Shadow>, broker: Broker, clock: Clock): Operations {
  const now = () => Math.floor(clock.now() / 1000);
  const publish = (thingName: string, suffix: string, document: object) =>
    publishJson(broker, `$aws/things/${thingName}/shadow/${suffix}`, document);

  function find(thingName: string): Shadow {
    const shadow = shadows.entries.get(thingName);
    if (!shadow) throw new AwsError('ResourceNotFoundException', `No shadow exists with name: '${thingName}'`, 404);
    return shadow;
  }

  return {
    GetThingShadow(thingName) {
      const { state, version } = find(thingName);
      const difference = differenceIn(state);
      return { state: { ...state, ...(difference && { delta: difference }) }, version, timestamp: now() };
    },

    async UpdateThingShadow(thingName, request) {
      const asked = parseUpdate(request);
      const previous: Shadow = shadows.entries.get(thingName) ?? { version: 0, state: {} };
      if (asked.version !== undefined && asked.version !== previous.version) {
        throw new AwsError('ConflictException', 'Version conflict', 409);
      }
      const state = (merge(previous.state, asked.state) ?? {}) as JsonObject;
      if (Buffer.byteLength(JSON.stringify(state)) > largestState) {
        throw new AwsError('RequestEntityTooLargeException', 'The payload exceeds the maximum size allowed', 413);
      }
      const version = previous.version + 1;
      const current = { version, state };
      shadows.entries.set(thingName, current);
      shadows.changed();

      const timestamp = now();
      const accepted = { state: asked.state, version, timestamp };
      const difference = differenceIn(state);
      await publish(thingName, 'update/accepted', accepted);
      await publish(thingName, 'update/documents', { previous, current, timestamp });
      if (difference) await publish(thingName, 'update/delta', { state: difference, version, timestamp });
      return accepted;
    },

    async DeleteThingShadow(thingName) {
      const deleted = { version: find(thingName).version, timestamp: now() };
      shadows.entries.delete(thingName);
      shadows.changed();
      await publish(thingName, 'delete/accepted', deleted);
      return deleted;
    },
  };
}

function differenceIn({ desired, reported }: JsonObject): Json | undefined {
  return desired && delta(desired, reported);
}

/** @throws {AwsError} InvalidRequestException with the message that AWS documents for the mistake */
function parseUpdate(request: AwsRequest): { state: JsonObject; version?: number } {
  const body = parseBody(request);
  refuseUnknown('iot:UpdateThingShadow with', body, ['state', 'version']);
  const { version } = body;
  if (version !== undefined && !(Number.isInteger(version) && Number(version) >= 0))
    throw invalidRequest('Invalid version');
  return { state: parseState(body.state), ...(version !== undefined && { version: Number(version) }) };
}

function parseState(state: Json | undefined): JsonObject {
  if (state === undefined) throw invalidRequest('Missing required node: state');
  if (state === null) return { desired: null, reported: null };
  if (!isObject(state)) throw invalidRequest('State node must be an object');
  for (const [name, section] of Object.entries(state)) {
    if (name !== 'desired' && name !== 'reported') throw invalidRequest(`State contains an invalid node: '${name}'`);
    if (section !== null && !isObject(section)) {
      throw invalidRequest(`${name === 'desired' ? 'Desired' : 'Reported'} node must be an object`);
    }
    if (depth(section) > deepest)
      throw invalidRequest(`JSON contains too many levels of nesting; maximum is ${deepest}`);
    if (hasNullInArray(section)) throw invalidRequest('State contains an invalid node: null in an array');
  }
  return state;
}

function parseBody({ body }: AwsRequest): JsonObject {
  try {
    const json: Json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    if (isObject(json)) return json;
  } catch {
    // Told below, as what is no object is.
  }
  throw invalidRequest('Invalid JSON');
}
