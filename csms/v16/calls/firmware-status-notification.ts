import { reportJobStatus } from '../../jobs/report-status.js';
import type { Handler } from '../../ocpp/handler.js';

/** 4.5: how far the update of the firmware is. */
export const firmwareStatusNotification: Handler<'ocpp1.6', 'FirmwareStatusNotification'> = async (
  { status },
  context,
) => {
  await reportJobStatus({ kind: 'firmware', status }, context);
  return {};
};
