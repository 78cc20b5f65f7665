import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type {
  DefinitionReference,
  PropertyType,
  ResourceProperties,
  Resource as ResourceSchema,
} from '@aws-cdk/service-spec-types';
import { ofEach } from './memo.js';
import type { Resource, Template } from './template.js';

const spec = loadAwsServiceSpecSync();

const members = new Set([
  ...['Type', 'Properties', 'DependsOn', 'Condition', 'Metadata'],
  ...['CreationPolicy', 'DeletionPolicy', 'UpdatePolicy', 'UpdateReplacePolicy'],
]);

/** Of resources that AWS can take no snapshot of. */
const policies = {
  DeletionPolicy: ['Delete', 'Retain', 'RetainExceptOnCreate'],
  UpdateReplacePolicy: ['Delete', 'Retain'],
};

const outputMembers = new Set(['Condition', 'Description', 'Export', 'Value']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const primitives: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  'date-time': (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number',
  json: (value) => typeof value === 'object' && value !== null,
  tag: (value) => isObject(value) && Object.keys(value).sort().join() === 'Key,Value',
  null: (value) => value === null,
};

const schemas = new Map<string, ResourceSchema | undefined>();

/** AWS's own schema of a resource type, or undefined when AWS has no such type. */
export function schemaOf(type: string): ResourceSchema | undefined {
  if (!schemas.has(type)) schemas.set(type, [...spec.lookup('resource', 'cloudFormationType', 'equals', type)][0]);
  return schemas.get(type);
}

/** The shape that a property's type names. */
export const definitionOf = ({ reference }: DefinitionReference) => spec.get('typeDefinition', reference);

export const isCustom = (type: string) => type.startsWith('Custom::');

/** Holds each resource against AWS's schema of its type. Returns a sentence for each fault. */
export const schemaFaults = ofEach((resource) => [
  ...strangers(resource, members).map((name) => `.${name} is no member of a resource`),
  ...Object.entries(policies).flatMap(([name, known]) => {
    const { [name as keyof typeof policies]: policy = 'Delete' } = resource;
    return known.includes(policy) ? [] : [`.${name} is to be one of ${known.join(', ')}, not ${policy}`];
  }),
  ...resourceFaults(resource),
]);

/** The outputs have no schema. */
export function outputFaults({ Outputs }: Template): string[] {
  return Object.entries(Outputs).flatMap(([id, output]) => [
    ...strangers(output, outputMembers).map((name) => `Outputs.${id}.${name} is no member of an output`),
    ...('Value' in output ? [] : [`Outputs.${id}.Value is missing`]),
  ]);
}

const strangers = (value: object, known: Set<string>) => Object.keys(value).filter((name) => !known.has(name));

function resourceFaults({ Type, Properties = {} }: Resource): string[] {
  const path = '.Properties';
  if (isCustom(Type)) return 'ServiceToken' in Properties ? [] : [`${path}.ServiceToken is missing`];
  const schema = schemaOf(Type);
  return schema ? propertyFaults(Properties, schema.properties, Type, path) : [`: AWS has no resource type ${Type}`];
}

function propertyFaults(value: object, properties: ResourceProperties, owner: string, path: string): string[] {
  const missing = Object.entries(properties)
    .filter(([name, { required }]) => required && !(name in value))
    .map(([name]) => `${path}.${name} is missing`);
  const present = Object.entries(value).flatMap(([name, member]) => {
    const property = properties[name];
    if (!property) return [`${path}.${name} is unknown to ${owner}`];
    return anyOf(member, [property.type, ...(property.previousTypes ?? [])], `${path}.${name}`);
  });
  return [...missing, ...present];
}

function typeFaults(value: unknown, type: PropertyType, path: string): string[] {
  const intrinsic = intrinsicOf(value);
  if (intrinsic) return intrinsicFaults(intrinsic, type, path);
  switch (type.type) {
    case 'union':
      return anyOf(value, type.types, path);
    case 'array':
      if (!Array.isArray(value)) return [`${path} is to be a list`];
      return value.flatMap((element, index) => typeFaults(element, type.element, `${path}.${index}`));
    case 'map':
      if (!isObject(value)) return [`${path} is to be an object`];
      return Object.entries(value).flatMap(([name, element]) => typeFaults(element, type.element, `${path}.${name}`));
    case 'ref': {
      if (!isObject(value)) return [`${path} is to be an object`];
      const definition = definitionOf(type);
      return propertyFaults(value, definition.properties, definition.name, path);
    }
    default: {
      if (!primitives[type.type]?.(value))
        return [`${path} is to be of type ${type.type}, not ${JSON.stringify(value)}`];
      const allowed: unknown[] | undefined = 'allowedValues' in type ? type.allowedValues : undefined;
      return !allowed || allowed.includes(value)
        ? []
        : [`${path} is to be one of ${allowed.join(', ')}, not ${JSON.stringify(value)}`];
    }
  }
}

/** Where AWS describes a shape, "any JSON" beside it tells nothing. */
function anyOf(value: unknown, types: PropertyType[], path: string): string[] {
  const shapes = types.filter(({ type }) => type === 'ref' || type === 'array' || type === 'map');
  const candidates = shapes.length > 0 ? types.filter(({ type }) => type !== 'json') : types;
  const results = candidates.map((type) => typeFaults(value, type, path));
  return results.find((faults) => faults.length === 0) ?? results[0] ?? [];
}

function intrinsicOf(value: unknown): [name: string, argument: unknown] | undefined {
  const [entry, ...others] = isObject(value) ? Object.entries(value) : [];
  return entry && others.length === 0 && (entry[0] === 'Ref' || entry[0].startsWith('Fn::')) ? entry : undefined;
}

function intrinsicFaults([name, argument]: [string, unknown], type: PropertyType, path: string): string[] {
  if (name === 'Fn::If') return (argument as unknown[]).slice(1).flatMap((branch) => typeFaults(branch, type, path));
  if (name === 'Ref' && argument === 'AWS::NoValue') return [];
  const givesText = ['Ref', 'Fn::GetAtt', 'Fn::Join', 'Fn::Sub'].includes(name);
  return givesText && (type.type === 'ref' || type.type === 'map') ? [`${path} is to be an object, not ${name}`] : [];
}
