import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeterValue, MeterValues, Readings } from '../../csms/meter-values/ports.js';
import { MemoryMeterValues } from '../memory/meter-values.js';
import { atOnce } from '../memory/turn.js';
import { startDynamoDb } from './dynamodb.js';

interface Subject {
  meterValues: MeterValues;
  /** The items that are kept of a charge point, in the order of their keys. */
  kept(chargePointId: string, of: { transactionId?: string; evseId?: number }): Promise<Omit<Readings, 'receivedAt'>[]>;
}

let ids = 0;
const nextId = () => `CP${++ids}`;
const receivedAt = new Date('2026-01-02T03:04:05.000Z');
const value = (second: number, wh: number): MeterValue => ({
  at: new Date(Date.parse('2026-01-02T03:00:00.000Z') + second * 1_000).toISOString(),
  sampledValues: [
    { measurand: 'Energy.Active.Import.Register', context: 'Sample.Clock', location: 'Outlet', value: wh, unit: 'Wh' },
  ],
});

function contract(make: () => Promise<Subject>) {
  let subject: Subject;
  beforeAll(async () => {
    subject = await make();
  });
  const add = (readings: Omit<Readings, 'receivedAt'>) => subject.meterValues.add({ ...readings, receivedAt });

  it('keeps the values of a transaction and those of an EVSE apart', async () => {
    const chargePointId = nextId();
    await add({ chargePointId, evseId: 1, transactionId: 'T1', meterValues: [value(0, 1)] });
    await add({ chargePointId, evseId: 1, meterValues: [value(0, 2)] });
    await add({ chargePointId, evseId: 2, meterValues: [value(0, 3)] });
    expect(await subject.kept(chargePointId, { transactionId: 'T1' })).toEqual([
      { chargePointId, evseId: 1, transactionId: 'T1', meterValues: [value(0, 1)] },
    ]);
    expect(await subject.kept(chargePointId, { evseId: 1 })).toEqual([
      { chargePointId, evseId: 1, meterValues: [value(0, 2)] },
    ]);
    expect(await subject.kept(chargePointId, { evseId: 2 })).toHaveLength(1);
  });

  it('keeps the same ones once, however often they are told', async () => {
    const readings = { chargePointId: nextId(), transactionId: 'T1', meterValues: [value(0, 1), value(9, 2)] };
    await add(readings);
    await subject.meterValues.add({ ...readings, receivedAt: new Date(receivedAt.getTime() + 60_000) });
    expect(await subject.kept(readings.chargePointId, { transactionId: 'T1' })).toEqual([readings]);
  });

  it('keeps each of several messages of the same time', async () => {
    const chargePointId = nextId();
    for (const wh of [1, 2]) await add({ chargePointId, transactionId: 'T1', meterValues: [value(0, wh)] });
    await add({ chargePointId, transactionId: 'T1', evseId: 0, meterValues: [value(0, 1)] });
    expect(await subject.kept(chargePointId, { transactionId: 'T1' })).toHaveLength(3);
  });

  it('keeps them in the order of their time', async () => {
    const chargePointId = nextId();
    for (const second of [0, 3_600, 60]) await add({ chargePointId, evseId: 1, meterValues: [value(second, 1)] });
    const kept = await subject.kept(chargePointId, { evseId: 1 });
    expect(kept.flatMap(({ meterValues }) => meterValues)).toEqual([value(0, 1), value(60, 1), value(3_600, 1)]);
  });

  it('keeps a signature byte for byte', async () => {
    const chargePointId = nextId();
    const signed = { signedMeterData: 'OCMF|{"RV":8.20}|é\u0000\\u0000', encodingMethod: '', publicKey: '' };
    const sampledValues = [{ measurand: 'Voltage', context: 'Other', location: 'Outlet', signed }];
    const meterValues = [{ at: receivedAt.toISOString(), sampledValues }];
    await add({ chargePointId, evseId: 1, meterValues });
    expect(await subject.kept(chargePointId, { evseId: 1 })).toEqual([{ chargePointId, evseId: 1, meterValues }]);
  });

  it('keeps all of a message of 128 KB, in its order, and once', async () => {
    const chargePointId = nextId();
    const [{ sampledValues: [sample] = [] }] = [value(0, 1)];
    // The shortest there is, `{"value":"1"},`, makes the most of them; and times without any value.
    const many = {
      at: value(0, 1).at,
      sampledValues: Array.from({ length: 9_000 }, (_, n) => ({ ...sample, value: n })),
    };
    const meterValues = [
      value(0, 0),
      many,
      ...[1, 2, 3].map((n) => ({ at: value(n, 1).at, sampledValues: [] })),
    ] as MeterValue[];
    for (let i = 0; i < 2; i++) await add({ chargePointId, transactionId: 'T1', meterValues });
    const kept = await subject.kept(chargePointId, { transactionId: 'T1' });
    const values = kept.flatMap(({ meterValues }) => meterValues.flatMap(({ sampledValues }) => sampledValues));
    expect(values.map(({ value }) => value)).toEqual([0, ...many.sampledValues.map(({ value }) => value)]);
    const times = kept.flatMap(({ meterValues }) => meterValues.map(({ at }) => at));
    expect([...new Set(times)]).toEqual([...new Set(meterValues.map(({ at }) => at))]);
  });

  it('keeps the largest signatures of a message of 128 KB', async () => {
    const chargePointId = nextId();
    const signed = { signedMeterData: 'x'.repeat(31_000), encodingMethod: 'OCMF' };
    const sampledValues = Array.from({ length: 4 }, (_, n) => ({
      measurand: `M${n}`,
      context: 'Other',
      location: 'EV',
      signed,
    }));
    const meterValues = [{ at: receivedAt.toISOString(), sampledValues }];
    await add({ chargePointId, evseId: 1, meterValues });
    expect(await subject.kept(chargePointId, { evseId: 1 })).toEqual([{ chargePointId, evseId: 1, meterValues }]);
  });
}

describe('MeterValues in memory', () =>
  contract(async () => {
    const meterValues = new MemoryMeterValues(atOnce);
    return {
      meterValues,
      kept: async (chargePointId, { transactionId, evseId }) =>
        meterValues.readings
          .filter((one) => one.chargePointId === chargePointId && one.transactionId === transactionId)
          .filter((one) => transactionId !== undefined || one.evseId === evseId)
          .map(({ receivedAt: _, ...readings }) => readings)
          .sort((a, b) => (String(a.meterValues[0]?.at) < String(b.meterValues[0]?.at) ? -1 : 1)),
    };
  }));

describe('MeterValues in DynamoDB', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());
  contract(async () => {
    const [{ dynamoMeterValues }, { dynamodb }, { QueryCommand }] = await Promise.all([
      import('../../aws/meter-values.js'),
      import('../../aws/dynamodb.js'),
      import('@aws-sdk/lib-dynamodb'),
    ]);
    return {
      meterValues: dynamoMeterValues('MeterValuesTable'),
      async kept(chargePointId, { transactionId, evseId }) {
        const series = transactionId ? `transaction#${transactionId}` : `evse#${evseId}`;
        const items: Record<string, unknown>[] = [];
        let ExclusiveStartKey: Record<string, unknown> | undefined;
        do {
          const page = await dynamodb.send(
            new QueryCommand({
              TableName: 'MeterValuesTable',
              KeyConditionExpression: 'series = :series',
              ExpressionAttributeValues: { ':series': `${chargePointId}#${series}` },
              ConsistentRead: true,
              ...(ExclusiveStartKey && { ExclusiveStartKey }),
            }),
          );
          items.push(...(page.Items ?? []));
          ExclusiveStartKey = page.LastEvaluatedKey;
        } while (ExclusiveStartKey);
        return items.map(({ series: _, at: __, receivedAt: ___, ...readings }) => readings as never);
      },
    };
  });
});
