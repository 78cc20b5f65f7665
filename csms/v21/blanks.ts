import type { Blanks } from '../commands/blanks.js';
import type { Action } from '../ocpp/handler.js';
import { blanks as v201 } from '../v201/blanks.js';

/** What may be left out of a command of 2.1. */
export const blanks = {
  ...v201,
  GetDERControl: { requestId: 'request' },
  RequestBatterySwap: { requestId: 'request' },
  SetDERControl: { controlId: 'command' },
} as const satisfies { [A in Action<'ocpp2.1'>]?: Blanks };
