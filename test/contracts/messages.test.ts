import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Exchange, ExchangeAnswer, Messages } from '../../csms/messages/ports.js';
import type { MessageRecord, MessageRecords } from '../../csms/messages/records.js';
import { SettableClock } from '../memory/clock.js';
import { MemoryMessages } from '../memory/messages.js';
import { item, startDynamoDb } from './dynamodb.js';

const at = new Date('2026-01-02T03:04:05.678Z');
const answeredAt = new Date(at.getTime() + 42);
const accepted: ExchangeAnswer = { by: 'csms', answeredAt, type: 'CALLRESULT', payload: { status: 'Accepted' } };
const shownAnswer = { by: 'csms', latency: 42, type: 'CALLRESULT', json: '{"status":"Accepted"}' };

let ids = 0;
const exchange = (more: Partial<Exchange> = {}): Exchange => ({
  ...{ chargePointId: `CP${++ids}`, messageId: 'm1', connectionId: 'c1', protocol: 'ocpp1.6', at },
  ...{ askedBy: 'charge-point', action: 'Authorize', request: { idTag: 'A' } },
  ...more,
});
const shownOf = ({ request: _, command, answer, ...rest }: Exchange) => ({ ...rest, at: at.toISOString() });

function contract(make: () => Promise<Messages & MessageRecords>) {
  let messages: Messages & MessageRecords;
  beforeAll(async () => {
    messages = await make();
  });
  const of = async ({ chargePointId }: Exchange): Promise<MessageRecord[]> =>
    (await messages.list(chargePointId, {}, { limit: 10 })).items;

  it('keeps a CALL and its answer', async () => {
    const one = exchange({ answer: accepted });
    await messages.add(one);
    expect(await of(one)).toEqual([{ ...shownOf(one), request: { json: '{"idTag":"A"}' }, answer: shownAnswer }]);
  });

  it('keeps a CALL that nobody has answered', async () => {
    const one = exchange();
    await messages.add(one);
    expect(await of(one)).toEqual([{ ...shownOf(one), request: { json: '{"idTag":"A"}' } }]);
  });

  it('keeps a CALLERROR', async () => {
    const error = { type: 'CALLERROR', code: 'NotSupported', description: 'no', details: {} } as const;
    const one = exchange({ answer: { by: 'charge-point', answeredAt, ...error } });
    await messages.add(one);
    const json = '{"code":"NotSupported","description":"no","details":{}}';
    expect((await of(one))[0]?.answer).toEqual({ by: 'charge-point', latency: 42, type: 'CALLERROR', json });
  });

  it('keeps an answer that is told apart, before its CALL or after it', async () => {
    const [before, after] = [exchange(), exchange()];
    await messages.answered(before, accepted);
    await messages.add(before);
    await messages.add(after);
    await messages.answered(after, accepted);
    expect(await of(before)).toMatchObject([{ action: 'Authorize', answer: shownAnswer }]);
    expect(await of(after)).toMatchObject([{ action: 'Authorize', answer: shownAnswer }]);
  });

  it('keeps the first answer, and the status that came with it', async () => {
    const command = { commandId: 'm1', status: 'accepted' } as const;
    const one = exchange({ askedBy: 'csms', command, answer: accepted });
    await messages.add(one);
    await messages.add({ ...one, answer: { ...accepted, answeredAt: new Date(at.getTime() + 90_000) } });
    const { answer: _, ...givenUp } = one;
    await messages.add({ ...givenUp, command: { commandId: 'm1', status: 'timed-out' } });
    expect(await of(one)).toMatchObject([{ commandId: 'm1', status: 'accepted', answer: { latency: 42 } }]);
  });

  it('has the status of an answer that came after all', async () => {
    const one = exchange({ askedBy: 'csms', command: { commandId: 'm1', status: 'timed-out' } });
    await messages.add(one);
    expect(await of(one)).toMatchObject([{ status: 'timed-out' }]);
    await messages.add({ ...one, command: { commandId: 'm1', status: 'accepted' }, answer: accepted });
    expect(await of(one)).toMatchObject([{ status: 'accepted', answer: shownAnswer }]);
  });

  it('keeps no secret', async () => {
    const one = exchange({ request: { key: 'AuthorizationKey', value: 'abc' } });
    await messages.add(one);
    expect((await of(one))[0]?.request).toEqual({ json: '{"key":"AuthorizationKey","value":"***"}' });
  });

  it('keeps the beginning of what is long', async () => {
    const one = exchange({ request: { data: 'x'.repeat(128 * 1_024) }, messageId: 'm'.repeat(5_000) });
    await messages.add(one);
    expect((await of(one))[0]?.request).toMatchObject({ cutFrom: 128 * 1_024 + 11 });
    expect((await of(one))[0]?.messageId).toBe(one.messageId);
  });

  it('lists those of a time in pages, the newest first', async () => {
    const { chargePointId } = exchange();
    for (const minute of [1, 2, 3, 4]) {
      const then = new Date(Date.UTC(2026, 0, 2, 3, minute));
      await messages.add(exchange({ chargePointId, messageId: `m${minute}`, at: then }));
    }
    const range = { from: '2026-01-02T03:02:00.000Z', to: '2026-01-02T03:04:00.000Z' };
    const { items, cursor } = await messages.list(chargePointId, range, { limit: 2 });
    expect(items.map(({ messageId }) => messageId)).toEqual(['m4', 'm3']);
    const { items: rest } = await messages.list(chargePointId, range, { limit: 2, cursor });
    expect(rest.map(({ messageId }) => messageId)).toEqual(['m2']);
  });
}

describe('Messages in memory', () => contract(async () => new MemoryMessages()));

describe('Messages in DynamoDB', () => {
  let stop: () => Promise<void>;
  const clock = new SettableClock();
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());

  const store = async () => {
    const { dynamoMessages, dynamoMessageRecords } = await import('../../aws/messages.js');
    return { ...dynamoMessages('MessagesTable', clock, 7), ...dynamoMessageRecords('MessagesTable') };
  };
  contract(store);

  it('expire after the days that the stage says', async () => {
    const one = exchange();
    await (await store()).add(one);
    const key = { chargePointId: one.chargePointId, exchange: `${at.toISOString()}#m1` };
    const expires = Math.floor(clock.now().getTime() / 1_000) + 7 * 86_400;
    expect(await item('MessagesTable', key)).toMatchObject({ expires });
  });
});
