import fc from 'fast-check';
import { expect, it } from 'vitest';
import { calling, stored } from '../../test/memory/calling.js';
import { inMemory } from '../../test/memory/index.js';

const at = (minute: number) => `2026-01-02T03:${String(minute).padStart(2, '0')}:00Z`;
const totalUsage = { energy: 7.2, chargingTime: 2_400, idleTime: 0 };
const cost = (exclTax: number, more: object = {}) => ({
  chargingPeriods: [{ startPeriod: at(0) }],
  totalCost: { currency: 'EUR', typeOfCost: 'NormalCost', total: { exclTax, inclTax: exclTax * 1.2 } },
  totalUsage,
  ...more,
});
const event = (
  eventType: string,
  minute: number,
  { info = {}, ...more }: { info?: object; costDetails?: object } = {},
) => ({
  ...{ eventType, timestamp: at(minute), seqNo: minute, triggerReason: 'RunningCost' },
  ...{ transactionInfo: { transactionId: 'T1', ...info }, ...more },
});
const session = [
  event('Started', 0, { info: { tariffId: 'day', transactionLimit: { maxCost: 1e300 } } }),
  event('Updated', 10, { costDetails: cost(1) }),
  event('Updated', 20, { info: { tariffId: 'night', transactionLimit: { maxCost: 20 } }, costDetails: cost(2) }),
  event('Ended', 40, { costDetails: cost(3) }),
];

async function told(events: object[]) {
  const memory = inMemory();
  const { call, transaction } = calling(memory, 'ocpp2.1');
  for (const one of events) {
    const { timestamp } = one as { timestamp: string };
    await call('TransactionEvent', one, new Date(Date.parse(timestamp) + 1_000));
  }
  const ended = memory.events.named('transaction-ended');
  ended.sort((a, b) => Number(b.revision) - Number(a.revision));
  return { memory, transaction: transaction('T1'), ended: ended[0] };
}

it('2.1 a station that calculates what it costs is heard: the newest tariff, limit and cost, in whatever order they come', async () => {
  const inOrder = await told(session);
  const { tariffId, transactionLimit, costDetails } = inOrder.transaction ?? {};
  expect([tariffId?.value, transactionLimit?.value]).toEqual(['night', '{"maxCost":20}']);
  expect(JSON.parse(costDetails?.value ?? '')).toEqual({ totalCost: cost(3).totalCost, totalUsage });
  expect(inOrder.ended).toMatchObject({ cost: { currency: 'EUR', exclTax: 3, inclTax: 3 * 1.2 } });
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...session, ...session], { minLength: 8 }), async (order) => {
      const other = await told(order);
      expect(stored(other.memory)).toEqual(stored(inOrder.memory));
      expect(other.ended?.id).toBe(inOrder.ended?.id);
    }),
  );
});

it('2.1 what a station could not calculate is no cost', async () => {
  const failed = event('Ended', 40, { costDetails: cost(0, { failureToCalculate: true }) });
  expect((await told([failed])).ended).not.toHaveProperty('cost');
  expect((await told([event('Ended', 40)])).ended).not.toHaveProperty('cost');
});
