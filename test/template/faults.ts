import { iamFaults } from './iam.js';
import { invocationFaults } from './invocations.js';
import { limitFaults } from './limits.js';
import { referenceFaults } from './references.js';
import { schemaFaults } from './schema.js';
import { resolved, type Template } from './template.js';

/** Everything that is wrong with a compiled template, a sentence each. What can't be resolved isn't judged further. */
export async function faultsOf(template: Template, stage: string): Promise<string[]> {
  const invalid = [...schemaFaults(template), ...referenceFaults(template)];
  if (invalid.length > 0) return invalid;
  const plain = resolved(template);
  return [...(await iamFaults(plain)), ...limitFaults(plain, stage), ...invocationFaults(plain)];
}
