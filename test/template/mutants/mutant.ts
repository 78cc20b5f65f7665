import type { Template } from '../template.js';

export type Kind = 'resource' | 'property' | 'value' | 'reference' | 'permission' | 'rule clause' | 'variable';

/** A template with one thing wrong, or at least other than it was. */
export interface Mutant {
  kind: Kind;
  /** The way to what is mutated, and how it is: no other mutant of the template is called the same. */
  name: string;
  path: Path;
  /** @returns the template with the mutation; what is not on the way to it is the same object */
  applyTo(template: Template): Template;
}

/** The way to a value in a template, from `Resources`, `Outputs` or `Conditions` on. */
export type Path = readonly (string | number)[];

type Change = (holder: Record<string | number, unknown>, key: string | number) => void;

/** Without the value: the others of a list move up. */
export function dropped(kind: Kind, path: Path): Mutant {
  return mutant(kind, path, 'dropped', (holder, key) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  });
}

/** With another value; `what` says which. */
export function changed(kind: Kind, path: Path, what: string, value: unknown): Mutant {
  return mutant(kind, path, what, (holder, key) => {
    holder[key] = value;
  });
}

/** With another name for a member, in its place. */
export function renamed(kind: Kind, path: Path, name: string): Mutant {
  return mutant(kind, path, `renamed to ${name}`, (holder, key) => {
    const entries = Object.entries(holder);
    for (const [each] of entries) delete holder[each];
    for (const [each, value] of entries) holder[each === key ? name : each] = value;
  });
}

function mutant(kind: Kind, path: Path, what: string, change: Change): Mutant {
  return {
    kind,
    name: `${path.slice(path[0] === 'Resources' ? 1 : 0).join('.')} ${what}`,
    path,
    applyTo: (template) => mutated(template, path, change),
  };
}

function mutated<T extends object>(value: T, [key = '', ...rest]: Path, change: Change): T {
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Parameters<Change>[0];
  if (rest.length === 0) change(copy, key);
  else copy[key] = mutated(copy[key] as object, rest, change);
  return copy as T;
}
