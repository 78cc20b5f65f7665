import { putAll } from '../../inventory/put-all.js';
import { receiveUnnumberedPart } from '../../jobs/receive-part.js';
import type { Handler } from '../../ocpp/handler.js';
import { messageDetail } from '../display-message.js';

/** O03, O04: a part of the messages that the station is to show; each is kept, as last known. */
export const notifyDisplayMessages: Handler<'ocpp2.1', 'NotifyDisplayMessages'> = async (
  { requestId, tbc = false, messageInfo = [] },
  context,
) => {
  await putAll(
    'display-message',
    messageInfo.map((info) => ({ key: String(info.id), detail: messageDetail(info) })),
    context,
  );
  await receiveUnnumberedPart({ kind: 'display-messages', requestId, hasMore: tbc }, context);
  return {};
};
