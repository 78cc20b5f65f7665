import type { MessageInfoType } from '../../../schemas/generated/ocpp2.1/types.js';
import { putAll } from '../../inventory/put-all.js';
import { receiveUnnumberedPart } from '../../jobs/receive-part.js';
import type { Handler } from '../../ocpp/handler.js';
import { pick } from '../../pick.js';

/** O03, O04: a part of the messages that the station is to show; each is kept, as last known. */
export const notifyDisplayMessages: Handler<'ocpp2.1', 'NotifyDisplayMessages'> = async (
  { requestId, tbc = false, messageInfo = [] },
  context,
) => {
  await putAll('display-message', messageInfo.map(itemOf), context);
  await receiveUnnumberedPart({ kind: 'display-messages', requestId, hasMore: tbc }, context);
  return {};
};

function itemOf(info: MessageInfoType) {
  return {
    key: String(info.id),
    detail: pick(
      info,
      ...(['id', 'priority', 'state', 'startDateTime', 'endDateTime', 'transactionId'] as const),
      ...(['display', 'message', 'messageExtra'] as const),
    ),
  };
}
