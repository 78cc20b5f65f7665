import type { RefusalCode } from '../../schemas/refusals.js';
import { OcppError } from '../ocpp/errors.js';
import type { Protocol } from '../ocpp/protocol.js';
import { validateOutcome } from '../ocpp/validate.js';
import type { Outcome } from './ports.js';

/** What an answer means for the command that it answers. */
export interface Verdict {
  status: 'accepted' | 'rejected' | 'failed';
  /** Why it failed. */
  code?: RefusalCode;
  reason?: string;
  /** What is wrong with the answer. */
  fault?: OcppError;
}

/** What charge points call a yes, in any version's answers that have a status. */
const yes = new Set(['Accepted', 'AcceptedCanceled', 'RebootRequired', 'Scheduled', 'Unlocked', 'Unpublished']);

/** An answer is accepted, rejected or no valid answer at all: so says the schema, and the words that it has for its status. */
export async function verdictOf(action: string, outcome: Outcome, protocol: Protocol): Promise<Verdict> {
  if (outcome.type === 'CALLERROR') {
    return { status: 'failed', code: 'answered-with-error', reason: `${outcome.code}: ${outcome.description}` };
  }
  try {
    const response = (await validateOutcome(protocol, action, outcome.payload)) as Record<string, unknown>;
    return { status: statusesIn(response).every((status) => yes.has(status)) ? 'accepted' : 'rejected' };
  } catch (fault) {
    if (!(fault instanceof OcppError)) throw fault;
    return { status: 'failed', code: 'answer-invalid', reason: `The answer is not valid: ${fault.message}`, fault };
  }
}

/** Of the whole, or of each result where a command asks for several things at once, as SetVariables does. */
function statusesIn(response: Record<string, unknown>): string[] {
  const results = Object.entries(response).flatMap(([name, value]) =>
    name.endsWith('Result') && Array.isArray(value) ? (value as Record<string, unknown>[]) : [],
  );
  return [response, ...results]
    .map(({ attributeStatus, status = attributeStatus }) => status)
    .filter((status) => typeof status === 'string');
}
