import type { ComponentKey, VariableKey } from './ports.js';

/** The same for all spellings of a component: OCPP compares names case-insensitively. */
export function componentPath({ evseId, connectorId, ...names }: ComponentKey): string {
  return [variablePath(names), evseId, connectorId].join('#');
}

export function variablePath({ name, instance = '' }: VariableKey): string {
  return [name, instance].map(escaped).join('#');
}

function escaped(text: string): string {
  return text.toLowerCase().replaceAll('%', '%25').replaceAll('#', '%23');
}
