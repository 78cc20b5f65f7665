import type * as z from 'zod';
import { ofEach } from './memo.js';
import type { Template } from './template.js';

/** Holds the properties of every resource of a type against the schema of that type. Returns a sentence for each fault. */
export function shapes(schemas: Record<string, z.ZodType>): (template: Template) => string[] {
  return ofEach(({ Type, Properties = {} }) =>
    (schemas[Type]?.safeParse(Properties).error?.issues ?? []).map(
      ({ path, message }) => `${['', 'Properties', ...path].join('.')}: ${message}`,
    ),
  );
}
