import { recordVariables } from '../device-model/record.js';
import type { EffectContext } from '../ocpp/effect.js';
import type { AttributeKey } from './read.js';
import { reportConfiguration } from './report.js';

/** An attribute that a charge point was given a value for. */
export interface Taken extends AttributeKey {
  /** Missing where it is a secret. */
  value?: string;
  /** How the charge point took it. */
  status: string;
}

/** 5.3, B05: attributes have other values, or will have them after a reboot. */
export async function recordTaken(taken: Taken[], at: Date, context: EffectContext): Promise<void> {
  const time = at.toISOString();
  const reports = taken.map(({ component, variable, type, value, status }) => ({
    component,
    variable,
    attributes: [{ type, ...(value !== undefined && { value }) }],
    told: {
      ...{ at: time, receivedAt: time },
      ...(status === 'RebootRequired' && { untilBoot: true as const }),
    },
  }));
  await recordVariables(reports, context);
  const values = taken.flatMap(({ key, value }): [string, string][] => (value === undefined ? [] : [[key, value]]));
  await reportConfiguration(values, at, context);
}

/** Does a status say that a value was taken, for now or for after a reboot? */
export function isTaken(status: string): boolean {
  return status === 'Accepted' || status === 'RebootRequired';
}
