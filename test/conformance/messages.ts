import type { Protocol } from '../../csms/ocpp/protocol.js';
import { messages as messages16 } from '../../schemas/generated/ocpp1.6/messages.js';
import { messages as messages201 } from '../../schemas/generated/ocpp2.0.1/messages.js';
import { messages as messages21 } from '../../schemas/generated/ocpp2.1/messages.js';
import type { Validators } from '../../schemas/generated/runtime.js';

type Messages = Readonly<Record<string, () => Validators<unknown, unknown>>>;

/** The schemas of all messages. */
export const messages: Record<Protocol, Messages> = {
  'ocpp1.6': messages16,
  'ocpp2.0.1': messages201,
  'ocpp2.1': messages21,
};
