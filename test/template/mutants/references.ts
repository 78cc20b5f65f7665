import { schemaOf } from '../schema.js';
import type { Template } from '../template.js';

const pseudoParameters = ['AWS::AccountId', 'AWS::Partition', 'AWS::Region', 'AWS::StackName', 'AWS::URLSuffix'];

/**
 * What a reference is changed to: nothing, the next resource of the same type, and one of another type, which has the same
 * attribute if any has.
 *
 * @param name `Resource`, `Resource.Attribute` or `AWS::Region`
 */
export function otherReferences(name: string, { Resources }: Template): string[] {
  if (name.startsWith('AWS::')) return ['AWS::Absent', after(name, pseudoParameters) ?? 'AWS::Absent'];
  const [id = '', attribute] = name.split('.');
  const suffix = attribute ? `.${attribute}` : '';
  const ids = Object.keys(Resources);
  const type = Resources[id]?.Type;
  const sibling = after(
    id,
    ids.filter((other) => Resources[other]?.Type === type),
  );
  const others = ids.filter((other) => Resources[other]?.Type !== type);
  const has = (other: string) => !attribute || attribute in (schemaOf(Resources[other]?.Type ?? '')?.attributes ?? {});
  const stranger = others.find(has) ?? others[0];
  return ['Absent', sibling, stranger].flatMap((other) => (other ? [`${other}${suffix}`] : []));
}

/** The one that follows in a list, whose first follows its last; undefined when it is alone. */
function after(name: string, list: string[]): string | undefined {
  const next = list[(list.indexOf(name) + 1) % list.length];
  return next === name ? undefined : next;
}
