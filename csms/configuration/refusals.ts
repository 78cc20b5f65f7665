import { createHash } from 'node:crypto';
import { isSettled } from '../commands/life.js';
import type { Command } from '../commands/ports.js';
import { codeOf } from '../commands/refusal.js';
import type { Events } from '../events.js';
import type { History } from '../history/ports.js';
import { tell } from '../history/tell.js';
import { parseVariableKey, type VariableAttribute, variableKeyOf } from './variable-key.js';

interface Result extends VariableAttribute {
  attributeStatus?: string;
  attributeStatusInfo?: { reasonCode: string; additionalInfo?: string };
}

/** Tells which desired values a command did not bring about, and why. One that expired was refused by nobody. */
export async function announceRefusals(command: Command, ports: { events: Events; history: History }): Promise<void> {
  if (!command.desired || !isSettled(command)) return;
  const { chargePointId, commandId, attempts, order } = command;
  const at = new Date(attempts.at(-1)?.sentAt ?? order.split('#')[0] ?? '');
  for (const [key, reason] of refusalsOf(command)) {
    const id = `${commandId}-${createHash('sha256').update(key).digest('hex').slice(0, 22)}`;
    const code = codeOf(command);
    const detail = { key, commandId, ...(code && { code }), reason };
    await tell({ chargePointId, name: 'configuration-refused', id, at, detail }, ports);
  }
}

/** The keys of the values that a settled command did not bring about, each with the reason. */
export function refusalsOf({ status, payload, outcome, reason }: Command): [key: string, reason: string][] {
  const keys = keysOf(JSON.parse(payload));
  switch (status) {
    case 'failed':
      return keys.map((key) => [key, reason ?? 'It failed.']);
    case 'timed-out':
      return keys.map((key) => [key, 'It was not answered.']);
    case 'rejected':
      return outcome?.type === 'CALLRESULT' ? answersOf(keys, outcome.payload) : [];
    default:
      return [];
  }
}

/** Of a ChangeConfiguration or SetVariables of ours. */
function keysOf(payload: { key?: string; setVariableData?: VariableAttribute[] }): string[] {
  return payload.key !== undefined ? [payload.key] : (payload.setVariableData ?? []).map(variableKeyOf);
}

function answersOf(keys: string[], answer: unknown): [key: string, reason: string][] {
  const { status, setVariableResult = [] } = answer as { status?: string; setVariableResult?: Result[] };
  if (status !== undefined) return keys.map((key) => [key, status]);
  return keys.flatMap((key): [string, string][] => {
    const result = setVariableResult.find((one) => isSame(key, one));
    if (result?.attributeStatus === 'Accepted' || result?.attributeStatus === 'RebootRequired') return [];
    const { reasonCode, additionalInfo } = result?.attributeStatusInfo ?? {};
    const parts = [result?.attributeStatus ?? 'It was not answered', reasonCode, additionalInfo];
    return [[key, parts.filter(Boolean).join(': ')]];
  });
}

/** OCPP compares names case-insensitively, and says Actual where we say nothing. */
function isSame(key: string, { component, variable, attributeType }: Result): boolean {
  const asked = parseVariableKey(key);
  const isOther = attributeType && attributeType !== ('Actual' as string);
  const told = variableKeyOf({ component, variable, ...(isOther && { attributeType }) });
  return typeof asked === 'object' && told.toLowerCase() === key.toLowerCase();
}
