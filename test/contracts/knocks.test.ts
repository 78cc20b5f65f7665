import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Knock, Knocks } from '../../csms/knocks/ports.js';
import type { KnockRecords } from '../../csms/knocks/records.js';
import { SettableClock } from '../memory/clock.js';
import { MemoryKnocks } from '../memory/knocks.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

const first = new Date('2026-01-02T03:04:05.678Z');
const later = new Date('2026-01-02T03:14:05.678Z');
const brought = { address: '192.0.2.7', subprotocols: 'ocpp1.6, ocpp2.0.1', userAgent: 'Wallbox/1.0' };

let ids = 0;
const knock = (more: Partial<Knock> = {}): Knock => ({
  ...{ chargePointId: `CP${++ids}`, code: 'not-registered', at: first, hasCredentials: true, ...brought },
  ...more,
});

function contract(make: () => Promise<Knocks & KnockRecords>) {
  let knocks: Knocks & KnockRecords;
  beforeAll(async () => {
    knocks = await make();
  });

  it('keeps what a charge point brought', async () => {
    const one = knock();
    await knocks.add(one, 1);
    expect(await knocks.of(one.chargePointId)).toEqual([{ ...one, firstAt: first, times: 1 }]);
  });

  it('keeps when it came first and last, how often, and what it brought last', async () => {
    const one = knock();
    await knocks.add(one, 1);
    const { chargePointId, code } = one;
    await knocks.add({ chargePointId, code, at: later, hasCredentials: false }, 4);
    expect(await knocks.of(chargePointId)).toEqual([
      { chargePointId, code, at: later, hasCredentials: false, firstAt: first, times: 5 },
    ]);
  });

  it('keeps each reason apart', async () => {
    const one = knock();
    await knocks.add(one, 1);
    await knocks.add({ ...one, code: 'wrong-password' }, 1);
    expect((await knocks.of(one.chargePointId)).map(({ code }) => code)).toEqual(['not-registered', 'wrong-password']);
    expect(await knocks.of('another')).toEqual([]);
  });

  it('forgets that it was unknown once it is admitted, and no other reason', async () => {
    const one = knock();
    for (const code of ['not-registered', 'other-namespace', 'wrong-password'] as const) {
      await knocks.add({ ...one, code }, 1);
    }
    await knocks.admitted(one.chargePointId);
    await knocks.admitted(one.chargePointId);
    expect((await knocks.of(one.chargePointId)).map(({ code }) => code)).toEqual(['wrong-password']);
  });

  it('lists those of a reason in pages, who came last first', async () => {
    const code = 'other-namespace';
    for (const [chargePointId, minute] of [
      ['A', 1],
      ['B', 3],
      ['C', 2],
    ] as const) {
      await knocks.add(knock({ chargePointId, code, at: new Date(Date.UTC(2026, 0, 2, 3, minute)) }), 1);
    }
    const { items, cursor } = await knocks.list(code, { limit: 2 });
    expect(items.map(({ chargePointId }) => chargePointId)).toEqual(['B', 'C']);
    const { items: rest } = await knocks.list(code, { limit: 2, cursor });
    expect(rest.map(({ chargePointId }) => chargePointId)).toEqual(['A']);
  });
}

describe('Knocks in memory', () => contract(async () => new MemoryKnocks(atOnce)));

describe('Knocks in DynamoDB', () => {
  let stop: () => Promise<void>;
  const clock = new SettableClock();
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());

  const store = async () => {
    const { dynamoKnocks, dynamoKnockRecords } = await import('../../aws/knocks.js');
    return { ...dynamoKnocks('KnocksTable', clock), ...dynamoKnockRecords('KnocksTable') };
  };
  contract(store);

  it('expire 30 days after the last', async () => {
    const { chargePointId, code, ...rest } = knock();
    await (await store()).add({ chargePointId, code, ...rest }, 1);
    const expires = Math.floor(clock.now().getTime() / 1_000) + 30 * 86_400;
    expect(await item('KnocksTable', { chargePointId, code })).toMatchObject({ expires });
  });
});
