import type { VariableReport } from '../device-model/merge.js';
import { componentPath, variablePath } from '../device-model/path.js';
import type { Component, ComponentKey, Traits, VariableKey } from '../device-model/ports.js';
import { recordVariables } from '../device-model/record.js';
import type { EffectContext } from '../ocpp/effect.js';
import { reportConfiguration } from './report.js';

/** An attribute of a variable, of 1.6 the one that a key has. */
export interface AttributeKey {
  /** What it is desired by. */
  key: string;
  component: ComponentKey;
  variable: VariableKey;
  type: string;
}

/** An attribute as a charge point told that it is. */
export interface Read extends AttributeKey {
  /** Missing where it is not told, or a secret; null where there is no such variable. */
  value?: string | null;
  traits?: Traits;
}

/**
 * 5.8, B06: what values are. One that is another than was known is reported, so that what is desired instead is asked for
 * again. What was set to hold after a reboot stays as it was set until that has come.
 */
export async function recordRead(read: Read[], at: Date, context: EffectContext): Promise<void> {
  const { chargePointId, chargePoints, components } = context;
  const time = at.toISOString();
  const found = new Map<string, Component | undefined>();
  const others: [key: string, value: string | null][] = [];
  const reports: VariableReport[] = [];
  let bootedAt: string | undefined;
  for (const { key, component, variable, type, value, traits } of read) {
    const path = componentPath(component);
    if (!found.has(path)) found.set(path, await components.find(chargePointId, component));
    const known = found
      .get(path)
      ?.variables.find((other) => variablePath(other) === variablePath(variable))
      ?.attributes.find((other) => other.type === type)?.value;
    const isOther = known && value !== undefined && known.is !== value && known.at <= time;
    if (isOther && known.untilBoot) {
      bootedAt ??= (await chargePoints.find(chargePointId))?.bootedAt ?? '';
      if (known.at >= bootedAt) continue;
    }
    if (isOther && traits?.mutability !== 'ReadOnly') others.push([key, value]);
    if (value === null) continue;
    reports.push({
      ...{ component, variable, told: { at: time, receivedAt: time } },
      attributes: [{ type, ...(value !== undefined && { value }), ...(traits && { traits }) }],
    });
  }
  // Before it is known: whoever is told again finds the same difference.
  await reportConfiguration(others, at, context);
  await recordVariables(reports, context);
}
