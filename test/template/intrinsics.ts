import * as z from 'zod';
import { ofEach } from './memo.js';
import type { Template } from './template.js';

const anything = z.unknown();

/** The functions that a template of ours may use, with the arguments that CloudFormation takes. */
const shapes: Record<string, z.ZodType> = {
  Ref: z.string(),
  'Fn::GetAtt': z.tuple([z.string(), z.string()]),
  'Fn::Join': z.tuple([z.string(), z.array(anything).min(1)]),
  'Fn::Sub': z.union([z.string(), z.tuple([z.string(), z.record(z.string(), anything)])]),
  'Fn::If': z.tuple([z.string(), anything, anything]),
  'Fn::Equals': z.tuple([anything, anything]),
  'Fn::Not': z.tuple([z.record(z.string(), anything)]),
};

/** Finds functions that don't exist, and arguments that they don't take. Returns a sentence for each. */
export function intrinsicFaults(template: Template): string[] {
  const { Outputs, Conditions } = template;
  return [
    ...inResources(template),
    ...faultsIn(Outputs, 'Outputs'),
    ...faultsIn(Conditions, 'Conditions'),
    ...Object.entries(Conditions).flatMap(([name, value]) => {
      const isCondition = ['Fn::Equals', 'Fn::Not'].includes(Object.keys(value as object)[0] ?? '');
      return isCondition ? [] : [`Conditions.${name} is no condition`];
    }),
  ];
}

const inResources = ofEach(({ Properties = {} }) => faultsIn(Properties, '.Properties'));

function faultsIn(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, argument]) => {
    const isFunction = !Array.isArray(value) && (name === 'Ref' || name.startsWith('Fn::'));
    if (!isFunction) return faultsIn(argument, `${path}.${name}`);
    const shape = shapes[name];
    if (!shape) return [`${path} uses ${name}, which no template of ours may`];
    const isTaken = Object.keys(value).length === 1 && shape.safeParse(argument).success;
    return isTaken ? faultsIn(argument, path) : [`${path} gives ${name} what it doesn't take`];
  });
}
