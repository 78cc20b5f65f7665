import { formats, type Schema, type ValidationError } from '../../schemas/generated/runtime.js';
import { hidden, isAboutSecret } from '../without-secrets.js';
import { looseDateTime } from './date-time.js';
import { lenientValidator } from './lenient.js';
import type { NaturalRules } from './natural.js';

/** What was wrong. What it was understood as is in docs/architecture.md. */
export type Fault =
  | 'boolean'
  | 'case'
  | 'date-time'
  | 'empty'
  | 'fraction'
  | 'left-out'
  | 'missing'
  | 'no-list'
  | 'no-object'
  | 'no-text'
  | 'number'
  | 'too-long'
  | 'unknown-member'
  | 'unknown-value'
  | 'not-understood';

export interface Deviation {
  /** A JSON pointer, with `*` for the items of a list: the same fault of each is one deviation. */
  path: string;
  what: Fault;
  /** What was there, the first time; `***` in what is about a secret. Absent for what was missing. */
  value?: unknown;
}

export interface Understood {
  /** What the payload was understood as; the payload itself is as it was. */
  payload: unknown;
  deviations: Deviation[];
  /** The items of lists that were left out. */
  leftOut: unknown[];
  /** The first fault that nothing can be made of. */
  error: ValidationError | undefined;
}

interface Repair {
  natural: NaturalRules;
  receivedAt: Date;
  note(path: string, what: Fault, value?: unknown): void;
  leftOut: unknown[];
}

/** What can be understood of a payload that its schema forbids. Never throws. */
export function understand(
  schema: Schema,
  sent: unknown,
  { natural, receivedAt }: { natural: NaturalRules; receivedAt: Date },
): Understood {
  const deviations = new Map<string, Deviation>();
  const note: Repair['note'] = (path, what, value) => {
    const key = `${what} ${path}`;
    if (!deviations.has(key)) deviations.set(key, { path, what, ...(value !== undefined && { value }) });
  };
  const leftOut: unknown[] = [];
  const payload = repaired(schema, sent, '', { natural, receivedAt, note, leftOut });
  const validate = lenientValidator(schema);
  const error = validate(payload) ? undefined : validate.errors?.[0];
  if (error) {
    const { instancePath, message } = error;
    note(instancePath.replace(/\/\d+(?=\/|$)/g, '/*'), 'not-understood', message);
  }
  return { payload, deviations: [...deviations.values()], leftOut, error };
}

/** A copy of what can be repaired; what can't be is as it was. */
function repaired(schema: Schema, value: unknown, path: string, repair: Repair): unknown {
  switch (schema.type) {
    case 'object':
      return repairedObject(schema, value, path, repair);
    case 'array':
      return repairedList(schema, value, path, repair);
    case 'string':
      return repairedText(schema, value, path, repair);
    case 'integer':
    case 'number':
      return repairedNumber(schema, value, path, repair);
    case 'boolean':
      return repairedBoolean(value, path, repair);
    default:
      return value;
  }
}

function repairedObject(schema: Schema, value: unknown, path: string, telling: Repair): unknown {
  const repair = isAboutSecret(value) ? withoutValues(telling) : telling;
  // What some languages make of an object without members.
  if (value === null || (Array.isArray(value) && value.length === 0)) {
    if (schema.required) return value;
    repair.note(path, 'no-object', value);
    return {};
  }
  if (!isObject(value)) return value;
  const { properties = {}, required = [], open } = schema;
  const { members, others } = byName(properties, value, path, repair);
  const entries: [string, unknown][] = [];
  for (const [name, member] of Object.entries(properties)) {
    const understood = repairedMember(member, members.get(name), `${path}/${name}`, required.includes(name), repair);
    if (understood !== undefined) entries.push([name, understood]);
  }
  for (const [name, other] of others) {
    if (open) entries.push([name, other]);
    else repair.note(`${path}/${name}`, 'unknown-member', other);
  }
  return Object.fromEntries(entries);
}

/** What is wrong with a secret is told, the secret is not. */
function withoutValues(repair: Repair): Repair {
  return { ...repair, note: (path, what, value) => repair.note(path, what, value === undefined ? value : hidden) };
}

/** The members that the schema names, however they are written, and the others. */
function byName(properties: object, value: Record<string, unknown>, path: string, repair: Repair) {
  const members = new Map<string, unknown>();
  const others: [string, unknown][] = [];
  const names = new Map(Object.keys(properties).map((name) => [name.toLowerCase(), name]));
  for (const [sent, member] of Object.entries(value)) {
    const name = Object.hasOwn(properties, sent) ? sent : names.get(sent.toLowerCase());
    if (name === undefined || (name !== sent && Object.hasOwn(value, name)) || members.has(name)) {
      others.push([sent, member]);
      continue;
    }
    if (name !== sent) repair.note(`${path}/${name}`, 'case', sent);
    members.set(name, member);
  }
  return { members, others };
}

/** @returns undefined when there is to be no such member */
function repairedMember(schema: Schema, sent: unknown, path: string, isRequired: boolean, repair: Repair): unknown {
  const rule = repair.natural[path];
  if (sent === undefined || isEmpty(schema, sent)) {
    if (isRequired && rule?.missing) {
      repair.note(path, 'missing', sent);
      return rule.missing(repair.receivedAt);
    }
    if (sent === undefined) return undefined;
    if (isRequired) return sent;
    repair.note(path, 'empty', sent);
    return undefined;
  }
  const value = repaired(schema, sent, path, repair);
  // All of its items were left out.
  if (!isRequired && isEmpty(schema, value)) return undefined;
  if (rule?.words && typeof value === 'string' && Object.hasOwn(rule.words, value.toLowerCase())) {
    repair.note(path, 'unknown-value', value);
    return rule.words[value.toLowerCase()];
  }
  if (rule?.unknown && typeof value === 'string' && !schema.enum?.includes(value)) {
    repair.note(path, 'unknown-value', value);
    return rule.unknown.as;
  }
  // It is nobody's business here, and no message is worth losing for it.
  if (path.endsWith('/customData') && !lenientValidator(schema)(value)) {
    repair.note(path, 'unknown-member', sent);
    return undefined;
  }
  return value;
}

/** Is it how some write that there is nothing? A text may be empty; what has a form can't, nor a list that is to have items. */
function isEmpty({ type, format, enum: allowed, minItems = 0 }: Schema, value: unknown): boolean {
  if (type === undefined) return false;
  if (type === 'array' && Array.isArray(value)) return value.length === 0 && minItems > 0;
  return value === null || (value === '' && (type !== 'string' || format !== undefined || allowed !== undefined));
}

function repairedList(schema: Schema, value: unknown, path: string, repair: Repair): unknown {
  const { items = {} } = schema;
  if (!Array.isArray(value)) {
    const only = repaired(items, value, `${path}/*`, repair);
    if (!lenientValidator(items)(only)) return value;
    repair.note(path, 'no-list');
    return [only];
  }
  const list = value.map((item) => repaired(items, item, `${path}/*`, repair));
  if (repair.natural[path]?.items !== 'left out') return list;
  return list.filter((item) => {
    if (lenientValidator(items)(item)) return true;
    repair.note(`${path}/*`, 'left-out', isAboutSecret(item) ? hidden : item);
    repair.leftOut.push(item);
    return false;
  });
}

function repairedText({ format, enum: allowed, maxLength }: Schema, sent: unknown, path: string, repair: Repair) {
  const text = textOf(sent, path, repair);
  if (typeof text !== 'string') return text;
  if (format === 'date-time' && !formats[format](text)) {
    const read = looseDateTime(text);
    if (read) repair.note(path, 'date-time', text);
    return read ?? text;
  }
  if (allowed && !allowed.includes(text)) {
    const word = text.trim().toLowerCase();
    const meant = allowed.find((value) => value.toLowerCase() === word);
    if (meant) repair.note(path, 'case', text);
    return meant ?? text;
  }
  // Counting characters takes long; there are no more of them than of UTF-16's units.
  const mayBeTooLong = maxLength !== undefined && text.length > maxLength;
  if (mayBeTooLong && [...text].length > maxLength) repair.note(path, 'too-long', text);
  return text;
}

function textOf(value: unknown, path: string, repair: Repair): unknown {
  const text = numberAsText(value) ?? (repair.natural[path]?.json && isStructure(value) ? json(value) : undefined);
  if (text === undefined) return value;
  repair.note(path, 'no-text', value);
  return text;
}

/** Of a whole number that JSON has rounded, nobody knows any more what was meant: as an id it would be another's. */
function numberAsText(value: unknown): string | undefined {
  if (typeof value !== 'number' || (Number.isInteger(value) && !Number.isSafeInteger(value))) return undefined;
  return String(value);
}

const decimal = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?\s*$/i;

function repairedNumber({ type }: Schema, sent: unknown, path: string, repair: Repair): unknown {
  const value = typeof sent === 'string' && decimal.test(sent) ? Number(sent) : sent;
  if (typeof value !== 'number' || !Number.isFinite(value)) return sent;
  if (type === 'integer' && !Number.isSafeInteger(value)) {
    if (repair.natural[path]?.fraction !== 'rounded') return sent;
    repair.note(path, 'fraction', sent);
    return Math.round(value);
  }
  if (value !== sent) repair.note(path, 'number', sent);
  return value;
}

const booleans = new Map<unknown, boolean>([
  ...([
    ['true', true],
    ['1', true],
    [1, true],
  ] as const),
  ...([
    ['false', false],
    ['0', false],
    [0, false],
  ] as const),
]);

function repairedBoolean(sent: unknown, path: string, repair: Repair): unknown {
  const value = booleans.get(typeof sent === 'string' ? sent.trim().toLowerCase() : sent);
  if (value === undefined) return sent;
  repair.note(path, 'boolean', sent);
  return value;
}

/** @returns undefined for what nests deeper than JSON is written */
export function json(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // A stack overflow: what was parsed has neither circles nor anything else that is no JSON.
    return undefined;
  }
}

function isStructure(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return isStructure(value) && !Array.isArray(value);
}
