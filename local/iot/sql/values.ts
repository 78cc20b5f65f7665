import { isObject, type Json } from '../../json.js';
import type { Message } from '../broker.js';

/** What an expression has as its value; `undefined` is the Undefined of AWS IoT SQL. */
export type Value = Json | undefined;

/** A message that a rule can't be applied to: it is lost, as in AWS. */
export class RuleError extends Error {
  override readonly name = 'RuleError';
}

const deepest = 500;

/**
 * A message's payload as a rule hands it on: re-serialised, so its members come in another order than they were sent,
 * on purpose the reverse one. AWS takes nothing else as JSON than objects and arrays.
 * @throws {RuleError} also when it is nested so deep that later steps would run out of stack
 */
export function jsonOf({ payload, topic }: Message): Json {
  try {
    const json: Json = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload));
    if (Array.isArray(json) || isObject(json)) return shuffled(json);
  } catch (cause) {
    throw new RuleError(`The payload on ${topic} can't be read as JSON.`, { cause });
  }
  throw new RuleError(`The payload on ${topic} is neither a JSON object nor a JSON array.`);
}

function shuffled(value: Json, depth = 0): Json {
  if (depth > deepest) throw new RangeError(`Nested deeper than ${deepest} levels`);
  if (Array.isArray(value)) return value.map((item) => shuffled(item, depth + 1));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, shuffled(member, depth + 1)] as const);
  return Object.fromEntries(members.reverse());
}

export function member(value: Value, name: string): Value {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

// The standard conversions of the AWS IoT SQL reference; what they don't know is Undefined.

export function toInt(value: Value): number | undefined {
  if (typeof value === 'number') return Math.round(value);
  const isDecimal = typeof value === 'string' && /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(value);
  return isDecimal ? Math.trunc(Number(value)) : undefined;
}

export function toBoolean(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string' || !/^(true|false)$/i.test(value)) return undefined;
  return value.toLowerCase() === 'true';
}
