import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json } from '../json.js';

/** A value and, of the same shape, when each of its leaves was last written. */
export interface Stamped {
  value: Json;
  metadata: Json;
}

/** `{ timestamp }` for every leaf of `value`, as AWS stamps it; null leaves have none. */
export function stamp(value: Json, seconds: number): Json {
  if (Array.isArray(value)) return value.map((element) => stamp(element, seconds));
  if (!isObject(value)) return { timestamp: seconds };
  const written = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(written.map(([name, member]) => [name, stamp(member, seconds)]));
}

/**
 * Merges `patch` into `old`: objects member by member, all else is replaced, null and {} remove.
 * @returns undefined when nothing is left
 */
export function merge(old: Stamped | undefined, patch: Json, seconds: number): Stamped | undefined {
  if (patch === null) return undefined;
  if (!isObject(patch)) return { value: patch, metadata: stamp(patch, seconds) };
  if (Object.keys(patch).length === 0) return undefined;
  // Maps, because `__proto__` is a member like any other.
  const values = new Map(isObject(old?.value) ? Object.entries(old.value) : []);
  const stamps = new Map(isObject(old?.value) && isObject(old.metadata) ? Object.entries(old.metadata) : []);
  for (const [name, member] of Object.entries(patch)) {
    const value = values.get(name);
    const before = value === undefined ? undefined : { value, metadata: stamps.get(name) ?? {} };
    const after = merge(before, member, seconds);
    if (after) {
      values.set(name, after.value);
      stamps.set(name, after.metadata);
    } else {
      values.delete(name);
      stamps.delete(name);
    }
  }
  if (values.size === 0) return undefined;
  return { value: Object.fromEntries(values), metadata: Object.fromEntries(stamps) };
}

/** What of `desired` differs from `reported`, with its metadata; undefined when nothing does. */
export function delta(desired: Stamped, reported: Json | undefined): Stamped | undefined {
  if (!isObject(desired.value) || !isObject(reported)) {
    return isDeepStrictEqual(desired.value, reported) ? undefined : desired;
  }
  const stamps = new Map(isObject(desired.metadata) ? Object.entries(desired.metadata) : []);
  const known = new Map(Object.entries(reported));
  const differences = Object.entries(desired.value).flatMap(([name, value]) => {
    const difference = delta({ value, metadata: stamps.get(name) ?? {} }, known.get(name));
    return difference ? [[name, difference] as const] : [];
  });
  if (differences.length === 0) return undefined;
  return {
    value: Object.fromEntries(differences.map(([name, { value }]) => [name, value])),
    metadata: Object.fromEntries(differences.map(([name, { metadata }]) => [name, metadata])),
  };
}

/** How many objects and arrays stand inside each other, `value` itself included; a leaf has depth 0. */
export function depth(value: Json): number {
  if (typeof value !== 'object' || value === null) return 0;
  let deepest = 0;
  for (const member of Object.values(value)) deepest = Math.max(deepest, depth(member));
  return deepest + 1;
}

/** AWS refuses arrays with null in them, since null means removal. */
export function hasNullInArray(value: Json): boolean {
  if (Array.isArray(value) && value.includes(null)) return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(hasNullInArray);
}
