import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { arnOf, type Region } from '../arn.js';
import type { Clock } from '../clock.js';
import { jsonBody, refuseUnknown } from '../request.js';
import { AwsError, type AwsRequest, notImplemented } from '../service.js';
import type { Store } from '../store.js';
import { type Broker, publishJson } from './broker.js';
import { invalidRequest, type Operations } from './operations.js';

type Attributes = Record<string, string>;

export interface Thing {
  thingName: string;
  thingId: string;
  thingArn: string;
  attributes: Attributes;
  version: number;
}

/** By kind of event. */
export type EventConfigurations = Store<{ Enabled: boolean }>;

/** Things without a thing type have no more. */
const mostAttributes = 3;

/** The registry of things, and its events: off until somebody switches them on, as in a new AWS account. */
export function thingOperations(
  { things, eventConfigurations }: { things: Store<Thing>; eventConfigurations: EventConfigurations },
  { broker, clock, ...place }: { broker: Broker; clock: Clock } & Region,
): Operations {
  const configuration = () => eventConfigurations.entries.get('THING') ?? { Enabled: false };

  function find(thingName: string): Thing {
    const thing = things.entries.get(thingName);
    if (!thing) throw new AwsError('ResourceNotFoundException', `Thing ${thingName} not found.`, 404);
    return thing;
  }

  async function changed(operation: 'CREATED' | 'UPDATED' | 'DELETED', thing: Thing): Promise<void> {
    const { thingName, thingId, attributes, version: versionNumber } = thing;
    if (operation === 'DELETED') things.entries.delete(thingName);
    else things.entries.set(thingName, thing);
    things.changed();
    if (!configuration().Enabled) return;
    await publishJson(broker, `$aws/events/thing/${thingName}/${operation.toLowerCase()}`, {
      eventType: 'THING_EVENT',
      eventId: randomUUID(),
      timestamp: clock.now(),
      operation,
      accountId: place.accountId,
      thingId,
      thingName,
      versionNumber,
      thingTypeName: null,
      attributes,
    });
  }

  return {
    async CreateThing(thingName, request) {
      const { attributes = {}, merge } = attributePayloadOf('iot:CreateThing with', request);
      if (merge) throw invalidRequest('merge is only valid when a thing is updated.');
      checkAttributes(attributes);
      const existing = things.entries.get(thingName);
      if (existing && !isDeepStrictEqual(existing.attributes, attributes)) {
        const message = `Thing ${thingName} already exists in account with different attributes.`;
        throw new AwsError('ResourceAlreadyExistsException', message, 409);
      }
      const thingArn = arnOf(place, 'iot', `thing/${thingName}`);
      const thing = existing ?? { thingName, thingId: randomUUID(), thingArn, attributes, version: 1 };
      if (!existing) await changed('CREATED', thing);
      return { thingName, thingArn, thingId: thing.thingId };
    },

    DescribeThing: (thingName) => ({ defaultClientId: thingName, ...find(thingName) }),

    async UpdateThing(thingName, request) {
      const thing = find(thingName);
      const { attributes, merge } = attributePayloadOf('iot:UpdateThing with', request);
      // Without `merge` they are replaced; an empty value removes.
      const all = { ...((merge || !attributes) && thing.attributes), ...attributes };
      const left = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
      checkAttributes(left);
      await changed('UPDATED', { ...thing, attributes: left, version: thing.version + 1 });
      return {};
    },

    /** A thing that is not there counts as deleted. Its shadow stays. */
    async DeleteThing(thingName) {
      const thing = things.entries.get(thingName);
      if (thing) await changed('DELETED', thing);
      return {};
    },

    DescribeEventConfigurations: () => ({ eventConfigurations: { THING: configuration() } }),

    UpdateEventConfigurations(_, request) {
      const body = jsonBody(request);
      refuseUnknown('iot:UpdateEventConfigurations with', body, ['eventConfigurations']);
      const configurations = (body.eventConfigurations ?? {}) as Record<string, { Enabled?: boolean }>;
      for (const [kind, { Enabled = false }] of Object.entries(configurations)) {
        if (kind !== 'THING') throw notImplemented(`iot: events of type ${kind}`);
        eventConfigurations.entries.set(kind, { Enabled });
      }
      eventConfigurations.changed();
      return {};
    },
  };
}

/** @throws {AwsError} */
export function checkThingName(thingName: string): void {
  if (/^[a-zA-Z0-9:_-]{1,128}$/.test(thingName)) return;
  throw invalidRequest(
    `1 validation error detected: Value '${thingName}' at 'thingName' failed to satisfy constraint: ` +
      'Member must satisfy regular expression pattern: [a-zA-Z0-9:_-]{1,128}',
  );
}

function attributePayloadOf(what: string, request: AwsRequest): { attributes?: Attributes; merge?: boolean } {
  const body = jsonBody(request);
  refuseUnknown(what, body, ['attributePayload']);
  return body.attributePayload ?? {};
}

function checkAttributes(attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!/^[a-zA-Z0-9_.,@/:#-]{1,128}$/.test(name)) throw invalidRequest(`Invalid attribute name: ${name}`);
    if (typeof value !== 'string' || !/^[a-zA-Z0-9_.,@/:#=[\]-]{1,800}$/.test(value)) {
      throw invalidRequest(`Invalid value of attribute ${name}: ${value}`);
    }
  }
  const count = Object.keys(attributes).length;
  if (count > mostAttributes) {
    throw invalidRequest(`A thing without a thing type has at most ${mostAttributes} attributes, not ${count}.`);
  }
}
