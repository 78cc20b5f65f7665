import type { DesiredValue } from './desired-values.js';
import type { Limits } from './limits.js';

/** A command that sets some values. */
export interface Batch {
  action: 'ChangeConfiguration' | 'SetVariables';
  /** JSON. */
  payload: string;
  values: DesiredValue[];
}

/** Commands for all values: ChangeConfiguration for each key of 1.6, SetVariables for as many variables as it takes. */
export function batchesOf(values: DesiredValue[], limits: Limits): Batch[] {
  const batches: DesiredValue[][] = [];
  for (const value of values) {
    const last = batches.at(-1);
    if (last && fits([...last, value], limits)) last.push(value);
    else batches.push([value]);
  }
  return batches.map(batchOf);
}

function fits(values: DesiredValue[], { items, bytes }: Limits): boolean {
  if (values.some(({ variable }) => !variable)) return false;
  return values.length <= items && Buffer.byteLength(batchOf(values).payload) <= bytes;
}

/** The command for these values. */
export function batchOf(values: DesiredValue[]): Batch {
  const [{ key, value, variable } = { key: '', value: '' }] = values;
  if (!variable) return { action: 'ChangeConfiguration', payload: JSON.stringify({ key, value }), values };
  const setVariableData = values.map(({ value, variable }) => ({ attributeValue: value, ...variable }));
  return { action: 'SetVariables', payload: JSON.stringify({ setVariableData }), values };
}
