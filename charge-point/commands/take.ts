import { Answer } from '../client/answer.js';
import type { Payload } from '../client/frames.js';
import type { Run } from '../steps/step.js';

/** Takes one CALL of the CSMS: what is answered, and perhaps what follows. May throw a `CallError` to refuse it. */
export type Take<Request> = (request: Request, run: Run) => Payload | Answer;

/** Takes any CALL, for whoever knows that the request is one of its action. */
export type AnyTake = Take<never>;

/** An answer, and what the charge point does then; nobody waits for that. */
export function andThen(payload: Payload, { chargePoint }: Run, errand: () => Promise<unknown>): Answer {
  return new Answer(payload, () => {
    errand().catch((error) => {
      // A charge point that is gone for good does no errands.
      if (!chargePoint.signal.aborted) throw error;
    });
  });
}
