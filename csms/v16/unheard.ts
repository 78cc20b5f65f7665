import type { Action, Handler } from '../ocpp/handler.js';

const nothing = async (): Promise<object> => ({});

/**
 * What a charge point hears that is Pending or Rejected, 4.2: 1.6 has no error for it, so it is answered as others are, and
 * nothing is kept of what it says. Not in here is what leaves nothing anyway, and what has money in it: energy that was
 * delivered is recorded whoever delivered it.
 */
export const unheard = {
  DataTransfer: async () => ({ status: 'UnknownVendorId' }),
  DiagnosticsStatusNotification: nothing,
  FirmwareStatusNotification: nothing,
  Heartbeat: async (_request, { clock }) => ({ currentTime: clock.now().toISOString() }),
  LogStatusNotification: nothing,
  SecurityEventNotification: nothing,
  SignCertificate: async () => ({ status: 'Rejected' }),
  SignedFirmwareStatusNotification: nothing,
  StatusNotification: nothing,
} as const satisfies { [A in Action<'ocpp1.6'>]?: Handler<'ocpp1.6', A> };
