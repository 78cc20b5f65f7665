import { intrinsics } from '../../local/template/intrinsics.js';
import { type Template as Loaded, loadTemplate } from '../../local/template/template.js';
import { memo } from './memo.js';

export interface Resource {
  Type: string;
  /** As many shapes as AWS has resource types; the schemas hold them, not the compiler. */
  Properties?: Record<string, any>;
  DependsOn?: string | string[];
  Condition?: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface Template extends Loaded {
  Resources: Record<string, Resource>;
}

/** Reads what `serverless package` left in `folder`. */
export const readTemplate = (folder: string): Template => loadTemplate(folder);

/** What only AWS can know stays as `${Resource}`, `${Resource.Attribute}` or `${AWS::Region}`: so it depends on nothing else. */
const resolverOf = memo((Conditions: Template['Conditions']) => {
  const resolver = intrinsics(
    { folder: '', stackName: '', Conditions, Resources: {}, Outputs: {} },
    {
      pseudo: {},
      identityOf: (id) => ({
        ref: `\${${id}}`,
        attributes: new Proxy({}, { get: (_, attribute) => `\${${id}.${String(attribute)}}` }),
      }),
      dynamicReference: (reference) => `{{resolve:${reference}}}`,
    },
  );
  return { ...resolver, resource: memo((resource: Resource) => resolver.resolve(resource) as Resource) };
});

/** Whether a condition of the template, by its name, is true on its stage. */
export const conditionHolds = (template: Template, condition: string): boolean =>
  resolverOf(template.Conditions).holds(condition);

/** Answers conditions and intrinsic functions, as far as the template can. */
export function resolved(template: Template): Template {
  const { resolve, resource, holds } = resolverOf(template.Conditions);
  const deployed = Object.entries(template.Resources).filter(([, { Condition }]) => !Condition || holds(Condition));
  return {
    ...template,
    Resources: Object.fromEntries(deployed.map(([id, each]) => [id, resource(each)])),
    Outputs: resolve(template.Outputs) as Template['Outputs'],
  };
}

/** The resources of one type, as [logical id, properties]. */
export const ofType = (template: Template, type: string) =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties = {} }]) => [id, Properties] as const);

/** The APIs of a protocol, by their ids. */
export const apisOf = (template: Template, protocol: 'HTTP' | 'WEBSOCKET'): string[] =>
  ofType(template, 'AWS::ApiGatewayV2::Api').flatMap(([id, { ProtocolType }]) =>
    ProtocolType === protocol ? [id] : [],
  );

/** The resources of one type that belong to an API of a protocol; and those that belong to none, which is a fault. */
export function ofApi(template: Template, protocol: 'HTTP' | 'WEBSOCKET', type: string) {
  const others = apisOf(template, protocol === 'HTTP' ? 'WEBSOCKET' : 'HTTP');
  return ofType(template, type).filter(([, { ApiId }]) => !others.includes(referred(ApiId) ?? ''));
}

/** `${CsmsLambdaFunction.Arn}` → its id and attribute; undefined for what is no reference. */
export function target(text: unknown): { id: string; attribute?: string } | undefined {
  const [, id, attribute] = /^\$\{(\w+)(?:\.(\w+))?\}$/.exec(String(text)) ?? [];
  return id ? { id, ...(attribute && { attribute }) } : undefined;
}

/** `${CsmsLambdaFunction.Arn}` → `CsmsLambdaFunction`; undefined for what is no reference. */
export const referred = (text: unknown): string | undefined => target(text)?.id;
