import { CallError } from './errors.js';
import type { Payload } from './frames.js';

/** An answer, and what the charge point does once it is sent. */
export class Answer {
  constructor(
    readonly payload: Payload,
    readonly afterwards: () => void,
  ) {}
}

/** Answers one action of the CSMS; may throw a `CallError` to refuse it. */
export type Handler = (payload: Payload) => Payload | Answer | Promise<Payload | Answer>;

export type Handlers = Readonly<Record<string, Handler>>;

/** The frame that answers a CALL, what its handler returned or threw, NotImplemented when there is none; and what follows. */
export async function answer(
  id: string,
  action: string,
  payload: Payload,
  handlers: Handlers,
): Promise<{ frame: unknown[]; afterwards?: () => void }> {
  try {
    const handler = Object.hasOwn(handlers, action) ? handlers[action] : undefined;
    if (!handler) throw new CallError('NotImplemented', `${action} is not implemented by this charge point`);
    const answered = await handler(payload);
    if (!(answered instanceof Answer)) return { frame: [3, id, answered] };
    return { frame: [3, id, answered.payload], afterwards: answered.afterwards };
  } catch (error) {
    const refusal = error instanceof CallError ? error : new CallError('InternalError', String(error));
    return { frame: [4, id, refusal.code, refusal.description.slice(0, 255), refusal.details] };
  }
}
