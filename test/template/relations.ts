import type { Property, PropertyType, RelationshipRef, ResourceProperties } from '@aws-cdk/service-spec-types';
import { memo } from './memo.js';
import { definitionOf, isCustom, schemaOf } from './schema.js';
import { type Resource, type Template, target } from './template.js';

/** A property that refers to a resource as a whole, and what AWS's schema expects there. */
interface Relation {
  path: string;
  id: string;
  attribute?: string;
  expected: Pick<RelationshipRef, 'cloudFormationType' | 'propertyName'>[];
}

/** What refers to a resource that AWS's schema does not expect there. Takes a resolved template; returns a sentence for each. */
export function relationFaults({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([owner, resource]) =>
    relationsOf(resource).flatMap(({ path, id, attribute, expected }) => {
      const type = Resources[id]?.Type;
      if (!type) return [];
      const given = attribute ?? identifierOf(type);
      const isExpected = expected.some(
        ({ cloudFormationType, propertyName }) => cloudFormationType === type && propertyName === given,
      );
      return isExpected ? [] : [`${owner}${path} is no place for ${given} of ${id}, ${type}`];
    }),
  );
}

const relationsOf = memo(({ Type, Properties = {} }: Resource): Relation[] => {
  if (!isCustom(Type)) return inObject(Properties, schemaOf(Type)?.properties ?? {}, '.Properties');
  const expected = [{ cloudFormationType: 'AWS::Lambda::Function', propertyName: 'Arn' }];
  return [{ path: '.Properties.ServiceToken', id: '', ...target(Properties.ServiceToken), expected }];
});

function inObject(value: object, properties: ResourceProperties, path: string): Relation[] {
  return Object.entries(value).flatMap(([name, member]) => {
    const property = properties[name];
    return property ? inProperty(member, property, `${path}.${name}`) : [];
  });
}

function inProperty(value: unknown, property: Property, path: string): Relation[] {
  const { type, previousTypes = [], relationshipRefs = [] } = property;
  const found = target(value);
  if (found && relationshipRefs.length > 0) return [{ path, ...found, expected: relationshipRefs }];
  return [type, ...previousTypes].flatMap((each) => inType(value, each, path));
}

function inType(value: unknown, type: PropertyType, path: string): Relation[] {
  if (type.type === 'union') return type.types.flatMap((each) => inType(value, each, path));
  if (typeof value !== 'object' || value === null) return [];
  switch (type.type) {
    case 'array':
      return (value as unknown[]).flatMap((each, index) => inType(each, type.element, `${path}.${index}`));
    case 'ref':
      return inObject(value, definitionOf(type).properties, path);
    default:
      return [];
  }
}

/** What a Ref gives. */
function identifierOf(type: string): string | undefined {
  const schema = schemaOf(type);
  return [schema?.cfnRefIdentifier ?? schema?.primaryIdentifier ?? []].flat()[0];
}
