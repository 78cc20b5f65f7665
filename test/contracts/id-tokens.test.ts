import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IdToken, IdTokens } from '../../csms/id-tokens/ports.js';
import { MemoryIdTokens } from '../memory/id-tokens.js';
import { atOnce } from '../memory/turn.js';
import { startDynamoDb } from './dynamodb.js';

interface Subject {
  idTokens: IdTokens;
  /** Puts a token there as an operator would. */
  put(token: Partial<IdToken> & { idToken: string }): Promise<void>;
  /** Takes it away as an operator would. */
  remove(idToken: string): Promise<void>;
}

let ids = 0;
const nextId = () => `T${++ids}`;

function contract(make: () => Promise<Subject>) {
  let subject: Subject;
  beforeAll(async () => {
    subject = await make();
  });

  it('knows nothing of a token that nobody put there', async () => {
    expect(await subject.idTokens.find(nextId())).toBeUndefined();
  });

  it('has all that was said of a token', async () => {
    const token: IdToken = {
      ...{ idToken: nextId(), type: 'ISO14443', status: 'NoCredit', groupId: 'Family' },
      ...{ expiry: new Date('2026-12-31T23:00:00Z'), oneTransaction: true, language: 'de', cacheSeconds: 60 },
    };
    await subject.put(token);
    expect(await subject.idTokens.find(token.idToken)).toEqual(token);
  });

  it('takes a token of which nothing is said as Accepted, anywhere, at several places at once', async () => {
    const idToken = nextId();
    await subject.put({ idToken });
    expect(await subject.idTokens.find(idToken)).toEqual({ idToken, status: 'Accepted', oneTransaction: false });
  });

  const holder = (n: number) => ({ chargePointId: `CP${n}`, transactionId: 'T#1' });

  /** A token that may be in one transaction only. */
  async function single(): Promise<string> {
    const idToken = nextId();
    await subject.put({ idToken, oneTransaction: true });
    return idToken;
  }

  it('has a token be in one transaction, until that is over', async () => {
    const { idTokens } = subject;
    const idToken = await single();
    expect(await idTokens.hold(idToken, holder(1))).toEqual(holder(1));
    expect(await idTokens.hold(idToken, holder(1))).toEqual(holder(1));
    expect(await idTokens.hold(idToken, holder(2))).toEqual(holder(1));
    await idTokens.release(idToken, holder(1));
    await idTokens.release(idToken, holder(1));
    expect(await idTokens.hold(idToken, holder(2))).toEqual(holder(2));
  });

  it('keeps all that an operator said of it', async () => {
    const { idTokens } = subject;
    const idToken = await single();
    const before = await idTokens.find(idToken);
    await idTokens.hold(idToken, holder(1));
    expect(await idTokens.find(idToken)).toEqual(before);
    await idTokens.release(idToken, holder(1));
    expect(await idTokens.find(idToken)).toEqual(before);
  });

  it('has a token given back by the transaction that it is in alone', async () => {
    const { idTokens } = subject;
    const idToken = await single();
    await idTokens.hold(idToken, holder(1));
    await idTokens.release(idToken, holder(2));
    await idTokens.release(idToken, { ...holder(1), transactionId: 'T2' });
    expect(await idTokens.hold(idToken, holder(2))).toEqual(holder(1));
  });

  it('has a token be in another instead of the one that it is known to be in', async () => {
    const { idTokens } = subject;
    const idToken = await single();
    await idTokens.hold(idToken, holder(1));
    expect(await idTokens.hold(idToken, holder(2), holder(3))).toEqual(holder(1));
    expect(await idTokens.hold(idToken, holder(2), holder(1))).toEqual(holder(2));
    expect(await idTokens.hold(idToken, holder(3), holder(1))).toEqual(holder(2));
  });

  it('has one winner of several at once', async () => {
    const idToken = await single();
    const found = await Promise.all([1, 2, 3, 4, 5].map((n) => subject.idTokens.hold(idToken, holder(n))));
    expect(new Set(found.map(({ chargePointId }) => chargePointId)).size).toBe(1);
    expect(await subject.idTokens.hold(idToken, holder(9))).toEqual(found[0]);
  });

  it('never has a token be in two, though it is given back at the same time', async () => {
    const { idTokens } = subject;
    for (let round = 0; round < 20; round++) {
      const idToken = await single();
      await idTokens.hold(idToken, holder(1));
      const [, ...found] = await Promise.all([
        idTokens.release(idToken, holder(1)),
        ...[2, 3].map((n) => idTokens.hold(idToken, holder(n))),
      ]);
      const winners = [2, 3].filter((n, i) => found[i]?.chargePointId === holder(n).chargePointId);
      expect(winners.length).toBeLessThanOrEqual(1);
      if (winners[0]) expect(await idTokens.hold(idToken, holder(9))).toEqual(holder(winners[0]));
    }
  });

  it('has a token that was deleted be in no transaction, and does not make it anew', async () => {
    const { idTokens } = subject;
    const idToken = await single();
    await idTokens.hold(idToken, holder(1));
    await subject.remove(idToken);
    expect(await idTokens.hold(idToken, holder(2))).toEqual(holder(2));
    expect(await idTokens.hold(idToken, holder(3))).toEqual(holder(3));
    await idTokens.release(idToken, holder(1));
    expect(await idTokens.find(idToken)).toBeUndefined();
  });
}

describe('IdTokens in memory', () =>
  contract(async () => {
    const idTokens = new MemoryIdTokens(atOnce);
    return {
      idTokens,
      put: async (token) => idTokens.put(token),
      remove: async (idToken) => void idTokens.items.delete(idToken),
    };
  }));

describe('IdTokens in DynamoDB', () => {
  let stop: () => Promise<void>;
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());

  async function put(Item: object): Promise<void> {
    const { PutCommand } = await import('@aws-sdk/lib-dynamodb');
    const { dynamodb } = await import('../../aws/dynamodb.js');
    await dynamodb.send(new PutCommand({ TableName: 'IdTokensTable', Item }));
  }
  const logged: unknown[] = [];
  const store = async () => {
    const { dynamoIdTokens } = await import('../../aws/id-tokens.js');
    return dynamoIdTokens('IdTokensTable', (_message, about) => logged.push(about));
  };

  contract(async () => ({
    idTokens: await store(),
    put: async ({ expiry, ...token }) => put({ ...token, ...(expiry && { expiry: expiry.toISOString() }) }),
    remove: async (idToken) => {
      const [{ DeleteCommand }, { dynamodb }] = await Promise.all([
        import('@aws-sdk/lib-dynamodb'),
        import('../../aws/dynamodb.js'),
      ]);
      await dynamodb.send(new DeleteCommand({ TableName: 'IdTokensTable', Key: { idToken } }));
    },
  }));

  it.each([
    ['a status that OCPP has not', { status: 'Fine' }],
    ['an expiry that is no time', { expiry: 'tomorrow' }],
    ['a group that is too long for 1.6', { groupId: 'x'.repeat(21) }],
    ['a language that is too long for 2.x', { language: 'x'.repeat(9) }],
    ['no time in the cache', { cacheSeconds: 0 }],
  ])('an item with %s is an invalid token, and named: no session is lost to it', async (_what, wrong) => {
    const idToken = nextId();
    await put({ idToken, ...wrong });
    const found = await (await store()).find(idToken);
    expect(found).toEqual({ idToken, status: 'Invalid', oneTransaction: false });
    expect(logged.at(-1)).toEqual({ idToken, table: 'IdTokensTable' });
  });

  it('such an item is an invalid token to operators, too, and in the list among the others; it can be removed', async () => {
    const { dynamoIdTokenRecords } = await import('../../aws/id-token-records.js');
    const records = dynamoIdTokenRecords('IdTokensTable');
    const [good, bad, groupId] = [nextId(), nextId(), nextId()];
    await records.put({ idToken: good, status: 'Accepted', groupId, oneTransaction: false });
    await put({ idToken: bad, status: 'accepted', groupId });
    const shown = { idToken: bad, status: 'Invalid', oneTransaction: false, revision: 0 };
    const { items } = await records.list({ groupId }, { limit: 10 });
    expect(new Set(items.map(({ idToken }) => idToken))).toEqual(new Set([good, bad]));
    expect(items).toContainEqual(shown);
    expect(await records.read(bad)).toEqual(shown);
    await records.remove(bad);
    expect(await records.read(bad)).toBeUndefined();
  });
});
