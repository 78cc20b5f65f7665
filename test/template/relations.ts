import type { Property, PropertyType, ResourceProperties } from '@aws-cdk/service-spec-types';
import { definitionOf, isCustom, schemaOf } from './schema.js';
import { type Template, target } from './template.js';

/** What refers to a resource that AWS's schema does not expect there. Takes a resolved template; returns a sentence for each. */
export function relationFaults({ Resources }: Template): string[] {
  return Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) => [
    ...inObject(Properties, schemaOf(Type)?.properties ?? {}, `${id}.Properties`),
    ...(isCustom(Type) ? inServiceToken(Properties.ServiceToken, `${id}.Properties.ServiceToken`) : []),
  ]);

  function inObject(value: object, properties: ResourceProperties, path: string): string[] {
    return Object.entries(value).flatMap(([name, member]) => {
      const property = properties[name];
      return property ? inProperty(member, property, `${path}.${name}`) : [];
    });
  }

  function inProperty(value: unknown, property: Property, path: string): string[] {
    const { type, previousTypes = [], relationshipRefs = [] } = property;
    const found = target(value);
    const referred = found && Resources[found.id];
    if (!referred || relationshipRefs.length === 0) {
      return [type, ...previousTypes].flatMap((each) => inType(value, each, path));
    }
    const { id, attribute = identifierOf(referred.Type) } = found;
    const isExpected = relationshipRefs.some(
      ({ cloudFormationType, propertyName }) => cloudFormationType === referred.Type && propertyName === attribute,
    );
    return isExpected ? [] : [`${path} is no place for ${attribute} of ${id}, ${referred.Type}`];
  }

  function inType(value: unknown, type: PropertyType, path: string): string[] {
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

  function inServiceToken(value: unknown, path: string): string[] {
    const { id = '', attribute } = target(value) ?? {};
    const isFunction = Resources[id]?.Type === 'AWS::Lambda::Function' && attribute === 'Arn';
    return isFunction ? [] : [`${path} is to be the Arn of a function`];
  }
}

/** What a Ref gives. */
function identifierOf(type: string): string | undefined {
  const schema = schemaOf(type);
  return [schema?.cfnRefIdentifier ?? schema?.primaryIdentifier ?? []].flat()[0];
}
