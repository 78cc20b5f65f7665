/** @typedef {import('./runtime.js').Schema} Schema */

/**
 * A valid value with every member, or only the required ones.
 *
 * @type {(schema: Schema, full: boolean) => unknown}
 */
export function sample(schema, full) {
  switch (schema.type) {
    case 'object': {
      const members = Object.entries(schema.properties ?? {}).filter(
        ([name]) => full || schema.required?.includes(name),
      );
      return Object.fromEntries(members.map(([name, member]) => [name, sample(member, full)]));
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 1 }, () => sample(schema.items ?? {}, full));
    case 'string':
      if (schema.format) return schema.format === 'uri' ? 'https://example.com' : '2026-01-31T12:00:00Z';
      return schema.enum?.[0] ?? 'a'.repeat(schema.maxLength ?? 1);
    case 'integer':
    case 'number':
      return schema.minimum ?? schema.maximum ?? 3;
    default:
      return true;
  }
}

/**
 * Wrong (and some right) values instead of a valid one.
 *
 * @param {Schema} schema
 * @param {unknown} valid
 * @returns {Generator<unknown>}
 */
export function* variants(schema, valid) {
  const { minimum, maximum, maxLength, minItems, maxItems } = schema;
  yield* [null, true, 'text', '', 1, 0.3, 0.35, -1, 1.5, [], {}, [null]];
  if (minimum !== undefined) yield* [minimum, minimum - 1];
  if (maximum !== undefined) yield* [maximum, maximum + 1];
  if (maxLength !== undefined) yield* ['a'.repeat(maxLength + 1), '😀'.repeat(maxLength), '😀'.repeat(maxLength + 1)];
  if (schema.enum) yield* schema.enum;
  if (Array.isArray(valid)) {
    yield* [minItems, maxItems]
      .flatMap((n) => [n ?? 2, Math.max(0, (n ?? 2) - 1), (n ?? 2) + 1])
      .map((n) => Array(n).fill(valid[0]));
    for (const item of variants(schema.items ?? {}, valid[0])) yield [item];
    yield [valid[0], null];
  } else if (typeof valid === 'object' && valid !== null) {
    yield { ...valid, unknownMember: 1 };
    yield { unknownMember: 1 };
    for (const [name, value] of Object.entries(valid)) {
      const { [name]: _, ...without } = /** @type {Record<string, unknown>} */ (valid);
      yield without;
      for (const other of variants(schema.properties?.[name] ?? {}, value)) yield { ...valid, [name]: other };
    }
  }
}
