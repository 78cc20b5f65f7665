import { routes as routes16 } from '../v16/routes.js';
import { unheard as unheard16 } from '../v16/unheard.js';
import { routes as routes21 } from '../v21/routes.js';
import { routes as routes201 } from '../v201/routes.js';
import type { AnyHandler } from './handler.js';
import type { Protocol } from './protocol.js';

/** What a charge point of each version may say, and what handles it. */
export const routes: Record<Protocol, Readonly<Record<string, AnyHandler>>> = {
  'ocpp1.6': routes16,
  'ocpp2.0.1': routes201,
  'ocpp2.1': routes21,
};

/** What is not called but sent, and never answered: in 2.1 alone. */
export const sends: Partial<Record<Protocol, readonly string[]>> = { 'ocpp2.1': ['NotifyPeriodicEventStream'] };

/** In the versions that have no error for it: what else than usual handles the CALLs of a charge point that is not Accepted. */
export const unheard: Partial<Record<Protocol, Readonly<Record<string, AnyHandler>>>> = { 'ocpp1.6': unheard16 };
