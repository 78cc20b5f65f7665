import { routes as routes16 } from '../v16/routes.js';
import { unheard as unheard16 } from '../v16/unheard.js';
import { routes as routes21 } from '../v21/routes.js';
import { routes as routes201 } from '../v201/routes.js';
import type { AnyHandler, notSupported } from './handler.js';
import type { Protocol } from './protocol.js';

export type Route = AnyHandler | typeof notSupported;

export const routes: Record<Protocol, Readonly<Record<string, Route>>> = {
  'ocpp1.6': routes16,
  'ocpp2.0.1': routes201,
  'ocpp2.1': routes21,
};

/** In the versions that have no error for it: what else than usual handles the CALLs of a charge point that is not Accepted. */
export const unheard: Partial<Record<Protocol, Readonly<Record<string, AnyHandler>>>> = { 'ocpp1.6': unheard16 };
