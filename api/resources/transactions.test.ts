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

describe('a transaction', () => {
  it('2.1 tells what its station says of its cost', async () => {
    world.ports.chargePoints.put({ chargePointId: 'CP0' });
    const [by, at] = ['2026-02-03T00:00:00.000Z#0000000000', '2026-02-03T00:00:00.000Z'];
    await world.ports.transactions.change('CP0', 'cost', () => ({
      ...{ chargePointId: 'CP0', transactionId: 'cost', protocol: 'ocpp2.1' as const, firstAt: at, heardAt: at },
      ...{ tariffId: { by, value: 'night' }, transactionLimit: { by, value: '{"maxCost":20}' } },
      costDetails: { by, value: '{"totalCost":{"currency":"EUR","total":{"exclTax":3}}}' },
    }));
    const { body } = await world.ask('GET /charge-points/CP0/transactions/cost');
    expect(body).toMatchObject({
      ...{ tariffId: 'night', transactionLimit: { maxCost: 20 } },
      costDetails: { totalCost: { currency: 'EUR', total: { exclTax: 3 } } },
    });
  });

  it('E: tells which of its events did not come', async () => {
    world.ports.chargePoints.put({ chargePointId: 'CP0' });
    const told = { chargePointId: 'CP0', transactionId: 'holes', protocol: 'ocpp2.0.1' as const };
    const seqNos: [number, number][] = [
      [1, 2],
      [5, 5],
    ];
    await world.ports.transactions.change('CP0', 'holes', () => ({
      ...{ ...told, seqNos, firstAt: '2026-02-03T00:00:00.000Z', heardAt: '2026-02-03T00:00:00.000Z' },
    }));
    const { body } = await world.ask('GET /charge-points/CP0/transactions/holes');
    expect(body.missingEvents).toEqual([
      { from: 0, to: 0 },
      { from: 3, to: 4 },
    ]);
    const other = await world.ask('GET /charge-points/CP0/transactions/tx-0');
    expect(other.body).not.toHaveProperty('missingEvents');
  });
});

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
    ['status=open&site=North', 'bad-parameter'],
    ['cursor=2019-01.', 'bad-cursor'],
    ['cursor=nonsense', 'bad-cursor'],
  ])('%s is refused: %s', async (query, code) => {
    expect((await world.ask(`GET /transactions?${query}`)).body).toMatchObject({ status: 400, code });
  });

  it('that are open are all that have not ended', async () => {
    expect((await listed('&status=open', 4)).sort()).toEqual(['tx-0', 'tx-1', 'tx-2', 'tx-3', 'tx-4', 'tx-5']);
  });
});

it('transactions of a site are those that began where their charge point stood then', async () => {
  await world.ports.transactions.change('CP1', 'tx-1', (known) => known && { ...known, site: 'North' });
  await world.ports.transactions.change('CP1', 'tx-5', (known) => known && { ...known, site: 'North' });
  expect(await listed('&site=North', 1)).toEqual(['tx-5', 'tx-1']);
  expect(await listed('&site=North&to=2026-03-01T00:00:00Z')).toEqual(['tx-1']);
});

describe('the series of a transaction', () => {
  const begun = '2026-05-20T09:00:00.000Z';
  const sample = (measurand: string, value: number, unit: string) => ({
    ...{ measurand, context: 'Sample.Periodic', location: 'Outlet', value, unit },
  });
  const minute = (i: number) => new Date(Date.parse(begun) + i * 60_000).toISOString();
  const seriesOf = async (query: string) => {
    await world.ports.things.create('CP1', '');
    world.ports.chargePoints.put({ chargePointId: 'CP1' });
    return (await world.ask(`GET /charge-points/CP1/transactions/tx-5/meter-values?${query}`)).body;
  };
  beforeEach(async () => {
    for (let i = 1; i < 9; i++) {
      const sampledValues = [
        i === 8 ? sample('Power.Active.Import', 7_200, 'W') : sample('Energy.Active.Import.Register', i * 100, 'Wh'),
      ];
      const about = { chargePointId: 'CP1', transactionId: 'tx-5', receivedAt: new Date(minute(i)) };
      await world.ports.meterValues.add({ ...about, meterValues: [{ at: minute(i), sampledValues }] });
    }
  });

  it('of a measurand has no page that is empty while there are more', async () => {
    const { series, next } = await seriesOf('measurand=Power.Active.Import&limit=2');
    expect(series).toMatchObject([{ measurand: 'Power.Active.Import', points: [{ at: minute(8), value: 7_200 }] }]);
    expect(next).toBeUndefined();
  });

  it('begins and ends with the registers that 1.6 has beside all values', async () => {
    await world.ports.transactions.change('CP1', 'tx-5', (known) => {
      const [begin, end] = [
        { at: begun, wh: 0, context: 'meterStart' },
        { at: minute(9), wh: 900, context: 'meterStop' },
      ];
      return known && { ...known, begin, end };
    });
    const values = async (query: string) => {
      const { series, next } = await seriesOf(query);
      const register = series.find((one: { measurand: string }) => one.measurand === 'Energy.Active.Import.Register');
      return { values: register?.points.map(({ value }: { value: number }) => value), next };
    };
    expect((await values('')).values).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 900]);
    const first = await values('limit=3');
    expect(first.values).toEqual([0, 100, 200, 300]);
    expect((await values(`limit=100&cursor=${first.next}`)).values).toEqual([400, 500, 600, 700, 900]);
  });
});
