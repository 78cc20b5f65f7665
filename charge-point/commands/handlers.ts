import type { Handler, Handlers } from '../client/answer.js';
import type { Protocol } from '../protocols.js';
import type { Run } from '../steps/step.js';
import { ocpp16 } from './ocpp1.6.js';
import { ocpp2 } from './ocpp2.js';
import type { AnyTake, Take } from './take.js';

/** What a charge point of each version takes; anything else is NotImplemented. */
export const routes: Record<Protocol, Record<string, AnyTake>> = {
  'ocpp1.6': ocpp16,
  'ocpp2.0.1': ocpp2,
  'ocpp2.1': ocpp2,
};

/** The same for a client, whose CALLs have to do with that run. */
export function handlersOf(protocol: Protocol, run: Promise<Run>): Handlers {
  const handlerOf = (take: AnyTake): Handler => {
    // The CSMS has checked the payload against the schema of its action, as it does before it sends one.
    const any = take as Take<object>;
    return async (payload) => any(payload, await run);
  };
  return Object.fromEntries(Object.entries(routes[protocol]).map(([action, take]) => [action, handlerOf(take)]));
}
