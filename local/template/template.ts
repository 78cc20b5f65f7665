import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

/** A compiled CloudFormation template and the folder of its artefacts. */
export interface Template {
  folder: string;
  /** `{service}-{stage}`. */
  stackName: string;
  Conditions: Record<string, unknown>;
  Resources: Record<string, Resource>;
  Outputs: Record<string, { Description?: string; Value: unknown }>;
}

/** Reads what `serverless package` left in `folder`. */
export function loadTemplate(folder: string): Template {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const template = read('cloudformation-template-update-stack.json') as Partial<Template>;
  const { service } = read('serverless-state.json') as { service: { service: string; provider: { stage: string } } };
  return {
    folder,
    stackName: `${service.service}-${service.provider.stage}`,
    Conditions: template.Conditions ?? {},
    Resources: template.Resources ?? {},
    Outputs: template.Outputs ?? {},
  };
}
