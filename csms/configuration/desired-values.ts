import type { Protocol } from '../ocpp/protocol.js';
import { isSecret } from './secrets.js';
import { parseVariableKey, type VariableAttribute } from './variable-key.js';

/** A value that somebody desires, understood. In 1.6 it has no variable. */
export interface DesiredValue {
  key: string;
  value: string;
  variable?: VariableAttribute;
}

export interface RefusedKey {
  key: string;
  reason: string;
}

/**
 * Reads `state.desired.configuration`, in the order of its keys.
 *
 * @param protocol of the charge point; where none is known yet, a key with a `/` is one of 2.x
 */
export function desiredValues(
  configuration: unknown,
  protocol: Protocol | undefined,
): { values: DesiredValue[]; refused: RefusedKey[] } {
  if (typeof configuration !== 'object' || configuration === null || Array.isArray(configuration)) {
    return { values: [], refused: [{ key: '', reason: 'configuration is to be an object: values by their keys.' }] };
  }
  const read = Object.entries(configuration)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => desiredValue(key, value, protocol));
  return {
    values: read.filter((each): each is DesiredValue => !('reason' in each)),
    refused: read.filter((each): each is RefusedKey => 'reason' in each),
  };
}

function desiredValue(key: string, value: unknown, protocol: Protocol | undefined): DesiredValue | RefusedKey {
  if (typeof value !== 'string') return { key, reason: 'Its value is to be a text, as in OCPP: "300", "true".' };
  const is2x = protocol ? protocol !== 'ocpp1.6' : key.includes('/');
  const variable = is2x ? parseVariableKey(key) : undefined;
  if (typeof variable === 'string') return { key, reason: variable };
  if (isSecret(variable?.variable.name ?? key)) {
    return { key, reason: 'A secret has no place in a shadow: send it as a command.' };
  }
  return { key, value, ...(variable && { variable }) };
}
