import { conditionHolds, type Template } from '../template.js';
import { changed, dropped, type Kind, type Mutant, type Path, renamed } from './mutant.js';
import { otherReferences } from './references.js';
import { otherStatements } from './rule-clauses.js';

/** Made by the framework for itself, the same for everybody: a bucket for the bundles, and what other stacks of its may import. */
const ofTheFramework = /^ServerlessDeploymentBucket|^ServiceEndpointWebsocket$/;

/**
 * Everything that can be dropped, renamed or changed in a template, one thing at a time: resources, properties at every
 * depth, elements of lists, references, values, permissions, clauses of rules, environment variables. The branch of an
 * `Fn::If` that the stage doesn't take is left out.
 */
export function mutantsOf(template: Template): Mutant[] {
  const ours = (section: object) => Object.entries(section).filter(([id]) => !ofTheFramework.test(id));

  return [
    ...ours(template.Resources).flatMap(([id, resource]) => [
      dropped('resource', ['Resources', id]),
      ...Object.entries(resource as object).flatMap(([member, value]) =>
        member === 'Type' ? [] : ofMember(['Resources', id, member], value),
      ),
    ]),
    ...ours(template.Outputs).flatMap(([id, output]) => ofMember(['Outputs', id], output)),
    ...ours(template.Conditions).flatMap(([id, condition]) => ofMember(['Conditions', id], condition)),
  ];

  /** Of a member of an object, which has a name. */
  function ofMember(path: Path, value: unknown): Mutant[] {
    const kind = kindOf(path);
    return [dropped(kind, path), renamed(kind, path, `${path.at(-1)}X`), ...ofValue(path, value)];
  }

  function ofValue(path: Path, value: unknown): Mutant[] {
    if (Array.isArray(value)) {
      return value.flatMap((element, index) => [
        dropped(kindOf(path), [...path, index]),
        ...ofValue([...path, index], element),
      ]);
    }
    if (typeof value !== 'object' || value === null) return ofScalar(path, value);
    const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
    if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) return ofIntrinsic(path, name, argument);
    return Object.entries(value).flatMap(([member, each]) => ofMember([...path, member], each));
  }

  function ofScalar(path: Path, value: unknown): Mutant[] {
    const to = (other: unknown) => changed(kindOf(path, 'value'), path, `changed to ${other}`, other);
    if (typeof value === 'boolean') return [to(!value)];
    if (typeof value === 'number') return [to(-1), to((value + 1) * 1000), to(value + 0.5)];
    return ofText(path, String(value));
  }

  function ofText(path: Path, text: string): Mutant[] {
    if (/^SELECT /.test(text)) {
      return otherStatements(text).map(([what, sql]) => changed('rule clause', path, what, sql));
    }
    const isResource = kindOf(path) === 'permission' && path.includes('Resource');
    return [
      changed(kindOf(path, 'value'), path, 'with X behind', `${text}X`),
      ...(isResource && text !== '*' ? [changed('permission', path, 'widened to *', '*')] : []),
      ...(isResource && text.includes('*')
        ? [changed('permission', path, 'narrowed from * to one', text.replaceAll('*', 'one'))]
        : []),
    ];
  }

  function ofIntrinsic(path: Path, name: string, argument: unknown): Mutant[] {
    const inside = [...path, name];
    switch (name) {
      case 'Ref':
        return referencesTo(String(argument)).map(([other, what]) => changed('reference', inside, what, other));
      case 'Fn::GetAtt':
        return referencesTo((argument as string[]).join('.')).map(([other, what]) =>
          changed('reference', inside, what, other.split('.')),
        );
      case 'Fn::Sub': {
        const [text, variables] = [argument].flat() as [string, object?];
        const textAt = variables ? [...inside, 0] : inside;
        return [
          ...ofPlaceholders(textAt, text, variables ?? {}),
          ...ofText(textAt, text),
          ...(variables ? ofValue([...inside, 1], variables) : []),
        ];
      }
      case 'Fn::If': {
        const [condition, whenTrue, whenFalse] = argument as [string, unknown, unknown];
        const [taken, branch] = conditionHolds(template, condition) ? [1, whenTrue] : [2, whenFalse];
        return [...ofText([...inside, 0], condition), ...ofValue([...inside, taken], branch)];
      }
      default:
        return ofValue(inside, argument);
    }
  }

  /** Of the `${…}` in a text, but for those that have a variable. */
  function ofPlaceholders(path: Path, text: string, variables: object): Mutant[] {
    return [...text.matchAll(/\$\{([^!}][^}]*)\}/g)].flatMap(({ 0: all, 1: target = '', index }) => {
      if (target in variables) return [];
      const [before, after] = [text.slice(0, index), text.slice(index + all.length)];
      return referencesTo(target).map(([other, what]) =>
        changed('reference', path, what, `${before}\${${other}}${after}`),
      );
    });
  }

  function referencesTo(name: string): [other: string, what: string][] {
    return otherReferences(name, template).map((other) => [other, `referring to ${other} instead of ${name}`]);
  }
}

function kindOf(path: Path, otherwise: Kind = 'property'): Kind {
  if (path.includes('PolicyDocument') || path.includes('AssumeRolePolicyDocument')) return 'permission';
  return path.includes('Variables') ? 'variable' : otherwise;
}
