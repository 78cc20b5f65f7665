import { answer } from '../../csms/answer.js';
import type { Protocol } from '../../csms/ocpp/protocol.js';
import type { Transaction } from '../../csms/transactions/ports.js';
import { everythingIn } from './everything.js';
import type { Memory } from './index.js';

/** A charge point that calls, as the CSMS hears it. */
export function calling(memory: Memory, protocol: Protocol, chargePointId = 'CP1') {
  let messages = 0;

  /** The whole frame that answers a CALL. */
  async function frame(action: string, payload: object, receivedAt = memory.clock.now()) {
    const text = JSON.stringify([2, `m${++messages}`, action, payload]);
    const context = { ...memory, chargePointId, connectionId: 'c1', protocol, receivedAt };
    return JSON.parse((await answer(text, context)) ?? 'null');
  }

  return {
    frame,

    /** What a CALL is answered. */
    async call(action: string, payload: object, receivedAt?: Date) {
      const [type, , ...rest] = await frame(action, payload, receivedAt);
      if (type !== 3) throw new Error(`${action} was answered ${rest.join(' ')}`);
      return rest[0];
    },

    transaction: (id: string | number): Transaction | undefined =>
      memory.transactions.items.get(`${chargePointId}/${id}`),

    /** All that are known of, in the order in which they were first heard of. */
    transactions: (): Transaction[] =>
      [...memory.transactions.items.values()].filter((one) => one.chargePointId === chargePointId),
  };
}

/** All that is stored of sessions. */
export function stored(memory: Memory) {
  const { transactions, meterValues, holders } = everythingIn(memory);
  return { transactions: Object.fromEntries(transactions), meterValues, holders };
}
