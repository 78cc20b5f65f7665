/**
 * So deep nothing is that OCPP knows, which has a dozen levels; what is free to say, as customData, may be as deep as a frame
 * is long, and then neither this program nor a store can take it.
 */
const deepest = 100;

/** Is JSON deeper than anything that is taken? */
export function isTooDeep(value: unknown, levels = deepest): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => isTooDeep(member, levels - 1));
}

/** @returns what JSON says, with null for what is too deep */
export function withoutDepths(value: unknown, levels = deepest): unknown {
  if (!isTooDeep(value, levels)) return value;
  if (levels === 0) return null;
  if (Array.isArray(value)) return value.map((item) => withoutDepths(item, levels - 1));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, member]) => [name, withoutDepths(member, levels - 1)]),
  );
}
