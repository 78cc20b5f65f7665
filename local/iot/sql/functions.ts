import type { Json } from '../../json.js';
import type { Message } from '../broker.js';
import { member, parseShuffled, toInt, toText, type Value } from './values.js';

export interface SqlFunction {
  fewest: number;
  most: number;
  /** What the last argument must literally be. */
  encoding?: 'base64';
  call(message: Message, ...values: Value[]): Value;
}

/** By name in lower case. */
export const functions = new Map<string, SqlFunction>([
  ['topic', { fewest: 0, most: 1, call: ({ topic }, ...levels) => topicOrLevel(topic, levels) }],
  ['timestamp', { fewest: 0, most: 0, call: ({ timestamp }) => timestamp }],
  ['clientid', { fewest: 0, most: 0, call: ({ clientId }) => clientId ?? 'n/a' }],
  ['get', { fewest: 2, most: 2, call: (_, from, key) => get(from, key) }],
  ['get_user_properties', { fewest: 1, most: 1, call: ({ userProperties }, key) => valuesOf(userProperties, key) }],
  ['encode', { fewest: 2, most: 2, encoding: 'base64', call: (_, value) => encode(toText(value)) }],
  ['decode', { fewest: 2, most: 2, encoding: 'base64', call: (_, value) => decode(toText(value)) }],
  ['concat', { fewest: 0, most: Number.POSITIVE_INFINITY, call: (_, ...values) => concat(values) }],
  ['lower', { fewest: 1, most: 1, call: (_, value) => toText(value)?.toLowerCase() }],
  ['upper', { fewest: 1, most: 1, call: (_, value) => toText(value)?.toUpperCase() }],
  ['startswith', ofTexts((text, start) => text.startsWith(start))],
  ['endswith', ofTexts((text, end) => text.endsWith(end))],
  ['isundefined', { fewest: 1, most: 1, call: (_, value) => value === undefined }],
  ['isnull', { fewest: 1, most: 1, call: (_, value) => value === null }],
]);

function topicOrLevel(topic: string, levels: Value[]): Value {
  return levels.length === 0 ? topic : topic.split('/')[(toInt(levels[0]) ?? 0) - 1];
}

function get(from: Value, key: Value): Value {
  if (Array.isArray(from) || typeof from === 'string') return from[toInt(key) ?? -1];
  return typeof key === 'string' ? member(from, key) : undefined;
}

function valuesOf(userProperties: Message['userProperties'], key: Value): Value {
  const values = userProperties.filter(([name]) => name === key).map(([, value]) => value);
  return values.length > 0 ? values : undefined;
}

function encode(text: string | undefined): Value {
  return text === undefined ? undefined : Buffer.from(text).toString('base64');
}

/** What was encoded, as JSON if it is JSON and as text if not; null, as AWS says, when it can't be decoded. */
function decode(text: string | undefined): Value {
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

function concat(values: Value[]): Value {
  if (values.length < 2) return values[0];
  if (values.some(Array.isArray)) {
    const items = values.flat() as Value[];
    return items.filter((item): item is Json => item !== undefined);
  }
  const texts = values.map(toText);
  const anyText = values.some((value) => typeof value === 'string');
  return anyText && !texts.includes(undefined) ? texts.join('') : undefined;
}

function ofTexts(test: (first: string, second: string) => boolean): SqlFunction {
  return {
    fewest: 2,
    most: 2,
    call(_, ...values) {
      const [first, second] = values.map(toText);
      return first === undefined || second === undefined ? undefined : test(first, second);
    },
  };
}
