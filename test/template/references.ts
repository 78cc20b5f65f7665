import { memo } from './memo.js';
import { isCustom, schemaOf } from './schema.js';
import type { Resource, Template } from './template.js';

const pseudoParameters = new Set(
  ['AccountId', 'NoValue', 'NotificationARNs', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'].map(
    (name) => `AWS::${name}`,
  ),
);

/** What a template says of something else in it, and where. */
type Reference = { path: string } & ({ id: string; attribute?: string } | { condition: string });

/** Finds what refers to a resource, an attribute or a condition that doesn't exist. Returns a sentence for each. */
export function referenceFaults(template: Template): string[] {
  const { Resources, Conditions, Outputs } = template;
  return [
    ...Object.entries(Resources).flatMap(([id, resource]) =>
      referencesOf(resource).flatMap((reference) => faultsOf(reference, template).map((fault) => `${id}${fault}`)),
    ),
    ...[...referencesIn(Outputs, 'Outputs'), ...referencesIn(Conditions, 'Conditions')].flatMap((reference) =>
      faultsOf(reference, template),
    ),
  ];
}

function faultsOf(reference: Reference, { Resources, Conditions }: Template): string[] {
  const { path } = reference;
  if ('condition' in reference) {
    const { condition } = reference;
    return condition in Conditions ? [] : [`${path} depends on condition ${condition}, which doesn't exist`];
  }
  const { id, attribute } = reference;
  const type = Resources[id]?.Type;
  if (!type && (attribute || !pseudoParameters.has(id))) return [`${path} refers to ${id}, which doesn't exist`];
  const isKnown = !attribute || !type || isCustom(type) || attribute in (schemaOf(type)?.attributes ?? {});
  return isKnown ? [] : [`${path} asks ${id} for ${attribute}, which ${type} doesn't have`];
}

const referencesOf = memo(({ Properties = {}, DependsOn = [], Condition }: Resource): Reference[] => [
  ...referencesIn(Properties, '.Properties'),
  ...[DependsOn].flat().map((id) => ({ path: '.DependsOn', id })),
  ...(Condition ? [{ path: '.Condition', condition: Condition }] : []),
]);

function referencesIn(value: unknown, path: string): Reference[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const find = Array.isArray(value) ? undefined : functions[name];
    if (find) return find(member, path);
    return referencesIn(member, name.startsWith('Fn::') ? path : `${path}.${name}`);
  });
}

const functions: Record<string, (argument: unknown, path: string) => Reference[]> = {
  Ref: (name, path) => [{ path, id: name as string }],
  // In a policy statement, Condition is an object of its own.
  Condition: (name, path) => (typeof name === 'string' ? [{ path, condition: name }] : referencesIn(name, path)),
  'Fn::GetAtt': (target, path) => [named([target].flat().join('.'), path)],
  'Fn::Sub': (argument, path) => {
    const [text, variables = {}] = [argument].flat() as [string, object?];
    const names = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name);
    const unset = names.filter((name) => !(name in variables));
    return [...unset.map((name) => named(name, path)), ...referencesIn(variables, path)];
  },
  'Fn::If': (argument, path) => {
    const [condition, ...branches] = argument as [string, ...unknown[]];
    return [{ path, condition }, ...branches.flatMap((branch) => referencesIn(branch, path))];
  },
};

/** `Resource`, `Resource.Attribute` or `AWS::Region`. */
function named(name: string, path: string): Reference {
  const dot = name.indexOf('.');
  return dot < 0 ? { path, id: name } : { path, id: name.slice(0, dot), attribute: name.slice(dot + 1) };
}
