import { type Json } from '../../json.js';
import type { RuleMessage } from './rule.js';
import { member, parseShuffled, toInt, toText, type Value } from './values.js';

export interface SqlFunction {
  /** The fewest and the most arguments. */
  readonly arguments: readonly [fewest: number, most: number];
  /** What the last argument must literally be. */
  readonly scheme?: string;
  /** Whether `*` means the bytes of the payload, whatever they are, instead of the JSON they spell. */
  readonly takesBytes?: boolean;
  call(message: RuleMessage, values: readonly (Value | Buffer)[]): Value;
}

/** Finds a function by its name in any case, as AWS does. */
export function functionNamed(name: string): SqlFunction | undefined {
  return FUNCTIONS.get(name.toLowerCase());
}

function define(fewest: number, most: number, call: (message: RuleMessage, ...values: Value[]) => Value): SqlFunction {
  return { arguments: [fewest, most], call: (message, values) => call(message, ...(values as Value[])) };
}

function ofTexts(test: (first: string, second: string) => boolean): SqlFunction {
  return define(2, 2, (_, a, b) => {
    const [first, second] = [toText(a), toText(b)];
    return first === undefined || second === undefined ? undefined : test(first, second);
  });
}

const FUNCTIONS: ReadonlyMap<string, SqlFunction> = new Map<string, SqlFunction>([
  [
    'topic',
    {
      arguments: [0, 1],
      call: ({ topic }, values) => {
        if (values.length === 0) return topic;
        const level = toInt(values[0] as Value);
        return level === undefined ? undefined : topic.split('/')[level - 1];
      },
    },
  ],
  ['timestamp', define(0, 0, ({ timestamp }) => timestamp)],
  ['clientid', define(0, 0, ({ clientId }) => clientId ?? 'n/a')],
  ['get', define(2, 2, (_, from, index) => get(from, index))],
  [
    'get_user_properties',
    define(1, 1, ({ userProperties }, key) => {
      const values = userProperties.filter(([name]) => name === key).map(([, value]) => value);
      return values.length > 0 ? values : undefined;
    }),
  ],
  [
    'encode',
    {
      arguments: [2, 2],
      scheme: 'base64',
      takesBytes: true,
      call: (_, [value]) => {
        if (Buffer.isBuffer(value)) return value.toString('base64');
        const text = toText(value);
        return text === undefined ? undefined : Buffer.from(text).toString('base64');
      },
    },
  ],
  ['decode', { ...define(2, 2, (_, value) => decode(value)), scheme: 'base64' }],
  ['concat', define(0, Number.POSITIVE_INFINITY, (_, ...values) => concat(values))],
  ['lower', define(1, 1, (_, value) => toText(value)?.toLowerCase())],
  ['upper', define(1, 1, (_, value) => toText(value)?.toUpperCase())],
  ['startswith', ofTexts((text, start) => text.startsWith(start))],
  ['endswith', ofTexts((text, end) => text.endsWith(end))],
  ['isundefined', define(1, 1, (_, value) => value === undefined)],
  ['isnull', define(1, 1, (_, value) => value === null)],
]);

function get(from: Value, index: Value): Value {
  if (Array.isArray(from) || typeof from === 'string') {
    const at = toInt(index);
    return at === undefined ? undefined : from[at];
  }
  return typeof index === 'string' ? member(from, index) : undefined;
}

/** What was encoded, as JSON if it is JSON and as text if not; null, as AWS says, when it can't be decoded. */
function decode(value: Value): Value {
  const text = toText(value);
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) return null;
  try {
    return parseShuffled(bytes);
  } catch {
    // Not JSON is no error here.
    const decoded = bytes.toString();
    return Buffer.from(decoded).equals(bytes) ? decoded : null;
  }
}

function concat(values: readonly Value[]): Value {
  if (values.length < 2) return values[0];
  if (values.some(Array.isArray)) {
    const items = values.flat() as Value[];
    return items.filter((item): item is Json => item !== undefined);
  }
  const texts = values.map(toText);
  const anyText = values.some((value) => typeof value === 'string');
  return anyText && !texts.includes(undefined) ? texts.join('') : undefined;
}
