import {
  CreateThingCommand,
  DeleteThingCommand,
  DescribeEventConfigurationsCommand,
  DescribeThingCommand,
  UpdateEventConfigurationsCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot';
import { holds, refusal, same } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import type { Stage } from './stage.js';

const events = 'AWS IoT: Registry events';

/** AWS IoT, the thing registry and its events. */
export const registry: Probe[] = [
  {
    id: 'registry-name',
    says: 'The name of a thing is 1 to 128 of `a-z A-Z 0-9 : _ -`; anything else is `InvalidRequestException`.',
    restsOn: 'documented',
    source: 'AWS IoT API reference: CreateThing',
    imitatedIn: ['iot/registry.ts', 'iot/operations.ts'],
    ifWrong: 'No effect: identities are refused here before.',
    async check(stage) {
      for (const name of ['RDAM 123', 'CP*', 'CP.1', 'a'.repeat(129)]) {
        same('error', await refusal(name, create(stage, name)), { name: 'InvalidRequestException', status: 400 });
      }
      const longest = mark().padEnd(128, ':_-');
      await create(stage, longest);
      await stage.iot.send(new DeleteThingCommand({ thingName: longest }));
    },
  },
  {
    id: 'registry-create-again',
    says: 'Creating a thing again succeeds with the same attributes; with others it is `ResourceAlreadyExistsException`.',
    restsOn: 'documented',
    source: 'AWS IoT API reference: CreateThing',
    imitatedIn: ['iot/registry.ts'],
    ifWrong: '`npm run register` fails for a charge point that is registered.',
    async check(stage) {
      const name = await stage.thing({ site: 'north' });
      await create(stage, name, { site: 'north' });
      const refused = await refusal('with another attribute', create(stage, name, { site: 'south' }));
      same('error', refused, { name: 'ResourceAlreadyExistsException', status: 409 });
    },
  },
  {
    id: 'registry-describe',
    says: '`DescribeThing` tells attributes and version; of an unknown thing it is `ResourceNotFoundException`.',
    restsOn: 'documented',
    source: 'AWS IoT API reference: DescribeThing',
    imitatedIn: ['iot/registry.ts', 'iot/operations.ts'],
    ifWrong: 'A charge point whose registration was not mirrored yet is refused with 502 instead of 404.',
    async check(stage) {
      const thingName = await stage.thing({ site: 'north' });
      const { attributes, version, thingId } = await stage.iot.send(new DescribeThingCommand({ thingName }));
      same('attributes and version', { attributes, version }, { attributes: { site: 'north' }, version: 1 });
      holds('thingId is text', typeof thingId === 'string', thingId);
      const describe = stage.iot.send(new DescribeThingCommand({ thingName: mark() }));
      const refused = await refusal('an unknown thing', describe);
      same('error', refused, { name: 'ResourceNotFoundException', status: 404 });
    },
  },
  {
    id: 'registry-attributes',
    says: 'A thing without a thing type has three attributes at most, of certain characters: `InvalidRequestException`.',
    restsOn: 'documented',
    source: 'AWS IoT: How to manage things with the registry',
    imitatedIn: ['iot/registry.ts'],
    ifWrong: 'A thing that can be made on a laptop can not on AWS.',
    async check(stage) {
      await stage.thing({ a: '1', b: '2', c: '3' });
      for (const attributes of [{ a: '1', b: '2', c: '3', d: '4' }, { a: 'two words' }, { 'a b': '1' }]) {
        const refused = await refusal(JSON.stringify(attributes), create(stage, mark(), attributes));
        same('error', refused, { name: 'InvalidRequestException', status: 400 });
      }
    },
  },
  {
    id: 'registry-update',
    says: '`UpdateThing` replaces the attributes, or merges them; an empty value removes one.',
    restsOn: 'documented',
    source: 'AWS IoT API reference: UpdateThing, AttributePayload',
    imitatedIn: ['iot/registry.ts', 'iot/operations.ts'],
    ifWrong: 'No effect: nothing here changes things.',
    async check(stage) {
      const thingName = await stage.thing({ a: '1', b: '2' });
      const update = (attributes: Record<string, string>, merge: boolean) =>
        stage.iot.send(new UpdateThingCommand({ thingName, attributePayload: { attributes, merge } }));
      const attributes = async () => (await stage.iot.send(new DescribeThingCommand({ thingName }))).attributes;
      await update({ b: '', c: '3' }, true);
      same('after a merge', await attributes(), { a: '1', c: '3' });
      await update({ d: '4' }, false);
      same('after a replacement', await attributes(), { d: '4' });
    },
  },
  {
    id: 'registry-delete',
    says: '`DeleteThing` succeeds for a thing that is not there.',
    restsOn: 'documented',
    source: 'AWS IoT API reference: DeleteThing',
    imitatedIn: ['iot/registry.ts'],
    ifWrong: 'No effect: nothing here deletes things.',
    async check({ iot }) {
      await iot.send(new DeleteThingCommand({ thingName: mark() }));
    },
  },
  {
    id: 'registry-events-on',
    says: 'The events of things are on once `setup` has switched them on; switching them on again leaves those of other kinds.',
    restsOn: 'documented',
    source: `${events}; AWS IoT API reference: UpdateEventConfigurations`,
    imitatedIn: ['iot/registry.ts', 'template/custom-resource.ts', 'stack.ts'],
    ifWrong: 'The mirror never hears of deletions: deleted things may connect.',
    async check({ iot }) {
      const configurations = async () =>
        (await iot.send(new DescribeEventConfigurationsCommand({}))).eventConfigurations ?? {};
      const before = await configurations();
      same('events of things', before.THING, { Enabled: true });
      await iot.send(new UpdateEventConfigurationsCommand({ eventConfigurations: { THING: { Enabled: true } } }));
      same('afterwards', await configurations(), before);
    },
  },
  {
    id: 'registry-events-off',
    says: 'They are off in a new account.',
    restsOn: 'documented',
    source: events,
    imitatedIn: ['iot/registry.ts'],
    ifWrong: 'No effect: `setup` would not be needed.',
    notProbed: 'switching them off would stop the mirror of whatever else is in the account',
  },
  {
    id: 'registry-events',
    says: 'A thing that is created, changed and deleted is told on `$aws/events/thing/<name>/{created,updated,deleted}`, with `operation`, `attributes` and a `timestamp` that orders them.',
    restsOn: 'documented',
    source: `${events}; that the timestamp orders them is assumed`,
    imitatedIn: ['iot/registry.ts'],
    ifWrong: '`registry` fails into FailuresQueue, or an older state wins.',
    async check(stage) {
      const thingName = mark();
      const inbox = await stage.listen(`$aws/events/thing/${thingName}/+`);
      await create(stage, thingName, { site: 'north' });
      const attributePayload = { attributes: { site: 'south' } };
      await stage.iot.send(new UpdateThingCommand({ thingName, attributePayload }));
      await stage.iot.send(new DeleteThingCommand({ thingName }));
      const expected = [
        ['CREATED', 'north'],
        ['UPDATED', 'south'],
        ['DELETED', 'south'],
      ] as const;
      const told = await Promise.all(
        expected.map(async ([operation, site]) => {
          const topic = `$aws/events/thing/${thingName}/${operation.toLowerCase()}`;
          const { payload } = await inbox.first(`the event ${operation}`, (message) => message.topic === topic);
          const event = JSON.parse(payload.toString());
          same('event', of(event), { eventType: 'THING_EVENT', operation, thingName, attributes: { site } });
          return event;
        }),
      );
      const times = told.map(({ timestamp }) => timestamp);
      holds('timestamps in milliseconds, in their order', times.every(isAfterTheOneBefore), times);
      const versions = told.map(({ versionNumber }) => versionNumber);
      same('versions of the first two', versions.slice(0, 2), [1, 2]);
    },
  },
  {
    id: 'registry-events-order',
    says: 'These events may come twice, and in any order.',
    restsOn: 'documented',
    source: events,
    imitatedIn: [],
    ifWrong: 'No effect: the newest wins.',
    notProbed: 'that nothing came twice would prove nothing',
  },
  {
    id: 'registry-rate',
    says: '`DescribeThing` may be called 350 times a second.',
    restsOn: 'documented',
    source: 'AWS IoT Core endpoints and quotas: Device registry',
    imitatedIn: [],
    ifWrong: 'Handshakes of unknown identities fail with 502 while things are looked up too fast.',
    notProbed: 'it would disturb whatever else is in the account',
  },
];

function create({ iot }: Stage, thingName: string, attributes: Record<string, string> = {}): Promise<unknown> {
  return iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes } }));
}

function of({ eventType, operation, thingName, attributes }: Record<string, unknown>): object {
  return { eventType, operation, thingName, attributes };
}

function isAfterTheOneBefore(time: number, index: number, times: number[]): boolean {
  return time > 1.5e12 && time >= (times[index - 1] ?? 0);
}
