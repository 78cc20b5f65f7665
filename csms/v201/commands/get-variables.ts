import { recordRead } from '../../configuration/read.js';
import { isSecret } from '../../configuration/secrets.js';
import type { Effect } from '../../ocpp/effect.js';
import { attributeOf } from '../component.js';

/** B06: what variables are. Of one that can't be told nothing is recorded. */
export const getVariables: Effect<'ocpp2.1', 'GetVariables'> = async ({ response, at }, context) => {
  const read = response.getVariableResult
    .filter(({ attributeStatus, variable }) => attributeStatus === 'Accepted' && !isSecret(variable.name))
    .map((result) => ({ ...attributeOf(result), value: result.attributeValue ?? '' }));
  await recordRead(read, at, context);
};
