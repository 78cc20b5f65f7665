import { expect, it } from 'vitest';
import { messages as messages16 } from '../../schemas/generated/ocpp1.6/messages.js';
import { messages as messages201 } from '../../schemas/generated/ocpp2.0.1/messages.js';
import { messages as messages21 } from '../../schemas/generated/ocpp2.1/messages.js';
import type { Schema, Validators } from '../../schemas/generated/runtime.js';

// The schemas come from one package, ocpp-rpc. Whether it has the official ones is asked of another, typed-ocpp.

type Json = Record<string, unknown>;
type Messages = Readonly<Record<string, () => Validators<unknown, unknown>>>;

const annotations = new Set(['$schema', '$id', 'id', 'title', 'definitions', 'comment', 'description', 'javaType']);
const notCopied = new Set([
  ...annotations,
  'default',
  'additionalProperties',
  'additionalItems',
  'properties',
  'items',
]);

/** What of a JSON schema decides, with its definitions put where they are used. */
function decisive(json: Json, definitions: Json): Schema {
  if (typeof json.$ref === 'string') {
    return decisive(definitions[json.$ref.replace('#/definitions/', '')] as Json, definitions);
  }
  const { type, additionalProperties, properties = {}, items } = json;
  const members = Object.entries(properties as Json);
  return {
    ...Object.fromEntries(Object.entries(json).filter(([keyword]) => !notCopied.has(keyword))),
    ...(type === 'object' && additionalProperties !== false && { open: true }),
    ...(type === 'object' && {
      properties: Object.fromEntries(members.map(([name, member]) => [name, decisive(member as Json, definitions)])),
    }),
    ...(items !== undefined && { items: decisive(items as Json, definitions) }),
  };
}

/** Where two schemas differ, by path and keyword. In which order values stand is nothing. */
function* differences(ours: unknown, theirs: unknown, path: string): Generator<string> {
  if (isObject(ours) && isObject(theirs)) {
    for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      yield* differences(ours[name], theirs[name], `${path}/${name}`);
    }
  } else if (text(ours) !== text(theirs)) {
    yield `${path}: ours ${text(ours)}, theirs ${text(theirs)}`;
  }
}

function text(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? value.toSorted() : value) ?? 'nothing';
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The second edition of 1.6 has CiString500Type for a configuration key's value and CiString50Type for info. */
const longer16 = [
  'ChangeConfigurationRequest/properties/value/maxLength: ours 500, theirs 2048',
  'GetConfigurationResponse/properties/configurationKey/items/properties/value/maxLength: ours 500, theirs 2048',
  'StatusNotificationRequest/properties/info/maxLength: ours 50, theirs 100',
];

it.each<[string, Messages, string, string[]]>([
  ['ocpp1.6', messages16, 'ocpp16', longer16],
  ['ocpp2.0.1', messages201, 'ocpp20', []],
  ['ocpp2.1', messages21, 'ocpp21', []],
])(
  '%s: the schemas are those of a second package, but for what is named',
  async (_version, messages, folder, named) => {
    const theirs: Record<string, Json> = await import(`typed-ocpp/dist/${folder}/schemas.js`);
    const found: string[] = [];
    const compared = new Set<string>();
    for (const [name, schema] of Object.entries(theirs)) {
      // A SEND has no response, and is called by its action alone.
      const [, action = '', kind = 'Request'] = /^(\w+?)(Request|Response)?$/.exec(name) ?? [];
      const ours = messages[action]?.()[kind === 'Request' ? 'request' : 'response'].schema;
      found.push(...differences(ours, decisive(schema, (schema.definitions ?? {}) as Json), name));
      compared.add(`${action} ${kind}`);
    }
    const all = Object.entries(messages).flatMap(([action, validators]) =>
      validators().response.schema.type === 'never'
        ? [`${action} Request`]
        : [`${action} Request`, `${action} Response`],
    );
    expect([...compared].sort()).toEqual(all.sort());
    expect(found).toEqual(named);
  },
);
