import { fraction } from '../fraction.js';
import type { HandlerContext } from '../ocpp/handler.js';
import { type Hardware, type RegistrationStatus, ShadowRefused } from './ports.js';

/** API Gateway and CloudFront close what is silent for 600 s, and a heartbeat must be through well before. */
const longestInterval = 539;

/**
 * B01/4.2: a charge point started, and says what it is. Its shadow gets the payload as it came.
 *
 * @returns the answer's members: `interval` in seconds, 10 % around the stage's so that heartbeats spread
 */
export async function boot(
  { hardware, reason }: { hardware: Hardware; reason?: string },
  { chargePointId, protocol, payload, receivedAt, chargePoints, shadows, events, clock, stage }: HandlerContext,
): Promise<{ status: RegistrationStatus; currentTime: string; interval: number }> {
  const chargePoint = await chargePoints.booted({
    chargePointId,
    protocol,
    hardware,
    ...(reason && { reason }),
    at: receivedAt,
  });
  try {
    await shadows.report(chargePointId, payload);
  } catch (error) {
    if (!(error instanceof ShadowRefused)) throw error;
    await events.emit(chargePointId, 'shadow-refused', receivedAt.toISOString(), { reason: error.message });
  }
  const jitter = 0.9 + 0.2 * fraction(chargePointId);
  return {
    currentTime: clock.now().toISOString(),
    interval: Math.min(Math.round(stage.heartbeatInterval * jitter), longestInterval),
    status: chargePoint.registrationStatus ?? stage.registrationStatus,
  };
}
