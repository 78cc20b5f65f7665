import type { MessageInfoType } from '../../schemas/generated/ocpp2.1/types.js';
import { pick } from '../pick.js';

/** What is kept of a message on the display. */
export function messageDetail(info: MessageInfoType): object {
  return pick(
    info,
    ...(['id', 'priority', 'state', 'startDateTime', 'endDateTime', 'transactionId'] as const),
    ...(['display', 'message', 'messageExtra'] as const),
  );
}
