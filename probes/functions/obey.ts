import { setTimeout } from 'node:timers/promises';

/** What a function is told to do before it returns: by a query string, a frame or a rule's message. */
export interface Orders {
  /** Milliseconds. */
  wait?: number | string;
  throw?: string;
}

/** @throws what it is told to */
export async function obey({ wait, throw: message }: Orders): Promise<void> {
  if (wait) await setTimeout(Number(wait));
  if (message) throw new Error(message);
}
