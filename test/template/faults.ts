import { decisionFaults } from './decisions.js';
import { deploymentFaults } from './deployable.js';
import { fileEdgeFaults } from './file-edge.js';
import { functionFaults } from './functions.js';
import { gatewayFaults } from './gateway.js';
import { httpApiFaults } from './http-api.js';
import { iamFaults } from './iam.js';
import { intrinsicFaults } from './intrinsics.js';
import { invocationFaults } from './invocations.js';
import { keyFaults } from './keys.js';
import { limitFaults } from './limits.js';
import { nameFaults } from './names.js';
import { namespaceFaults } from './namespace.js';
import { promisedOutputFaults } from './outputs.js';
import { policyResourceFaults } from './policy-resources.js';
import { referenceFaults } from './references.js';
import { relationFaults } from './relations.js';
import { ruleFaults } from './rules.js';
import { outputFaults, schemaFaults } from './schema.js';
import { resolved, type Template } from './template.js';

/** Everything that is wrong with a compiled template, a sentence each. What has a fault isn't judged further. */
export async function faultsOf(template: Template, stage: string): Promise<string[]> {
  const malformed = intrinsicFaults(template);
  if (malformed.length > 0) return malformed;
  const invalid = [...schemaFaults(template), ...outputFaults(template), ...referenceFaults(template)];
  if (invalid.length > 0) return invalid;

  const plain = resolved(template);
  const refused = [...limitFaults(plain), ...relationFaults(plain), ...(await iamFaults(plain))];
  if (refused.length > 0) return refused;
  const wrong = [
    ...decisionFaults(plain, stage),
    ...keyFaults(plain),
    ...functionFaults(plain),
    ...namespaceFaults(plain),
    ...gatewayFaults(plain),
    ...httpApiFaults(plain),
    ...fileEdgeFaults(plain),
    ...policyResourceFaults(plain),
    ...promisedOutputFaults(plain),
    ...nameFaults(plain),
    ...ruleFaults(plain),
    ...invocationFaults(plain),
  ];
  return wrong.length > 0 ? wrong : deploymentFaults(template);
}
