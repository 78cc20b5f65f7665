import type { Resource, Template } from './template.js';

/**
 * Remembers what `compute` said of an object, as long as there is one: thousands of mutants are judged, whose resources are
 * those of the template but for one.
 */
export function memo<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, { value: Value }>();
  return (key) => {
    const found = known.get(key) ?? { value: compute(key) };
    known.set(key, found);
    return found.value;
  };
}

/**
 * Asks `check` of each resource of a template, once for each.
 *
 * @param check takes a resource; returns sentences that go on after the resource's id
 */
export function ofEach(check: (resource: Resource) => string[]): (template: Template) => string[] {
  const checked = memo(check);
  return ({ Resources }) =>
    Object.entries(Resources).flatMap(([id, resource]) => checked(resource).map((fault) => `${id}${fault}`));
}
