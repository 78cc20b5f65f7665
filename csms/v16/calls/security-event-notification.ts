import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';
import { securityEvent } from '../../security/security-event.js';

/** Security whitepaper A04: something happened that bears on security. */
export const securityEventNotification: Handler<'ocpp1.6', 'SecurityEventNotification'> = async (request, context) => {
  await securityEvent({ ...pick(request, 'type', 'techInfo'), at: dateTime(request.timestamp) }, context);
  return {};
};
