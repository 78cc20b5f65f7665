import { intrinsics } from '../../local/template/intrinsics.js';
import { type Template as Loaded, loadTemplate } from '../../local/template/template.js';

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

/** Answers conditions and intrinsic functions. What only AWS can know stays as `${Resource}`, `${Resource.Attribute}` or `${AWS::Region}`. */
export function resolved(template: Template): Template {
  const { resolve, holds } = intrinsics(template, {
    pseudo: {},
    identityOf: (id) => ({
      ref: `\${${id}}`,
      attributes: new Proxy({}, { get: (_, attribute) => `\${${id}.${String(attribute)}}` }),
    }),
    dynamicReference: (reference) => `{{resolve:${reference}}}`,
  });
  const deployed = Object.entries(template.Resources).filter(([, { Condition }]) => !Condition || holds(Condition));
  return { ...template, Resources: resolve(Object.fromEntries(deployed)) as Template['Resources'] };
}

/** The resources of one type, as [logical id, properties]. */
export const ofType = (template: Template, type: string) =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties = {} }]) => [id, Properties] as const);

/** `${CsmsLambdaFunction.Arn}` → `CsmsLambdaFunction`; undefined for what is no reference. */
export const referred = (text: unknown): string | undefined => /^\$\{(\w+)(\.\w+)?\}$/.exec(String(text))?.[1];
