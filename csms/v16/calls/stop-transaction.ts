import { dateTime } from '../../ocpp/date-time.js';
import type { Handler } from '../../ocpp/handler.js';
import { stopTransaction as stop } from '../../transactions/stop.js';
import { idTagInfo } from '../id-tag-info.js';
import { meterValue } from '../meter-value.js';

/** 4.10: a transaction ended. */
export const stopTransaction: Handler<'ocpp1.6', 'StopTransaction'> = async (request, context) => {
  const { transactionId, timestamp, meterStop, idTag, reason, transactionData = [] } = request;
  const authorization = await stop(
    {
      ...{ transactionId, meterStop },
      at: dateTime(timestamp),
      ...(idTag !== undefined && { idTag }),
      ...(reason && { reason }),
      meterValues: transactionData.map(meterValue),
    },
    context,
  );
  return authorization ? { idTagInfo: idTagInfo(authorization) } : {};
};
