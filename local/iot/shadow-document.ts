import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json } from '../json.js';

/**
 * Merges `patch` into `old`: objects member by member, all else is replaced, null removes. An object without members is
 * none: {} changes nothing.
 * @returns undefined when nothing is left
 */
export function merge(old: Json | undefined, patch: Json): Json | undefined {
  if (patch === null) return undefined;
  if (!isObject(patch)) return patch;
  // A map, because `__proto__` is a member like any other.
  const members = new Map(isObject(old) ? Object.entries(old) : []);
  for (const [name, member] of Object.entries(patch)) {
    const merged = merge(members.get(name), member);
    if (merged === undefined) members.delete(name);
    else members.set(name, merged);
  }
  return members.size > 0 ? Object.fromEntries(members) : undefined;
}

/** What of `desired` differs from `reported`; undefined when nothing does. */
export function delta(desired: Json, reported: Json | undefined): Json | undefined {
  if (!isObject(desired) || !isObject(reported)) return isDeepStrictEqual(desired, reported) ? undefined : desired;
  const known = new Map(Object.entries(reported));
  const differences = Object.entries(desired)
    .map(([name, value]) => [name, delta(value, known.get(name))] as const)
    .filter((difference): difference is [string, Json] => difference[1] !== undefined);
  return differences.length > 0 ? Object.fromEntries(differences) : undefined;
}

/** How many objects and arrays stand inside each other, `value` itself included; a leaf has depth 0. */
export function depth(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce<number>((deepest, member) => Math.max(deepest, depth(member)), 0);
}

/** AWS refuses arrays with null in them, since null means removal. */
export function hasNullInArray(value: Json): boolean {
  if (Array.isArray(value) && value.includes(null)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNullInArray);
}
