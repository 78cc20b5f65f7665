import type { Json } from '../../json.js';
import type { Message } from '../broker.js';
import { member, parseShuffled, toInt, toText, type Value } from './values.js';

type SqlFunction = [fewest: number, most: number, call: (message: Message, ...values: Value[]) => Value];

/** By name in lower case: how many arguments they take, and what they make of their values. */
export const functions = new Map<string, SqlFunction>([
  ['topic', [0, 1, ({ topic }, ...levels) => (levels.length > 0 ? levelOf(topic, levels[0]) : topic)]],
  ['timestamp', [0, 0, ({ timestamp }) => timestamp]],
  ['clientid', [0, 0, ({ clientId }) => clientId ?? 'n/a']],
  ['get', [2, 2, (_, from, key) => get(from, key)]],
  ['get_user_properties', [1, 1, ({ userProperties }, key) => valuesOf(userProperties, key)]],
  ['concat', [0, Number.POSITIVE_INFINITY, (_, ...values) => concat(values)]],
  ['lower', [1, 1, (_, value) => toText(value)?.toLowerCase()]],
  ['upper', [1, 1, (_, value) => toText(value)?.toUpperCase()]],
  ['startswith', [2, 2, (_, ...values) => ofTexts(values, (text, start) => text.startsWith(start))]],
  ['endswith', [2, 2, (_, ...values) => ofTexts(values, (text, end) => text.endsWith(end))]],
  ['isundefined', [1, 1, (_, value) => value === undefined]],
  ['isnull', [1, 1, (_, value) => value === null]],
]);

/** Those that are told an encoding besides. */
export const codecs = new Map([
  ['encode', encode],
  ['decode', decode],
]);

function levelOf(topic: string, level: Value): Value {
  return topic.split('/')[(toInt(level) ?? 0) - 1];
}

function get(from: Value, key: Value): Value {
  if (Array.isArray(from) || typeof from === 'string') return from[toInt(key) ?? -1];
  return typeof key === 'string' ? member(from, key) : undefined;
}

function valuesOf(userProperties: Message['userProperties'], key: Value): Value {
  const values = userProperties.filter(([name]) => name === key).map(([, value]) => value);
  return values.length > 0 ? values : undefined;
}

export function encode(text: string | undefined): Value {
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

function ofTexts(values: Value[], test: (first: string, second: string) => boolean): Value {
  const [first, second] = values.map(toText);
  return first === undefined || second === undefined ? undefined : test(first, second);
}
