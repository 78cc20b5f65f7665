import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import { AwsError, notImplemented } from '../service.js';
import { type Broker, publishJson } from './broker.js';
import type { Thing } from './registry.js';
import type { Store } from './store.js';

export interface ThingEvents {
  /** Publishes on `$aws/events/thing/<name>/…`, once that is switched on. */
  publish(operation: 'CREATED' | 'UPDATED' | 'DELETED', thing: Thing): Promise<void>;
  configurations(): EventConfigurations;
  /** Switches the named types and leaves the others. @throws {AwsError} for a type that is unknown. */
  configure(change: Record<string, { Enabled?: boolean }>): void;
}

export interface EventConfigurations {
  eventConfigurations: Record<string, { Enabled: boolean }>;
  /** Seconds since 1970; undefined when nobody changed anything yet. */
  creationDate?: number;
  lastModifiedDate?: number;
}

const TYPES: readonly string[] = [
  'THING',
  'THING_GROUP',
  'THING_TYPE',
  'THING_GROUP_MEMBERSHIP',
  'THING_GROUP_HIERARCHY',
  'THING_TYPE_ASSOCIATION',
  'JOB',
  'JOB_EXECUTION',
  'POLICY',
  'CERTIFICATE',
  'CA_CERTIFICATE',
];

/** Events are off until somebody switches them on, as in a new AWS account. */
export function openThingEvents(
  store: Store<EventConfigurations>,
  broker: Broker,
  clock: Clock,
  { accountId }: { accountId: string },
): ThingEvents {
  const configurations = (): EventConfigurations =>
    store.entries.get('account') ?? {
      eventConfigurations: Object.fromEntries(TYPES.map((type) => [type, { Enabled: false }])),
    };

  return {
    configurations,
    configure(change) {
      const now = clock.now() / 1000;
      const before = configurations();
      const after = { ...before.eventConfigurations };
      for (const [type, { Enabled = false }] of Object.entries(change)) {
        if (!TYPES.includes(type)) throw new AwsError('InvalidRequestException', `Unknown event type: ${type}`);
        if (Enabled && type !== 'THING') throw notImplemented(`iot: events of type ${type}`);
        after[type] = { Enabled };
      }
      store.entries.set('account', {
        eventConfigurations: after,
        creationDate: before.creationDate ?? now,
        lastModifiedDate: now,
      });
      store.changed();
    },
    async publish(operation, { thingName, thingId, version, attributes }) {
      if (!configurations().eventConfigurations.THING?.Enabled) return;
      const event = {
        eventType: 'THING_EVENT',
        eventId: randomUUID(),
        timestamp: clock.now(),
        operation,
        accountId,
        thingId,
        thingName,
        versionNumber: version,
        thingTypeName: null,
        attributes,
      };
      await publishJson(broker, `$aws/events/thing/${thingName}/${operation.toLowerCase()}`, event);
    },
  };
}
