import type { Run } from '../steps/step.js';
import { tell } from '../steps/tell.js';

/** C01: the CSMS is asked, unless the charge point may go by its own list (C14) or what it was told before (C12). */
export async function mayCharge(idToken: string, run: Run): Promise<boolean> {
  const { settings, localList, cache, messages } = run;
  const isKnown = localList.statuses.get(idToken) === 'Accepted' || cache.has(idToken);
  if (isKnown && settings.isTrue('prefersOwnLists')) return true;
  const answer = await tell(run, 'Authorize', messages.authorize(idToken));
  const isAccepted = answer !== undefined && messages.authorization(answer) === 'Accepted';
  if (isAccepted) cache.add(idToken);
  else cache.delete(idToken);
  return isAccepted;
}
