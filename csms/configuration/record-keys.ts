import type { VariableReport } from '../device-model/merge.js';
import { recordVariables } from '../device-model/record.js';
import type { EffectContext } from '../ocpp/effect.js';
import { isSecret } from './secrets.js';

/** 1.6 knows no components: its keys are the variables of one of our own. */
const component = { name: 'Configuration' };

/** A configuration key of 1.6, as the charge point says that it is. */
export interface ConfigurationKey {
  key: string;
  value?: string;
  isReadOnly?: boolean;
}

/** 9: records configuration keys of 1.6 in the device model. */
export async function recordKeys(keys: ConfigurationKey[], at: Date, context: EffectContext): Promise<void> {
  const time = at.toISOString();
  const told = { at: time, receivedAt: time };
  const reports = keys.map(({ key, value, isReadOnly }): VariableReport => {
    const isKept = value !== undefined && !isSecret(key);
    const traits = isReadOnly !== undefined && { traits: { mutability: isReadOnly ? 'ReadOnly' : 'ReadWrite' } };
    return {
      component,
      variable: { name: key },
      attributes: [{ type: 'Actual', ...(isKept && { value }), ...traits }],
      told,
    };
  });
  await recordVariables(reports, context);
}
