import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../service.js';
import type { Store } from './store.js';
import type { ThingEvents } from './thing-events.js';

export type Attributes = Record<string, string>;

export interface Thing {
  thingName: string;
  thingId: string;
  thingArn: string;
  attributes: Attributes;
  version: number;
}

export interface AttributeChange {
  attributes?: Attributes;
  /** Keeps what is not named; an empty value removes. Without it the attributes are replaced. */
  merge?: boolean;
}

export interface Registry {
  /** Repeating it with the same attributes succeeds. @throws {AwsError} ResourceAlreadyExistsException with others. */
  create(thingName: string, attributes: Attributes): Promise<Thing>;
  /** @throws {AwsError} ResourceNotFoundException */
  describe(thingName: string): Thing;
  /** @throws {AwsError} ResourceNotFoundException, VersionConflictException */
  update(thingName: string, change: AttributeChange, expectedVersion?: number): Promise<void>;
  /** A thing that is not there counts as deleted. Its shadow stays. @throws {AwsError} VersionConflictException */
  delete(thingName: string, expectedVersion?: number): Promise<void>;
  /** Every thing, by name. */
  list(): Thing[];
}

/** Things without a thing type have no more. */
const MAX_ATTRIBUTES = 3;

export function openRegistry(
  store: Store<Thing>,
  events: ThingEvents,
  { accountId, region }: { accountId: string; region: string },
): Registry {
  const describe = (thingName: string): Thing => {
    const thing = store.entries.get(checkedName(thingName));
    if (!thing) throw new AwsError('ResourceNotFoundException', `Thing ${thingName} not found.`, 404);
    return thing;
  };

  return {
    describe,
    async create(thingName, attributes) {
      checkAttributes(attributes);
      const existing = store.entries.get(checkedName(thingName));
      if (existing) {
        if (isDeepStrictEqual(existing.attributes, attributes)) return existing;
        const message = `Thing ${thingName} already exists in account with different attributes.`;
        throw new AwsError('ResourceAlreadyExistsException', message, 409);
      }
      const thingArn = `arn:aws:iot:${region}:${accountId}:thing/${thingName}`;
      const thing = { thingName, thingId: randomUUID(), thingArn, attributes, version: 1 };
      store.entries.set(thingName, thing);
      store.changed();
      await events.publish('CREATED', thing);
      return thing;
    },
    async update(thingName, { attributes, merge = false }, expectedVersion) {
      const thing = describe(thingName);
      checkVersion(thing, expectedVersion);
      const base = merge || !attributes ? thing.attributes : {};
      const entries = Object.entries({ ...base, ...attributes }).filter(([, value]) => value !== '');
      const updated = { ...thing, attributes: Object.fromEntries(entries), version: thing.version + 1 };
      checkAttributes(updated.attributes);
      store.entries.set(thingName, updated);
      store.changed();
      await events.publish('UPDATED', updated);
    },
    async delete(thingName, expectedVersion) {
      const thing = store.entries.get(checkedName(thingName));
      if (!thing) return;
      checkVersion(thing, expectedVersion);
      store.entries.delete(thingName);
      store.changed();
      await events.publish('DELETED', thing);
    },
    list() {
      return [...store.entries.values()].sort((a, b) => (a.thingName < b.thingName ? -1 : 1));
    },
  };
}

function checkedName(thingName: string): string {
  if (/^[a-zA-Z0-9:_-]{1,128}$/.test(thingName)) return thingName;
  throw new AwsError(
    'InvalidRequestException',
    `1 validation error detected: Value '${thingName}' at 'thingName' failed to satisfy constraint: ` +
      'Member must satisfy regular expression pattern: [a-zA-Z0-9:_-]{1,128}',
  );
}

function checkAttributes(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!/^[a-zA-Z0-9_.,@/:#-]{1,128}$/.test(name)) {
      throw new AwsError('InvalidRequestException', `Invalid attribute name: ${name}`);
    }
    if (typeof value !== 'string' || !/^[a-zA-Z0-9_.,@/:#=[\]-]{1,800}$/.test(value)) {
      throw new AwsError('InvalidRequestException', `Invalid value of attribute ${name}: ${value}`);
    }
  }
  const count = Object.keys(attributes).length;
  if (count > MAX_ATTRIBUTES) {
    const message = `A thing without a thing type has at most ${MAX_ATTRIBUTES} attributes, not ${count}.`;
    throw new AwsError('InvalidRequestException', message);
  }
}

function checkVersion({ thingName, version }: Thing, expectedVersion: number | undefined): void {
  if (expectedVersion === undefined || expectedVersion === version) return;
  const message = `Thing ${thingName} has version ${version}, not ${expectedVersion}.`;
  throw new AwsError('VersionConflictException', message, 409);
}
