import type { Schema, ValidationError } from '../../schemas/generated/runtime.js';

/** Whoever reads a meter's value knows what to make of any number; what a limit is, which some say is the largest, is kept as text. */
const readOtherwise = ['sampledValue', 'transactionLimit'];

/** The decimals that are kept as numbers. */
const keptDecimals = ['settlementAmount', 'soC', 'soH'];

/**
 * OCPP's integers have 32 bits, which its schemas don't say, and JSON has no exact numbers for larger ones.
 *
 * @param value what the schema allows
 * @returns the first number that is none of these
 */
export function numberFault(
  { type, properties, items }: Schema,
  value: unknown,
  path = '',
  name = '',
): ValidationError | undefined {
  if (typeof value === 'number') {
    const isChecked = type === 'integer' || keptDecimals.includes(name);
    if (!isChecked || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return undefined;
    const message = type === 'integer' ? 'must be an integer of 32 bits' : 'must be a number that can be kept';
    return { instancePath: path, keyword: 'maximum', params: {}, message };
  }
  if (Array.isArray(value))
    return firstOf(value.entries(), (item, i) => items && numberFault(items, item, `${path}/${i}`));
  if (typeof value !== 'object' || value === null || !properties) return undefined;
  return firstOf(Object.entries(value), (member, name) => {
    const schema = Object.hasOwn(properties, name) && !readOtherwise.includes(name) ? properties[name] : undefined;
    return schema && numberFault(schema, member, `${path}/${name}`, name);
  });
}

function firstOf<Key>(
  entries: Iterable<[Key, unknown]>,
  faultOf: (value: unknown, key: Key) => ValidationError | undefined,
): ValidationError | undefined {
  for (const [key, value] of entries) {
    const fault = faultOf(value, key);
    if (fault) return fault;
  }
  return undefined;
}
