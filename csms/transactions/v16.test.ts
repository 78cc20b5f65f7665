import { describe, expect, it } from 'vitest';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { answer } from '../answer.js';
import type { Transaction } from './ports.js';

/** A 1.6 charge point, as the CSMS hears it. */
function chargePoint(memory: Memory, chargePointId = 'CP1') {
  let messages = 0;
  const send = async (text: string, receivedAt = memory.clock.now()) => {
    const context = { ...memory, chargePointId, connectionId: 'c1', protocol: 'ocpp1.6' as const, receivedAt };
    return JSON.parse((await answer(text, context)) ?? 'null');
  };
  const call = (action: string, payload: object, receivedAt?: Date) =>
    send(JSON.stringify([2, `m${++messages}`, action, payload]), receivedAt).then(([, , result]) => result);
  const transaction = (id: number | string): Transaction | undefined =>
    memory.transactions.items.get(`${chargePointId}/${id}`);
  return { send, call, transaction };
}

const start = { connectorId: 1, idTag: '04A2B3', meterStart: 1_000, timestamp: '2026-01-02T03:00:00Z' };

function setUp() {
  const memory = inMemory();
  memory.idTokens.put({ idToken: '04A2B3' });
  return { memory, ...chargePoint(memory) };
}

describe('4.8 StartTransaction, 4.10 StopTransaction', () => {
  it('TC_003 a session: an id of 31 bits, and the energy between the registers', async () => {
    const { memory, call, transaction } = setUp();
    const { transactionId, idTagInfo } = await call('StartTransaction', start);
    expect(idTagInfo).toEqual({ status: 'Accepted' });
    expect(transactionId).toBeGreaterThan(0);
    expect(transactionId).toBeLessThan(2 ** 31);
    expect(
      await call('StopTransaction', {
        transactionId,
        idTag: '04A2B3',
        meterStop: 8_200,
        timestamp: '2026-01-02T04:00:00Z',
      }),
    ).toEqual({ idTagInfo: { status: 'Accepted' } });
    expect(transaction(transactionId)).toMatchObject({
      evseId: 1,
      energy: 7_200,
      ended: { value: { at: '2026-01-02T04:00:00.000Z', reason: 'Local' } },
    });
    expect(memory.events.names()).toEqual(['transaction-started', 'transaction-ended']);
  });
});
