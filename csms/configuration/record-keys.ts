import { variablePath } from '../device-model/path.js';
import type { Variable } from '../device-model/ports.js';
import type { EffectContext } from '../ocpp/effect.js';
import { type AttributeKey, type Read, recordRead } from './read.js';
import { isSecret } from './secrets.js';

/** 1.6 knows no components: its keys are the variables of one of our own. */
const component = { name: 'Configuration' };

export function attributeOfKey(key: string): AttributeKey {
  return { key, component, variable: { name: key }, type: 'Actual' };
}

/** What a charge point of 1.6 says of its configuration. */
interface Told {
  configurationKey?: { key: string; value?: string; readonly: boolean }[];
  unknownKey?: string[];
}

/** 5.8, 9: records configuration keys of 1.6 in the device model. Those that the charge point doesn't know are no more. */
export async function recordKeys(
  { configurationKey = [], unknownKey = [] }: Told,
  at: Date,
  context: EffectContext,
): Promise<void> {
  const read = configurationKey.map(
    ({ key, value, readonly }): Read => ({
      ...attributeOfKey(key),
      ...(value !== undefined && !isSecret(key) && { value }),
      traits: { mutability: readonly ? 'ReadOnly' : 'ReadWrite' },
    }),
  );
  const unknown = unknownKey.map((key): Read => ({ ...attributeOfKey(key), value: null }));
  await recordRead([...read, ...unknown], at, context);
  if (unknown.length === 0) return;
  const paths = unknown.map(({ variable }) => variablePath(variable));
  const isGone = (one: Variable) =>
    paths.includes(variablePath(one)) &&
    one.attributes.every(({ value, traits }) => [value, traits].every((told) => !told || new Date(told.at) <= at));
  await context.components.change(context.chargePointId, component, (known) => {
    if (!known?.variables.some(isGone)) return undefined;
    return { ...known, variables: known.variables.filter((one) => !isGone(one)) };
  });
}
