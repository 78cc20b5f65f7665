import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Resource {
  Type: string;
  /** The name of one; the resource exists only where it holds. */
  Condition?: string;
  /** What becomes of it when the stack is removed; without one it is deleted. */
  DeletionPolicy?: string;
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

const sections = ['AWSTemplateFormatVersion', 'Description', 'Conditions', 'Resources', 'Outputs'];

/** Reads what `serverless package` left in `folder`. */
export function loadTemplate(folder: string): Template {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const template = read('cloudformation-template-update-stack.json') as Partial<Template>;
  const unknown = Object.keys(template).find((section) => !sections.includes(section));
  if (unknown) throw new Error(`The embedded AWS does not know the template section ${unknown}.`);
  const { service } = read('serverless-state.json') as { service: { service: string; provider: { stage: string } } };
  return {
    folder,
    stackName: `${service.service}-${service.provider.stage}`,
    Conditions: template.Conditions ?? {},
    Resources: template.Resources ?? {},
    Outputs: template.Outputs ?? {},
  };
}
