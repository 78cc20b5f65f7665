import { type Orders, obey } from './obey.js';
import { see } from './see.js';

/** Invoked by rules, with what their SQL selected. */
export async function handler(event: { orders?: Orders }): Promise<void> {
  await see(event);
  await obey(event.orders ?? {});
}
