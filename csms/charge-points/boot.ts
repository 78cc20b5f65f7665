import { fraction } from '../fraction.js';
import { tell } from '../history/tell.js';
import type { HandlerContext } from '../ocpp/handler.js';
import { type Hardware, type RegistrationStatus, ShadowRefused } from './ports.js';

/** API Gateway and CloudFront close what is silent for 600 s, and a heartbeat must be through well before. */
const longestInterval = 539;

/** Milliseconds by which the answer is delivered, as a rule. */
const afterAnswer = 2_000;

/**
 * B01/4.2: a charge point started, and says what it is. Its shadow gets the payload as it came.
 *
 * @returns the answer's members: `interval` in seconds, 10 % around the stage's so that heartbeats spread
 */
export async function boot(
  { hardware, reason }: { hardware: Hardware; reason?: string },
  context: HandlerContext,
): Promise<{ status: RegistrationStatus; currentTime: string; interval: number }> {
  const { chargePointId, connectionId, protocol, payload, receivedAt } = context;
  const { chargePoints, shadows, history, timers, clock, stage } = context;
  const { status, isNew } = await chargePoints.booted(
    { chargePointId, protocol, hardware, ...(reason && { reason }), at: receivedAt },
    stage.registrationStatus,
  );
  const told = { protocol, ...(reason && { reason }), ...hardware, status };
  await history.add({ chargePointId, kind: 'boot', at: receivedAt, id: connectionId, detail: told });
  // What waited for it may go, once the charge point has heard.
  if (isNew && status !== 'Rejected') {
    const due = clock.now().getTime() + afterAnswer;
    await timers.send({ kind: 'queue', chargePointId, connectionId, due });
  }
  try {
    await shadows.report(chargePointId, payload);
  } catch (error) {
    if (!(error instanceof ShadowRefused)) throw error;
    const detail = { code: 'shadow-too-large', reason: error.message } as const;
    const id = receivedAt.toISOString();
    await tell({ chargePointId, name: 'shadow-refused', id, at: receivedAt, detail }, context);
  }
  const jitter = 0.9 + 0.2 * fraction(chargePointId);
  return {
    currentTime: clock.now().toISOString(),
    interval: Math.min(Math.round(stage.heartbeatInterval * jitter), longestInterval),
    status,
  };
}
