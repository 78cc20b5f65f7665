import type { RefusalCode } from '../../schemas/refusals.js';
import type { Clock } from '../clock.js';
import type { DeviationContext } from '../ocpp/deviation.js';
import { OcppError } from '../ocpp/errors.js';
import { responseOf } from '../ocpp/response.js';
import { isGone } from './actions.js';
import type { Command, Outcome } from './ports.js';

/** How a charge point answered an attempt of a command. */
export interface Answered {
  command: Pick<Command, 'commandId' | 'action'>;
  messageId: string;
  /** When that was sent. */
  at: Date;
  outcome: Outcome;
}

/** What an answer means for the command that it answers. */
export interface Verdict {
  status: 'accepted' | 'rejected' | 'failed';
  /** What the answer was understood as. */
  outcome: Outcome;
  /** Why it failed. */
  code?: RefusalCode;
  reason?: string;
  /** What is wrong with the answer. */
  fault?: OcppError;
}

/** What charge points call a yes, in any version's answers that have a status. */
const yes = new Set(['Accepted', 'AcceptedCanceled', 'RebootRequired', 'Scheduled', 'Unlocked', 'Unpublished']);

/**
 * An answer is accepted, rejected or no answer at all: so says its schema, the more strictly where the charge point is to be
 * taken strictly, and the words that it has for its status. That something is gone already is a yes to whoever asked a second
 * time, since the first answer was lost.
 */
export async function verdictOf(
  { command: { commandId, action }, messageId, at, outcome }: Answered,
  context: DeviationContext & { clock: Clock },
): Promise<Verdict> {
  if (outcome.type === 'CALLERROR') {
    return {
      status: 'failed',
      outcome,
      code: 'answered-with-error',
      reason: `${outcome.code}: ${outcome.description}`,
    };
  }
  try {
    const payload = await responseOf({ commandId, messageId, at, action, payload: outcome.payload }, context);
    // The first attempt goes under the command's own id.
    const isAgain = messageId !== commandId;
    const isYes = statusesIn(payload as Record<string, unknown>).every(
      (status) => yes.has(status) || (isAgain && isGone(action, status)),
    );
    return { status: isYes ? 'accepted' : 'rejected', outcome: { ...outcome, payload } };
  } catch (fault) {
    if (!(fault instanceof OcppError)) throw fault;
    return {
      status: 'failed',
      outcome,
      code: 'answer-invalid',
      reason: `The answer is not valid: ${fault.message}`,
      fault,
    };
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
