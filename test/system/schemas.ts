import type { Protocol } from '../../csms/ocpp/protocol.js';
import { messages as messages16 } from '../../schemas/generated/ocpp1.6/messages.js';
import { messages as messages201 } from '../../schemas/generated/ocpp2.0.1/messages.js';
import { messages as messages21 } from '../../schemas/generated/ocpp2.1/messages.js';
import type { Schema, Validators } from '../../schemas/generated/runtime.js';

type Messages = Readonly<Record<string, () => Validators<unknown, unknown>>>;

const messages: Record<Protocol, Messages> = {
  'ocpp1.6': messages16,
  'ocpp2.0.1': messages201,
  'ocpp2.1': messages21,
};

/** The official schemas of an action. @throws where the version has none of it */
export function schemasOf(protocol: Protocol, action: string): { request: Schema; response: Schema } {
  const validators = messages[protocol][action]?.();
  if (!validators) throw new Error(`${protocol} has no schemas of ${action}`);
  return { request: validators.request.schema, response: validators.response.schema };
}
