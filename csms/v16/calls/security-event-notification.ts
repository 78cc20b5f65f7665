import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';
import { securityEvent } from '../../security/security-event.js';

/** Security whitepaper A04: something happened that bears on security. */
export const securityEventNotification: Handler<'ocpp1.6', 'SecurityEventNotification'> = async (
  { timestamp, ...told },
  context,
) => {
  await securityEvent({ ...told, at: dateTime(timestamp) }, context);
  return {};
};
