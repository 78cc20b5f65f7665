import type { Job } from '../jobs/ports.js';
import type { HandlerContext } from '../ocpp/handler.js';
import { dropProfiles } from './keep.js';
import type { Criteria } from './profile.js';

/**
 * K09: a report that is complete names all profiles that were asked for: those that were known before, and are not in it, are
 * no more.
 */
export async function dropUnreported(
  { asked, unnumbered }: Job,
  context: Pick<HandlerContext, 'chargePointId' | 'inventory'>,
): Promise<void> {
  if (!asked?.request || !unnumbered?.endedAt || unnumbered.endedAt < asked.at) return;
  // What the report names has been so since later: since it was received.
  await dropProfiles(asked.request as Criteria, new Date(Date.parse(asked.at) - 1), context);
}
