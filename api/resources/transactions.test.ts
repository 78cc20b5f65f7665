import { beforeEach, describe, expect, it } from 'vitest';
import { apiInMemory } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  for (const [i, firstAt] of times.entries()) {
    const about = { chargePointId: `CP${i % 2}`, transactionId: `tx-${i}`, protocol: 'ocpp1.6' as const };
    await world.ports.transactions.change(about.chargePointId, about.transactionId, () => ({
      ...about,
      firstAt,
      heardAt: firstAt,
    }));
  }
});

const times = [
  ...['2026-01-31T23:59:59.000Z', '2026-02-01T00:00:00.000Z', '2026-02-28T12:00:00.000Z'],
  ...['2026-04-01T00:00:00.000Z', '2026-04-30T23:59:59.999Z', '2026-05-20T09:00:00.000Z'],
];

/** The ids of all pages of so many. */
async function listed(query: string, limit = 50): Promise<string[]> {
  const ids: string[] = [];
  let next: string | undefined;
  do {
    const path = `/transactions?limit=${limit}${query}${next ? `&cursor=${next}` : ''}`;
    const { status, body } = await world.ask(`GET ${path}`);
    expect(status).toBe(200);
    ids.push(...body.items.map(({ transactionId }: { transactionId: string }) => transactionId));
    next = body.next;
  } while (next);
  return ids;
}

describe('transactions of all charge points', () => {
  it.each([1, 2, 3, 50])('go back from month to month, the newest first, on pages of %d', async (limit) => {
    expect(await listed('&from=2026-01-01T00:00:00Z', limit)).toEqual(['tx-5', 'tx-4', 'tx-3', 'tx-2', 'tx-1', 'tx-0']);
  });

  it('of a time are those that began in it', async () => {
    expect(await listed('&from=2026-02-01T00:00:00Z&to=2026-04-01T00:00:00Z', 1)).toEqual(['tx-3', 'tx-2', 'tx-1']);
  });

  it('without a time are those of this month and the one before', async () => {
    expect(await listed('')).toEqual(['tx-5', 'tx-4', 'tx-3']);
  });

  it.each([
    ['from=2020-01-01T00:00:00Z', 'bad-parameter'],
    ['status=open&from=2026-01-01T00:00:00Z', 'bad-parameter'],
    ['cursor=2019-01.', 'bad-cursor'],
    ['cursor=nonsense', 'bad-cursor'],
  ])('%s is refused: %s', async (query, code) => {
    expect((await world.ask(`GET /transactions?${query}`)).body).toMatchObject({ status: 400, code });
  });

  it('that are open are all that have not ended', async () => {
    expect((await listed('&status=open', 4)).sort()).toEqual(['tx-0', 'tx-1', 'tx-2', 'tx-3', 'tx-4', 'tx-5']);
  });
});
