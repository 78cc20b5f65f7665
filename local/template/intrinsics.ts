import type { Template } from './template.js';

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface Identity {
  ref: string;
  attributes: Record<string, string>;
}

interface Surroundings {
  /** `AWS::Region` and the like. */
  pseudo: Record<string, string>;
  identityOf(logicalId: string): Identity;
  /** The value of a `{{resolve:…}}`. */
  dynamicReference(reference: string): string;
}

/** Makes a resolver of the intrinsic functions that a template may use. An unknown one, or an unknown name, is an error. */
export function intrinsics(template: Template, { pseudo, identityOf, dynamicReference }: Surroundings) {
  const functions: Record<string, (argument: unknown) => unknown> = {
    Ref: (name) => pseudo[name as string] ?? identityOf(name as string).ref,
    'Fn::GetAtt': (path) => {
      const [logicalId = '', attribute = ''] = path as string[];
      const value = identityOf(logicalId).attributes[attribute];
      if (value === undefined) throw new Error(`${logicalId} has no attribute ${attribute}.`);
      return value;
    },
    'Fn::Join': (argument) => {
      const [separator, parts] = resolve(argument) as [string, string[]];
      return parts.join(separator);
    },
    'Fn::Sub': (argument) => {
      const [text, variables] = (Array.isArray(argument) ? argument : [argument, {}]) as [string, object];
      const values = resolve(variables) as Record<string, string>;
      return text
        .replace(/\$\{([^!}][^}]*)\}/g, (_, name: string) => values[name] ?? named(name))
        .replaceAll('${!', '${');
    },
    'Fn::If': (argument) => {
      const [condition, whenTrue, whenFalse] = argument as [string, unknown, unknown];
      return resolve(holds(condition) ? whenTrue : whenFalse);
    },
    'Fn::Equals': (argument) => {
      const [left, right] = resolve(argument) as unknown[];
      return left === right;
    },
    'Fn::Not': (argument) => !truth((argument as unknown[])[0]),
  };

  function named(name: string): string {
    const [logicalId = '', attribute] = name.split('.');
    return functions[attribute ? 'Fn::GetAtt' : 'Ref']?.(attribute ? [logicalId, attribute] : logicalId) as string;
  }

  function holds(condition: string): boolean {
    if (!(condition in template.Conditions)) throw new Error(`The template has no condition ${condition}.`);
    return truth(template.Conditions[condition]);
  }

  /** Of a condition function, or of a condition by its name. */
  function truth(value: unknown): boolean {
    const { Condition } = (value ?? {}) as { Condition?: string };
    return Condition === undefined ? resolve(value) === true : holds(Condition);
  }

  function resolve(value: unknown): unknown {
    if (typeof value === 'string')
      return value.replace(/\{\{resolve:([^}]+)\}\}/g, (_, name) => dynamicReference(name));
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [name, argument] = entries[0] ?? [];
    if (entries.length === 1 && name && (name === 'Ref' || name.startsWith('Fn::'))) {
      const intrinsic = functions[name];
      if (!intrinsic) throw new Error(`The embedded AWS does not know the intrinsic function ${name}.`);
      const result = intrinsic(argument);
      return typeof result === 'string' ? resolve(result) : result;
    }
    return Object.fromEntries(entries.map(([key, member]) => [key, resolve(member)]));
  }

  return { resolve, holds };
}
