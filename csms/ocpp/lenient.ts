import { type Schema, type Validator, validator } from '../../schemas/generated/runtime.js';

/**
 * How long a text may be that is too long for its schema. It may become the key of an item, and DynamoDB's keys end at
 * 1,024 bytes: 250 characters of any script are within that.
 */
const longest = 250;
const timesLonger = 4;

const lenient = new WeakMap<Schema, Schema>();
const validators = new WeakMap<Schema, Validator<unknown>>();

/** A validator that does not care for the lengths of texts, within reason. */
export function lenientValidator(schema: Schema): Validator<unknown> {
  const known = validators.get(schema);
  if (known) return known;
  const made = validator<unknown>(lenientSchema(schema));
  validators.set(schema, made);
  return made;
}

/** Definitions are shared in a schema, and stay shared. */
function lenientSchema(schema: Schema): Schema {
  const known = lenient.get(schema);
  if (known) return known;
  const { maxLength, items, properties, ...rest } = schema;
  const made: Schema = {
    ...rest,
    ...(maxLength !== undefined && { maxLength: Math.max(longest, timesLonger * maxLength) }),
    ...(items && { items: lenientSchema(items) }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, lenientSchema(member)])),
    }),
  };
  lenient.set(schema, made);
  return made;
}
