import type { Schema } from '../../schemas/generated/runtime.js';

/** What is wrong: a member is missing, too few or many items, a wrong type, a wrong value, an unknown member. */
export type Fault = 'missing' | 'count' | 'type' | 'value' | 'unknown';

export interface Broken {
  fault: Fault;
  /** Where it is to be found, as a JSON pointer. */
  path: string;
  payload: unknown;
}

/** Every way of breaking one rule of a valid payload, and no other. */
export function* faults(schema: Schema, valid: unknown, path = ''): Generator<Broken> {
  if (path !== '') {
    for (const payload of ofOtherTypes(schema)) yield { fault: 'type', path, payload };
  }
  for (const payload of ofOtherValues(schema)) yield { fault: 'value', path, payload };
  if (Array.isArray(valid)) yield* faultsOfItems(schema, valid, path);
  else if (typeof valid === 'object' && valid !== null) {
    yield* faultsOfMembers(schema, valid as Record<string, unknown>, path);
  }
}

function* faultsOfItems({ items = {}, minItems = 0, maxItems }: Schema, valid: unknown[], path: string) {
  if (minItems > 0) yield { fault: 'count' as const, path, payload: valid.slice(0, minItems - 1) };
  if (maxItems !== undefined) yield { fault: 'count' as const, path, payload: Array(maxItems + 1).fill(valid[0]) };
  for (const { payload, ...broken } of faults(items, valid[0], `${path}/0`)) {
    yield { ...broken, payload: [payload, ...valid.slice(1)] };
  }
}

function* faultsOfMembers(schema: Schema, valid: Record<string, unknown>, path: string): Generator<Broken> {
  if (!schema.open) yield { fault: 'unknown', path, payload: { ...valid, unknownMember: 1 } };
  for (const [name, value] of Object.entries(valid)) {
    const { [name]: _, ...without } = valid;
    if (schema.required?.includes(name)) yield { fault: 'missing', path, payload: without };
    for (const { payload, ...broken } of faults(schema.properties?.[name] ?? {}, value, `${path}/${name}`)) {
      yield { ...broken, payload: { ...valid, [name]: payload } };
    }
  }
}

function ofOtherTypes({ type }: Schema): unknown[] {
  switch (type) {
    case undefined:
      return [];
    case 'object':
      return [null, 'text', 1, []];
    case 'array':
      return [null, 'text', {}];
    case 'string':
      return [null, 1, true, {}, ['text']];
    case 'integer':
      return [null, '1', 1.5, false, {}];
    case 'number':
      return [null, '1', false, {}];
    default:
      return [null, 'true', 1];
  }
}

function* ofOtherValues({ enum: allowed, format, maxLength, minimum, maximum, multipleOf }: Schema) {
  if (allowed) yield* ['', 'Invented', `${allowed[0]} `];
  if (format) yield* ['', 'yesterday'];
  if (maxLength !== undefined) yield 'x'.repeat(maxLength + 1);
  if (minimum !== undefined) yield minimum - 1;
  if (maximum !== undefined) yield maximum + 1;
  if (multipleOf !== undefined) yield multipleOf * 1.5;
}
