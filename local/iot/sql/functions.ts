import type { Message } from '../broker.js';
import { member, toInt, type Value } from './values.js';

type SqlFunction = [fewest: number, most: number, call: (message: Message, ...values: Value[]) => Value];

/** By name in lower case: how many arguments they take, and what they make of their values. */
export const functions = new Map<string, SqlFunction>([
  ['topic', [0, 1, ({ topic }, ...levels) => (levels.length > 0 ? levelOf(topic, levels[0]) : topic)]],
  ['timestamp', [0, 0, ({ timestamp }) => timestamp]],
  ['clientid', [0, 0, ({ clientId }) => clientId ?? 'n/a']],
  ['get', [2, 2, (_, from, key) => get(from, key)]],
  ['get_user_properties', [1, 1, ({ userProperties }, key) => valuesOf(userProperties, key)]],
  ['isundefined', [1, 1, (_, value) => value === undefined]],
  ['isnull', [1, 1, (_, value) => value === null]],
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
