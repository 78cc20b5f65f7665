import { routes as routes16 } from '../v16/routes.js';
import { routes as routes21 } from '../v21/routes.js';
import { routes as routes201 } from '../v201/routes.js';
import type { Handler, notSupported } from './handler.js';
import type { Protocol } from './protocol.js';

/** A route as `answer` sees it, when it has validated the request against the schema of its action. */
export type AnyHandler = Handler<Protocol, never>;
export type AnyRoute = AnyHandler | typeof notSupported;

export const routes: Record<Protocol, Readonly<Record<string, AnyRoute>>> = {
  'ocpp1.6': routes16,
  'ocpp2.0.1': routes201,
  'ocpp2.1': routes21,
};
