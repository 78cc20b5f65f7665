import type { RPCClient } from 'ocpp-rpc';
import { beforeAll } from 'vitest';
import { type ApiAnswer, askApi, putToken } from './api-client.js';
import { isAtLeastOnce } from './deliveries.js';
import type { testSystem } from './system.js';

type Csms = ReturnType<typeof testSystem>;

/** Who asks charge points for things through the API, and reads there what became of them. */
export function operatorOf(csms: Csms) {
  let token: string;
  beforeAll(async () => {
    token = await putToken(csms.system, 'operator');
  });
  const ask = (asked: string, options: Parameters<typeof askApi>[2] = {}) =>
    askApi(csms.system, asked, { token, ...options });
  const list = async (identity: string, what: string) =>
    (await ask(`GET /charge-points/${identity}/${what}`)).body.items;
  return {
    ask,

    /** Asks a charge point for something, and waits for what becomes of it. */
    command: (identity: string, action: string, body: object): Promise<ApiAnswer> =>
      ask(`POST /charge-points/${identity}/commands/${action}`, { body, headers: { prefer: 'wait=20' } }),

    /** What there is of a charge point. @param what `transactions` */
    list,

    /** Is any transaction of a charge point open? */
    hasOpen: async (identity: string): Promise<boolean> =>
      (await list(identity, 'transactions')).some(({ isOpen }: { isOpen: boolean }) => isOpen),
  };
}

/** From now on listens to a charge point's events. @returns those of a name, as often as they were told */
export function eventsOf({ system }: Csms, identity: string): (name: string) => Record<string, unknown>[] {
  const told = new Map<string, Record<string, unknown>[]>();
  system.account.iot.broker.listen(({ topic, payload }) => {
    const event = JSON.parse(String(payload));
    const before = told.get(topic) ?? [];
    // Where all is told twice, the same id is the same event.
    if (!isAtLeastOnce() || !before.some(({ id }) => id === event.id)) told.set(topic, [...before, event]);
  });
  return (name) => told.get(`${identity}/events/${name}`) ?? [];
}

/** The charge point answers the next CALL of an action. @returns the CALL's payload, when it has come */
export function heard(client: RPCClient, action: string, answer: unknown): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    client.handle(action, (({ params }: { params: Record<string, unknown> }) => {
      resolve(params);
      return answer;
    }) as never);
  });
}
