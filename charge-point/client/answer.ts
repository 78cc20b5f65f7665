import { CallError } from './errors.js';
import type { Payload } from './frames.js';

/** Answers one action of the CSMS; may throw a `CallError` to refuse it. */
export type Handler = (payload: Payload) => Payload | Promise<Payload>;

export type Handlers = Readonly<Record<string, Handler>>;

/** The frame that answers a CALL: what its handler returned or threw, NotImplemented when there is none. */
export async function answer(id: string, action: string, payload: Payload, handlers: Handlers): Promise<unknown[]> {
  try {
    const handler = Object.hasOwn(handlers, action) ? handlers[action] : undefined;
    if (!handler) throw new CallError('NotImplemented', `${action} is not implemented by this charge point`);
    return [3, id, await handler(payload)];
  } catch (error) {
    const refusal = error instanceof CallError ? error : new CallError('InternalError', String(error));
    return [4, id, refusal.code, refusal.description.slice(0, 255), refusal.details];
  }
}
