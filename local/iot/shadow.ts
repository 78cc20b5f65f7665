import type { Clock } from '../clock.js';
import { type Json, type JsonObject } from '../json.js';
import { AwsError } from '../service.js';
import { type Broker, publishJson } from './broker.js';
import { delta, merge, type Stamped, stamp } from './shadow-document.js';
import { parseUpdate, type UpdateRequest } from './shadow-request.js';
import { type ShadowId, shadowTopic } from './shadow-topics.js';
import type { Store } from './store.js';

/** Both sections of one shadow. After a deletion only the version is left. */
export interface StoredShadow {
  version: number;
  desired?: Stamped;
  reported?: Stamped;
  /** Seconds since 1970. */
  deletedAt?: number;
}

export interface Shadows {
  /** @throws {AwsError} ResourceNotFoundException when there is none. */
  get(id: ShadowId): JsonObject;
  /**
   * Merges a request state document into the shadow, which it creates if need be; the thing need not be registered.
   * Publishes `accepted`, `documents` and, when the sections differ, `delta`.
   * @returns the accepted document
   * @throws {AwsError} what AWS refuses
   */
  update(id: ShadowId, payload: Buffer): Promise<JsonObject>;
  /** @throws {AwsError} ResourceNotFoundException when there is none. */
  delete(id: ShadowId, clientToken?: string): Promise<JsonObject>;
}

const MAX_STATE_BYTES = 8 * 1024;
/** For so long a shadow of the same name goes on counting where the deleted one ended. */
const VERSION_KEPT_SECONDS = 48 * 3600;

export function openShadows(store: Store<StoredShadow>, broker: Broker, clock: Clock): Shadows {
  const seconds = () => Math.floor(clock.now() / 1000);

  const find = (id: ShadowId): StoredShadow => {
    const shadow = store.entries.get(key(id));
    if (!shadow || shadow.deletedAt !== undefined) {
      const name = id.shadowName === undefined ? id.thingName : `${id.thingName}~${id.shadowName}`;
      throw new AwsError('ResourceNotFoundException', `No shadow exists with name: '${name}'`, 404);
    }
    return shadow;
  };
  const keep = (id: ShadowId, shadow: StoredShadow) => {
    store.entries.set(key(id), shadow);
    store.changed();
  };
  const publish = (id: ShadowId, suffix: string, document: JsonObject) =>
    publishJson(broker, shadowTopic(id, suffix), document);

  return {
    get(id) {
      const shadow = find(id);
      const { state, metadata } = sections(shadow);
      const difference = shadow.desired && delta(shadow.desired, shadow.reported?.value);
      return {
        state: { ...state, ...(difference && { delta: difference.value }) },
        metadata,
        version: shadow.version,
        timestamp: seconds(),
      };
    },

    async update(id, payload) {
      const request = parseUpdate(payload);
      const now = seconds();
      const before = current(store.entries.get(key(id)), now);
      if (request.version !== undefined && request.version !== before.version) {
        throw new AwsError('ConflictException', 'Version conflict', 409);
      }
      const after = apply(before, request.state, now);
      if (Buffer.byteLength(JSON.stringify(sections(after).state)) > MAX_STATE_BYTES) {
        throw new AwsError('RequestEntityTooLargeException', 'The payload exceeds the maximum size allowed', 413);
      }
      keep(id, after);

      const token: JsonObject = request.clientToken === undefined ? {} : { clientToken: request.clientToken };
      const accepted = {
        state: request.state as JsonObject,
        metadata: stamp(request.state as JsonObject, now),
        version: after.version,
        timestamp: now,
        ...token,
      };
      const documents = { previous: versioned(before), current: versioned(after), timestamp: now, ...token };
      const difference = after.desired && delta(after.desired, after.reported?.value);
      await Promise.all([
        publish(id, 'update/accepted', accepted),
        publish(id, 'update/documents', documents),
        difference &&
          publish(id, 'update/delta', {
            version: after.version,
            timestamp: now,
            state: difference.value,
            metadata: difference.metadata,
            ...token,
          }),
      ]);
      return accepted;
    },

    async delete(id, clientToken) {
      const { version } = find(id);
      const now = seconds();
      keep(id, { version, deletedAt: now });
      const accepted = { version, timestamp: now, ...(clientToken !== undefined && { clientToken }) };
      await publish(id, 'delete/accepted', accepted);
      return accepted;
    },
  };
}

function key({ thingName, shadowName }: ShadowId): string {
  return shadowName === undefined ? thingName : `${thingName}/${shadowName}`;
}

function current(stored: StoredShadow | undefined, now: number): StoredShadow {
  if (!stored) return { version: 0 };
  if (stored.deletedAt === undefined) return stored;
  return { version: now - stored.deletedAt > VERSION_KEPT_SECONDS ? 0 : stored.version };
}

function apply(before: StoredShadow, state: UpdateRequest['state'], now: number): StoredShadow {
  const desired = applySection(before.desired, state.desired, now);
  const reported = applySection(before.reported, state.reported, now);
  return { version: before.version + 1, ...(desired && { desired }), ...(reported && { reported }) };
}

function applySection(before: Stamped | undefined, patch: Json | undefined, now: number): Stamped | undefined {
  const nothingAsked = patch === undefined || (patch !== null && Object.keys(patch).length === 0);
  return nothingAsked ? before : merge(before, patch, now);
}

function sections({ desired, reported }: StoredShadow): { state: JsonObject; metadata: JsonObject } {
  return {
    state: { ...(desired && { desired: desired.value }), ...(reported && { reported: reported.value }) },
    metadata: { ...(desired && { desired: desired.metadata }), ...(reported && { reported: reported.metadata }) },
  };
}

function versioned(shadow: StoredShadow): JsonObject {
  return { ...sections(shadow), version: shadow.version };
}
