import { isCustom, schemaOf } from './schema.js';
import type { Template } from './template.js';

const pseudoParameters = new Set(
  ['AccountId', 'NoValue', 'NotificationARNs', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'].map(
    (name) => `AWS::${name}`,
  ),
);

/** Finds what refers to a resource, an attribute or a condition that doesn't exist. Returns a sentence for each. */
export function referenceFaults(template: Template): string[] {
  const { Resources, Conditions, Outputs } = template;

  function refFaults(name: string, path: string): string[] {
    return name in Resources || pseudoParameters.has(name) ? [] : [`${path} refers to ${name}, which doesn't exist`];
  }

  function attributeFaults(id: string, attribute: string, path: string): string[] {
    const type = Resources[id]?.Type;
    if (!type) return [`${path} refers to ${id}, which doesn't exist`];
    if (isCustom(type) || attribute in (schemaOf(type)?.attributes ?? {})) return [];
    return [`${path} asks ${id} for ${attribute}, which ${type} doesn't have`];
  }

  function namedFaults(name: string, path: string): string[] {
    const dot = name.indexOf('.');
    return dot < 0 ? refFaults(name, path) : attributeFaults(name.slice(0, dot), name.slice(dot + 1), path);
  }

  function conditionFaults(name: string, path: string): string[] {
    return name in Conditions ? [] : [`${path} depends on condition ${name}, which doesn't exist`];
  }

  const functions: Record<string, (argument: unknown, path: string) => string[]> = {
    Ref: (name, path) => refFaults(name as string, path),
    // In a policy statement, Condition is an object of its own.
    Condition: (name, path) => (typeof name === 'string' ? conditionFaults(name, path) : faultsIn(name, path)),
    'Fn::GetAtt': (target, path) => namedFaults([target].flat().join('.'), path),
    'Fn::Sub': (argument, path) => {
      const [text, variables = {}] = [argument].flat() as [string, object?];
      const names = [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name = '']) => name);
      const unset = names.filter((name) => !(name in variables));
      return [...unset.flatMap((name) => namedFaults(name, path)), ...faultsIn(variables, path)];
    },
    'Fn::If': (argument, path) => {
      const [condition, ...branches] = argument as [string, ...unknown[]];
      return [...conditionFaults(condition, path), ...branches.flatMap((branch) => faultsIn(branch, path))];
    },
  };

  function faultsIn(value: unknown, path: string): string[] {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, member]) => {
      const check = Array.isArray(value) ? undefined : functions[name];
      if (check) return check(member, path);
      return faultsIn(member, name.startsWith('Fn::') ? path : `${path}.${name}`);
    });
  }

  return [
    ...Object.entries(Resources).flatMap(([id, { Properties = {}, DependsOn = [], Condition }]) => [
      ...faultsIn(Properties, `${id}.Properties`),
      ...[DependsOn].flat().flatMap((name) => (name in Resources ? [] : refFaults(name, `${id}.DependsOn`))),
      ...(Condition ? conditionFaults(Condition, `${id}.Condition`) : []),
    ]),
    ...faultsIn(Outputs, 'Outputs'),
    ...faultsIn(Conditions, 'Conditions'),
  ];
}
