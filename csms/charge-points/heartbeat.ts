import type { HandlerContext } from '../ocpp/handler.js';

/** G02/4.6: the charge point is there, and sets its clock by the answer. */
export async function heartbeat({ clock }: HandlerContext): Promise<{ currentTime: string }> {
  return { currentTime: clock.now().toISOString() };
}
