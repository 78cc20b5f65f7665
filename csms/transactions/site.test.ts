import { expect, it } from 'vitest';
import { calling } from '../../test/memory/calling.js';
import { inMemory } from '../../test/memory/index.js';

function at(site: string) {
  const memory = inMemory();
  memory.chargePoints.put({ chargePointId: 'CP1', site });
  return { memory, ...calling(memory, 'ocpp2.0.1') };
}
const event = (eventType: string, seqNo: number) => ({
  ...{ eventType, seqNo, timestamp: '2026-01-01T10:00:00Z', triggerReason: 'Trigger' },
  transactionInfo: { transactionId: 'tx' },
});

it.each(['Started', 'Updated', 'Ended'])(
  'a transaction that is first told of by %s is where its charge point stands',
  async (type) => {
    const { call, transaction } = at('North');
    await call('TransactionEvent', event(type, 1));
    expect(transaction('tx')?.site).toBe('North');
  },
);

it('a transaction stays where it began, wherever its charge point is moved to', async () => {
  const { memory, call, transaction } = at('North');
  await call('TransactionEvent', event('Started', 0));
  memory.chargePoints.put({ chargePointId: 'CP1', site: 'South' });
  await call('TransactionEvent', event('Started', 0));
  await call('TransactionEvent', event('Ended', 1));
  expect(transaction('tx')?.site).toBe('North');
});
