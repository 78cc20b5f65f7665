import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgottenFrom } from '../../csms/transactions/forget.js';
import type { Transaction, Transactions } from '../../csms/transactions/ports.js';
import { MemoryTransactions } from '../memory/transactions.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

let ids = 0;
const nextId = () => `CP${++ids}`;
const at = '2026-01-02T03:04:05.000Z';
const later = '2026-01-02T04:04:05.000Z';

/** All that there may be of one. */
const transaction = (chargePointId: string, transactionId = 'T1', more: Partial<Transaction> = {}): Transaction => ({
  ...{ chargePointId, transactionId, protocol: 'ocpp2.0.1', evseId: 1, connectorId: 2 },
  ...{ firstAt: at, heardAt: at, updateBy: `${at}#0000000000`, startKey: '[1]' },
  startedAt: { value: at, by: `${at}#0000000000` },
  idToken: { value: { idToken: '', type: 'NoAuthorization', authorization: 'Accepted' }, by: `${at}#0000000000` },
  begin: {
    ...{ at, after: 1_000, of: 'started', wh: 1_000.5, context: 'Transaction.Begin' },
    beside: { at: later, said: at, after: 3_600_000, wh: 1_001, context: 'Transaction.Begin' },
  },
  seqNos: [
    [0, 0],
    [2, 5],
  ],
  ...more,
});
const ended = { ended: { value: { at: later, reason: 'Local' }, by: `${later}#0000000001` } };

function contract(make: () => Promise<Transactions>) {
  let transactions: Transactions;
  beforeAll(async () => {
    transactions = await make();
  });
  const put = (one: Transaction) => transactions.change(one.chargePointId, one.transactionId, () => one);

  it('knows nothing of one that nobody told of', async () => {
    const chargePointId = nextId();
    expect(await transactions.find(chargePointId, 'T1')).toBeUndefined();
    expect(await transactions.openOn(chargePointId, 1)).toEqual([]);
  });

  it('keeps all that is known of one', async () => {
    const one = transaction(nextId());
    expect(await put(one)).toEqual({ ...one, revision: 1 });
    expect(await transactions.find(one.chargePointId, 'T1')).toEqual({ ...one, revision: 1 });
  });

  it('keeps those of two charge points apart', async () => {
    const [one, other] = [nextId(), nextId()];
    await put(transaction(one));
    expect(await transactions.find(other, 'T1')).toBeUndefined();
  });

  it('leaves one as it is when there is nothing to change', async () => {
    const one = transaction(nextId());
    expect(await transactions.change(one.chargePointId, 'T1', () => undefined)).toBeUndefined();
    await put(one);
    expect(await transactions.change(one.chargePointId, 'T1', () => undefined)).toEqual({ ...one, revision: 1 });
  });

  it('counts the changes of one, and says nothing of that to who changes it', async () => {
    const one = transaction(nextId());
    await put(one);
    const found: unknown[] = [];
    const changed = await transactions.change(one.chargePointId, 'T1', (known) => {
      found.push(known);
      return { ...one, ...ended };
    });
    expect(found).toEqual([one]);
    expect(changed).toEqual({ ...one, ...ended, revision: 2 });
    expect(await transactions.find(one.chargePointId, 'T1')).toEqual(changed);
  });

  it('loses no change of several at once', async () => {
    const chargePointId = nextId();
    const add = (n: number) =>
      transactions.change(chargePointId, 'T1', (known = transaction(chargePointId, 'T1', { reservationId: 0 })) => ({
        ...known,
        reservationId: (known.reservationId ?? 0) + n,
      }));
    await Promise.all([1, 2, 4, 8].map(add));
    expect((await transactions.find(chargePointId, 'T1'))?.reservationId).toBe(15);
  });

  it('knows which are open on an EVSE', async () => {
    const chargePointId = nextId();
    await put(transaction(chargePointId, 'A'));
    await put(transaction(chargePointId, 'B'));
    await put(transaction(chargePointId, 'C', { evseId: 2 }));
    const { evseId: _, ...nowhere } = transaction(chargePointId, 'D');
    await put(nowhere);
    await put(transaction(nextId(), 'A'));
    expect((await transactions.openOn(chargePointId, 1)).sort()).toEqual(['A', 'B']);
    expect(await transactions.openOn(chargePointId, 2)).toEqual(['C']);
  });

  it('knows of none that has ended or was forgotten', async () => {
    const chargePointId = nextId();
    for (const id of ['A', 'B', 'C']) await put(transaction(chargePointId, id));
    await put(transaction(chargePointId, 'A', ended));
    await put(transaction(chargePointId, 'B', { forgottenAt: later }));
    expect(await transactions.openOn(chargePointId, 1)).toEqual(['C']);
  });

  it('knows which have been silent for a day, wherever they are, the longest first', async () => {
    const chargePointId = nextId();
    const heardAt = '2020-01-01T00:00:00.000Z';
    const evenEarlier = '2019-01-01T00:00:00.000Z';
    const { evseId: _, ...nowhere } = transaction(chargePointId, 'B', { heardAt: evenEarlier });
    await put(transaction(chargePointId, 'A', { heardAt }));
    await put(nowhere);
    await put(transaction(chargePointId, 'C', { heardAt, ...ended }));
    const due = forgottenFrom({ heardAt });
    const idsDue = async (now: Date, limit = 10) =>
      (await transactions.due(now, limit)).map(({ transactionId }) => transactionId);
    expect(await idsDue(due)).toEqual(['B', 'A']);
    expect(await idsDue(new Date(due.getTime() - 1))).toEqual(['B']);
    expect(await idsDue(due, 1)).toEqual(['B']);
  });
}

describe('Transactions in memory', () => contract(async () => new MemoryTransactions(atOnce)));

describe('Transactions in DynamoDB', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());
  const store = async () => (await import('../../aws/transactions.js')).dynamoTransactions('TransactionsTable');
  contract(store);

  it('are in the indexes only as long as they are open', async () => {
    const transactions = await store();
    const open = transaction(nextId());
    const stored = () => item('TransactionsTable', { chargePointId: open.chargePointId, transactionId: 'T1' });
    await transactions.change(open.chargePointId, 'T1', () => open);
    expect(await stored()).toMatchObject({ openOn: 1, dueFor: 'forget', dueAt: forgottenFrom(open).toISOString() });
    for (const over of [ended, { forgottenAt: later }]) {
      await transactions.change(open.chargePointId, 'T1', () => ({ ...open, ...over }));
      expect(await stored()).not.toHaveProperty('openOn');
      expect(await stored()).not.toHaveProperty('dueFor');
      expect(await stored()).not.toHaveProperty('dueAt');
    }
  });
});
