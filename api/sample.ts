type Json = Record<string, unknown>;

const time = '2026-05-20T10:00:00Z';

/**
 * A value that a JSON schema allows, to show what one looks like: all its members, of a list one item.
 *
 * @param known values by the names of members, such as those of the example that is answered
 * @param name the member's that it is of
 */
export function sampleOf(schema: Json, known: Json = {}, name = ''): unknown {
  const said = known[name];
  if (said !== undefined && typeof said === schema.type) return said;
  const { const: constant, enum: allowed, anyOf, type, properties = {}, items, prefixItems, minimum } = schema;
  if (constant !== undefined) return constant;
  if (Array.isArray(allowed)) return allowed[0];
  if (Array.isArray(anyOf)) return sampleOf(anyOf[0], known, name);
  switch (type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties as Record<string, Json>).map(([each, inner]) => [each, sampleOf(inner, known, each)]),
      );
    case 'array':
      return ((prefixItems ?? [items]) as Json[]).map((each) => sampleOf(each, known, name.replace(/s$/, '')));
    case 'string':
      return schema.format === 'date-time' || /(At|^at|^from|^to)$/.test(name) ? time : name || 'text';
    case 'integer':
    case 'number':
      return minimum ?? 1;
    case 'boolean':
      return true;
    default:
      // What may be anything, is nothing.
      return type === 'null' ? null : {};
  }
}
