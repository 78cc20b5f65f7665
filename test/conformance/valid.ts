import fc from 'fast-check';
import type { Schema } from '../../schemas/generated/runtime.js';

/** Odd ones among them: before there was a clock, after there will be one, a leap second, a zone, a fraction. */
const times = ['2026-01-02T03:00:00Z', '2026-01-02T03:20:00.5+01:00', '1970-01-01T00:00:00Z', '2099-12-31T23:59:60Z'];
const integers = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(0, 1, 2) },
  fc.integer(),
  fc.constantFrom(-1, 2 ** 31, 2 ** 53, 1e300),
);
const texts = fc.oneof(fc.constantFrom('', '1', '8200', 'ONE', 'TWO'), fc.string({ unit: 'grapheme', maxLength: 20 }));

/** Stands for what no program can write that calls itself for each level, see `asText`. */
const deep = '@deep@';
const anything = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  fc.constantFrom<unknown>(deep, 1e300, 1e-300, null),
);

/** A value that a schema allows; often the same as another, so that messages are about the same thing. */
export function valid(schema: Schema): fc.Arbitrary<unknown> {
  const { type, properties = {}, required = [], open, items = {}, minItems = 0, maxItems = 3, format } = schema;
  const { enum: allowed, maxLength = 20, minimum = -Infinity, maximum = Infinity } = schema;
  const isWithin = (number: number) => number >= minimum && number <= maximum;
  switch (type) {
    case 'object': {
      const members = Object.entries(properties).map(([name, member]) => [name, valid(member)]);
      const own = fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
        requiredKeys: [...required],
      });
      return open ? fc.tuple(own, anything).map(([value, more]) => ({ ...value, ofAVendor: more })) : own;
    }
    case 'array':
      return fc.array(valid(items), { minLength: minItems, maxLength: Math.max(minItems, Math.min(3, maxItems)) });
    case 'string':
      if (allowed) return fc.constantFrom(...allowed);
      if (format === 'date-time') return fc.constantFrom(...times);
      if (format === 'uri') return fc.webUrl();
      return texts.filter((text) => [...text].length <= maxLength);
    case 'integer':
      return integers.filter(isWithin);
    case 'number':
      return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(100)).filter(isWithin);
    case 'boolean':
      return fc.boolean();
    default:
      return anything;
  }
}

/** A frame as JSON; what is to be deep is as deep as a frame can be. */
export function asText(frame: unknown): string {
  return JSON.stringify(frame).replace(JSON.stringify(deep), '['.repeat(16_000) + ']'.repeat(16_000));
}
