import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiToken, ApiTokens, AuditEntry, AuditTrail, Idempotency } from '../../csms/access/ports.js';
import { ChangedMeanwhile } from '../../csms/changed-meanwhile.js';
import type { ChargePoints } from '../../csms/charge-points/ports.js';
import { type ChargePointRecords, noSettings } from '../../csms/charge-points/records.js';
import type { Command, Commands } from '../../csms/commands/ports.js';
import type { CommandRecords } from '../../csms/commands/records.js';
import type { Connectors } from '../../csms/connectors/ports.js';
import type { ConnectorRecords } from '../../csms/connectors/records.js';
import type { History } from '../../csms/history/ports.js';
import type { HistoryRecords } from '../../csms/history/records.js';
import type { IdTokens } from '../../csms/id-tokens/ports.js';
import type { IdTokenRecords } from '../../csms/id-tokens/records.js';
import type { MeterValues } from '../../csms/meter-values/ports.js';
import type { MeterValueRecords } from '../../csms/meter-values/records.js';
import { BadCursor, type Page, type PageRequest } from '../../csms/page.js';
import type { Transactions } from '../../csms/transactions/ports.js';
import type { TransactionRecords } from '../../csms/transactions/records.js';
import { MemoryApiTokens, MemoryAuditTrail, MemoryIdempotency } from '../memory/access.js';
import { SettableClock } from '../memory/clock.js';
import { inMemory } from '../memory/index.js';
import * as memory from '../memory/records.js';
import { startDynamoDb } from './dynamodb.js';

/** What operators read and write, and the ports that the system writes the same with. */
interface Subject {
  apiTokens: ApiTokens;
  audit: AuditTrail;
  idempotency: Idempotency;
  chargePoints: ChargePoints;
  chargePointRecords: ChargePointRecords;
  commands: Commands;
  commandRecords: CommandRecords;
  connectors: Connectors;
  connectorRecords: ConnectorRecords;
  history: History;
  historyRecords: HistoryRecords;
  idTokens: IdTokens;
  idTokenRecords: IdTokenRecords;
  meterValues: MeterValues;
  meterValueRecords: MeterValueRecords;
  transactions: Transactions;
  transactionRecords: TransactionRecords;
}

let ids = 0;
const nextId = () => `CP${++ids}`;
const at = new Date('2026-05-20T10:00:00Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1_000);

/** All pages, one item each. */
async function all<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await list({ limit: 1, cursor });
    items.push(...page.items);
    cursor = page.cursor;
  } while (cursor);
  return items;
}

const cursorOf = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');

function contract(make: () => Promise<Subject>) {
  let subject: Subject;
  beforeAll(async () => {
    subject = await make();
  });
  const mirror = (chargePointId: string, registered = true, namespace = '', seconds = 0) =>
    subject.chargePoints.mirror({ chargePointId, registered, namespace, at: later(seconds).getTime() });

  describe('charge points', () => {
    it('are listed by namespace and site, as long as they are registered', async () => {
      const { chargePointRecords } = subject;
      const [a, b, c] = [nextId(), nextId(), nextId()];
      for (const id of [a, b, c]) await mirror(id, true, 'listed');
      await chargePointRecords.change(a, { site: 'North' });
      await chargePointRecords.change(c, { site: 'North' });
      const list = async (site?: string) =>
        (await all((page) => chargePointRecords.list({ namespace: 'listed', site }, page))).map(
          (one) => one.chargePointId,
        );
      expect(await list()).toEqual([a, b, c]);
      expect(await list('North')).toEqual([a, c]);
      await mirror(a, false, 'listed', 1);
      await chargePointRecords.change(c, { site: null });
      expect(await list()).toEqual([b, c]);
      expect(await list('North')).toEqual([]);
      expect(await all((page) => chargePointRecords.list({ namespace: 'another' }, page))).toEqual([]);
    });

    it('are listed by a label, as long as they have it', async () => {
      const { chargePointRecords } = subject;
      const [a, b, c] = [nextId(), nextId(), nextId()];
      for (const id of [a, b, c]) await mirror(id, true, 'labelled');
      await chargePointRecords.change(a, { labels: ['fast', 'roof'] });
      await chargePointRecords.change(b, { labels: ['fast'], site: 'North' });
      await chargePointRecords.change(c, { labels: ['roof'] });
      const list = async (label: string) =>
        (await all((page) => chargePointRecords.list({ namespace: 'labelled', label }, page))).map(
          (one) => one.chargePointId,
        );
      expect(await list('fast')).toEqual([a, b]);
      await chargePointRecords.change(b, { labels: ['roof'] });
      await chargePointRecords.change(a, { displayName: 'Gate' });
      expect([await list('fast'), await list('roof')]).toEqual([[a], [a, b, c]]);
      await chargePointRecords.change(a, noSettings);
      await mirror(c, false, 'labelled', 1);
      expect([await list('fast'), await list('roof')]).toEqual([[], [b]]);
      expect(await all((page) => chargePointRecords.list({ namespace: '', label: 'roof' }, page))).toEqual([]);
    });

    it('have the labels that were said last, when two say them at once', async () => {
      const { chargePointRecords } = subject;
      const id = nextId();
      await mirror(id, true, 'at once');
      const sets = [['a', 'b'], ['b', 'c'], [], ['c']];
      await Promise.all(sets.map((labels) => chargePointRecords.change(id, { labels })));
      const { labels = [], revision } = (await chargePointRecords.read(id)) ?? {};
      expect([revision, sets]).toEqual([4, expect.arrayContaining([labels])]);
      for (const label of ['a', 'b', 'c']) {
        const found = await all((page) => chargePointRecords.list({ namespace: 'at once', label }, page));
        expect(found.map((one) => one.chargePointId)).toEqual(labels.includes(label) ? [id] : []);
      }
      await expect(chargePointRecords.change(id, { labels: ['d'] }, 1)).rejects.toThrow(ChangedMeanwhile);
    });

    it('have what was said of them, and what they said of themselves', async () => {
      const id = nextId();
      await mirror(id);
      await subject.chargePointRecords.change(id, { displayName: 'Gate', labels: ['fast'], validation: 'strict' });
      const hardware = { vendor: 'Acme', model: 'Wallbox' };
      await subject.chargePoints.booted({ chargePointId: id, protocol: 'ocpp2.1', hardware, at }, 'Pending');
      expect(await subject.chargePointRecords.read(id)).toEqual({
        ...{ chargePointId: id, registered: true, namespace: '', revision: 1, hasPassword: false },
        ...{ displayName: 'Gate', labels: ['fast'], validation: 'strict', protocol: 'ocpp2.1', hardware },
        ...{ bootedAt: at.toISOString(), bootStatus: 'Pending', seenAt: at.toISOString() },
      });
      expect((await subject.chargePoints.find(id))?.validation).toBe('strict');
      expect((await subject.chargePointRecords.change(id, noSettings)).displayName).toBeUndefined();
    });

    it('are changed by one at a time', async () => {
      const id = nextId();
      await mirror(id);
      expect((await subject.chargePointRecords.change(id, { site: 'A' }, 0)).revision).toBe(1);
      await expect(subject.chargePointRecords.change(id, { site: 'B' }, 0)).rejects.toThrow(ChangedMeanwhile);
      expect((await subject.chargePointRecords.change(id, { site: 'B' }, 1)).site).toBe('B');
    });

    it('have a password, of which nobody reads more than that', async () => {
      const id = nextId();
      await mirror(id);
      const password = { salt: 's', hash: 'h' };
      const record = await subject.chargePointRecords.setPassword(id, password, at);
      expect(record).toMatchObject({ hasPassword: true, revision: 1 });
      expect(JSON.stringify(record)).not.toContain('hash');
      expect((await subject.chargePoints.find(id))?.password).toEqual(password);
      await subject.chargePoints.tookPassword(id, password, new Date(at.getTime() + 1).toISOString());
      expect(JSON.stringify(await subject.chargePointRecords.read(id))).not.toMatch(/hash|assword(?!":true)/);
      await subject.chargePointRecords.setPassword(id, password, at);
      expect(await subject.chargePoints.find(id)).not.toHaveProperty('nextPassword');
      expect((await subject.chargePointRecords.setPassword(id, undefined, at)).hasPassword).toBe(false);
    });
  });

  describe('a cursor', () => {
    it.each([
      ['is no base64', '%%%'],
      ['is no JSON', Buffer.from('{').toString('base64url')],
      ['is no object', cursorOf([1])],
      ['is an empty object', cursorOf({})],
      ['has nested values', cursorOf({ chargePointId: { S: 'x' } })],
      ['is of another list', cursorOf({ listedIn: '/other', chargePointId: 'CP1' })],
      ['has numbers for texts', cursorOf({ listedIn: 1, chargePointId: 2 })],
    ])('that %s is of no use', async (_, cursor) => {
      const listing = subject.chargePointRecords.list({ namespace: '' }, { limit: 1, cursor });
      await expect(listing).rejects.toThrow(BadCursor);
    });
  });

  describe('id tokens', () => {
    it('are put, read, listed by their group, and removed', async () => {
      const { idTokens, idTokenRecords } = subject;
      const [a, b] = [nextId(), nextId()];
      const token = { idToken: a, status: 'Accepted', oneTransaction: true, groupId: a, expiry: at } as const;
      expect(await idTokenRecords.put(token, 0)).toEqual({ ...token, revision: 1 });
      await expect(idTokenRecords.put(token, 0)).rejects.toThrow(ChangedMeanwhile);
      await idTokenRecords.put({ idToken: b, status: 'Blocked', oneTransaction: false, groupId: a });
      const { expiry: _, ...changed } = { ...token, groupId: undefined };
      const holder = { chargePointId: 'CP', transactionId: 'tx' };
      await idTokens.hold(a, holder);
      expect(await idTokenRecords.put(changed, 1)).toMatchObject({ revision: 2, heldBy: holder });
      expect(await idTokens.find(a)).toEqual({ idToken: a, status: 'Accepted', oneTransaction: true });
      const inGroup = await all((page) => idTokenRecords.list({ groupId: a }, page));
      expect(inGroup.map(({ idToken }) => idToken)).toEqual([b]);
      expect((await all((page) => idTokenRecords.list({}, page))).length).toBeGreaterThanOrEqual(2);
      await expect(idTokenRecords.remove(b, 7)).rejects.toThrow(ChangedMeanwhile);
      await idTokenRecords.remove(b, 1);
      await idTokenRecords.remove(b, 1);
      expect(await idTokenRecords.read(b)).toBeUndefined();
    });
  });

  describe('commands', () => {
    it('are listed, the last first; and those in the queue in its order', async () => {
      const id = nextId();
      const command = (commandId: string, order: string, status: Command['status']): Command => ({
        ...{ chargePointId: id, commandId, action: 'Reset', payload: '{}', status, order },
        ...{ expiresAt: later(60).toISOString(), dueAt: later(60).toISOString(), attempts: [] },
      });
      await subject.commands.add(command('1', 'z', 'queued'));
      const outcome = { type: 'CALLRESULT', payload: { status: 'Accepted' } } as const;
      await subject.commands.add({ ...command('2', 'y', 'accepted'), outcome });
      await subject.commands.add(command('3', 'x', 'queued'));
      await subject.commands.alias(id, 'other', '2');
      const list = async (isQueued: boolean) =>
        (await all((page) => subject.commandRecords.list(id, { isQueued }, page))).map(({ commandId }) => commandId);
      expect(await list(false)).toEqual(['3', '2', '1']);
      const { items } = await subject.commandRecords.list(id, { isQueued: false }, { limit: 2 });
      expect(items[1]).toMatchObject({ commandId: '2', outcome });
      expect(await list(true)).toEqual(['3', '1']);
    });
  });

  describe('what charge points told', () => {
    it('connectors, all of them', async () => {
      const id = nextId();
      const state = { chargePointId: id, connectorId: 1, status: 'Available', at, receivedAt: later(1) };
      for (const evseId of [2, 1]) await subject.connectors.report({ ...state, evseId });
      expect(await subject.connectorRecords.list(id)).toEqual([
        { ...state, evseId: 1 },
        { ...state, evseId: 2 },
      ]);
    });

    it('history, of one kind and time, the newest first', async () => {
      const id = nextId();
      const add = (kind: 'frame' | 'security-event', seconds: number, name: string) =>
        subject.history.add({ chargePointId: id, kind, at: later(seconds), id: name, detail: { name } });
      await add('security-event', 0, 'a');
      await add('security-event', 60, 'b#c');
      await add('security-event', 120, 'd');
      await add('frame', 60, 'e');
      const list = async (range: object) =>
        (await all((page) => subject.historyRecords.list(id, ['security-event'], range, page))).map((one) => one.id);
      expect(await list({})).toEqual(['d', 'b#c', 'a']);
      expect(await list({ from: later(60).toISOString() })).toEqual(['d', 'b#c']);
      expect(await list({ to: later(60).toISOString() })).toEqual(['b#c', 'a']);
    });

    it('history, of several kinds, the newest first, those of the same time too, on as many pages as it takes', async () => {
      const id = nextId();
      const told = [
        ...(['boot', 'connected', 'frame', 'security-event'] as const).map((kind) => ({
          kind,
          seconds: 60,
          name: 'b',
        })),
        ...[0, 30, 90].map((seconds) => ({ kind: 'connected' as const, seconds, name: 'c' })),
        ...['a', 'c#d'].map((name) => ({ kind: 'connected' as const, seconds: 60, name })),
      ];
      for (const { kind, seconds, name } of told) {
        await subject.history.add({ chargePointId: id, kind, at: later(seconds), id: name, detail: { name } });
      }
      const kinds = ['security-event', 'connected', 'boot'] as const;
      const list = async (range: object, limit: number) => {
        const entries = await all((page) => subject.historyRecords.list(id, kinds, range, { ...page, limit }));
        return entries.map(
          ({ kind, at, id: name }) => `${(at.getTime() - later(0).getTime()) / 1_000} ${kind} ${name}`,
        );
      };
      const expected = [
        ...['90 connected c', '60 security-event b', '60 connected c#d', '60 connected b', '60 connected a'],
        ...['60 boot b', '30 connected c', '0 connected c'],
      ];
      for (const limit of [1, 2, 3, 5, 8, 50]) expect(await list({}, limit)).toEqual(expected);
      const from = later(30).toISOString();
      expect(await list({ from, to: later(60).toISOString() }, 2)).toEqual(expected.slice(1, 7));
      expect(await list({ from, to: later(0).toISOString() }, 2)).toEqual([]);
    });

    it('history, of which a Query reads less than was asked for, in its order', async () => {
      const id = nextId();
      const frame = 'x'.repeat(300_000);
      const add = (kind: 'frame' | 'boot', seconds: number) =>
        subject.history.add({ chargePointId: id, kind, at: later(seconds), id: 'a', detail: { frame } });
      for (const seconds of [0, 10, 20, 30, 40, 50]) await add(seconds % 20 === 0 ? 'frame' : 'boot', seconds);
      for (const seconds of [60, 70, 80]) await add('frame', seconds);
      const entries = await all((page) =>
        subject.historyRecords.list(id, ['frame', 'boot'], {}, { ...page, limit: 50 }),
      );
      const seconds = entries.map((one) => (one.at.getTime() - later(0).getTime()) / 1_000);
      expect(seconds).toEqual([80, 70, 60, 50, 40, 30, 20, 10, 0]);
    });

    it.each(['%%%', cursorOf({}), cursorOf(['2026', 'boot']), cursorOf([1, 2, 3])])(
      'history knows a cursor that is none: %s',
      async (cursor) => {
        const listing = subject.historyRecords.list(nextId(), ['boot'], {}, { limit: 1, cursor });
        await expect(listing).rejects.toThrow(BadCursor);
      },
    );

    it('meter values of a transaction, in their order', async () => {
      const id = nextId();
      const sample = { measurand: 'm', context: 'c', location: 'l', value: 1 };
      const value = (seconds: number) => ({ at: later(seconds).toISOString(), sampledValues: [sample] });
      const add = (transactionId: string, seconds: number) =>
        subject.meterValues.add({ chargePointId: id, transactionId, meterValues: [value(seconds)], receivedAt: at });
      for (const seconds of [60, 0]) await add('tx', seconds);
      await add('another', 30);
      expect(await all((page) => subject.meterValueRecords.ofTransaction(id, 'tx', page))).toEqual([
        value(0),
        value(60),
      ]);
    });

    it('transactions by the time of their begin, the newest first, and those that are open', async () => {
      const id = nextId();
      const times = ['2026-03-31T23:59:59.000Z', '2026-04-01T00:00:00.000Z', '2026-04-02T00:00:00.000Z'];
      for (const [i, firstAt] of times.entries()) {
        await subject.transactions.change(id, `tx-${i}`, () => ({
          ...{ chargePointId: id, transactionId: `tx-${i}`, protocol: 'ocpp2.0.1', firstAt, heardAt: firstAt },
          ...(i < 2 && { ended: { value: { at: firstAt }, by: firstAt } }),
          ...(i > 0 && { site: `Site ${id}` }),
        }));
      }
      const { transactionRecords } = subject;
      const names = (found: { transactionId: string; chargePointId: string }[]) =>
        found.filter((one) => one.chargePointId === id).map(({ transactionId }) => transactionId);
      const of = async (range: object) => names(await all((page) => transactionRecords.of(id, range, page)));
      expect(await of({})).toEqual(['tx-2', 'tx-1', 'tx-0']);
      expect(await of({ from: times[1], to: times[1] })).toEqual(['tx-1']);
      const atSite = async (range: object) =>
        names(await all((page) => transactionRecords.atSite(`Site ${id}`, range, page)));
      expect([await atSite({}), await atSite({ to: times[1] })]).toEqual([['tx-2', 'tx-1'], ['tx-1']]);
      const inMonth = async (month: string) => names(await all((page) => transactionRecords.inMonth(month, {}, page)));
      expect(await inMonth('2026-04')).toEqual(['tx-2', 'tx-1']);
      expect(await inMonth('2026-03')).toEqual(['tx-0']);
      const keys = ['tx-2', 'tx-0', 'tx-9'].map((transactionId) => ({ chargePointId: id, transactionId }));
      const read = await transactionRecords.read(keys);
      expect(read.map(({ transactionId, firstAt }) => [transactionId, firstAt])).toEqual([
        ['tx-2', times[2]],
        ['tx-0', times[0]],
      ]);
      expect(await transactionRecords.read([])).toEqual([]);
      expect(names(await all((page) => transactionRecords.open(page)))).toEqual(['tx-2']);
    });
  });

  describe('API tokens', () => {
    it('are added, found by id, listed, used and removed', async () => {
      const token: ApiToken = {
        ...{ tokenId: nextId(), name: 'n', role: 'viewer', createdAt: at.toISOString(), createdBy: 'me' },
        expiresAt: later(60).toISOString(),
      };
      await subject.apiTokens.add(token, 'hash');
      expect(await subject.apiTokens.find(token.tokenId)).toEqual({ token, hash: 'hash' });
      await subject.apiTokens.used(token.tokenId, at.toISOString());
      const used = { ...token, lastUsedAt: at.toISOString() };
      expect(await all((page) => subject.apiTokens.list(page))).toContainEqual(used);
      await subject.apiTokens.remove(token.tokenId);
      await subject.apiTokens.used(token.tokenId, at.toISOString());
      expect(await subject.apiTokens.find(token.tokenId)).toBeUndefined();
      await subject.apiTokens.remove(token.tokenId);
    });
  });

  describe('the audit trail', () => {
    it('lists what was changed, all or about one thing, the newest first, with what came of it', async () => {
      const about = `charge-points/${nextId()}`;
      const entry = (seconds: number): AuditEntry => ({
        ...{ at: later(seconds).toISOString(), id: nextId(), by: 'me', role: 'admin', method: 'PATCH' },
        ...{ path: `/${about}`, about, body: '{}' },
      });
      const entries = [entry(0), entry(60)] as const;
      for (const each of entries) await subject.audit.begin(each);
      await subject.audit.end(entries[1], 200);
      const found = await all((page) => subject.audit.list({ about }, page));
      expect(found).toEqual([{ ...entries[1], status: 200 }, entries[0]]);
      const since = await all((page) => subject.audit.list({ from: later(60).toISOString() }, page));
      expect(since).toContainEqual({ ...entries[1], status: 200 });
      expect(since).not.toContainEqual(entries[0]);
    });
  });

  describe('an idempotency key', () => {
    const answer = { status: 200, headers: { a: 'b' }, body: '{}' };

    it('is taken by one, and answered to all who ask the same', async () => {
      const request = { key: nextId(), fingerprint: 'f', id: '1' };
      expect(await subject.idempotency.begin(request, at)).toEqual({ outcome: 'new', id: '1' });
      const again = { ...request, id: '3' };
      expect(await subject.idempotency.begin(again, later(59))).toEqual({ outcome: 'under way' });
      await subject.idempotency.end(request, answer, later(59));
      expect(await subject.idempotency.begin(request, later(3_600))).toEqual({ outcome: 'answered', answer });
      const another = { ...request, fingerprint: 'g', id: '2' };
      expect(await subject.idempotency.begin(another, later(3_600))).toEqual({ outcome: 'another request' });
      expect(await subject.idempotency.begin(another, later(2 * 86_400))).toEqual({ outcome: 'new', id: '2' });
    });

    it('of whoever died is free after a minute, and that of whoever gave up at once: the same makes the same', async () => {
      const request = { key: nextId(), fingerprint: 'f', id: '1' };
      const [second, third] = ['2', '3'].map((id) => ({ ...request, id }));
      await subject.idempotency.begin(request, at);
      expect(await subject.idempotency.begin(second as typeof request, later(61))).toEqual({ outcome: 'new', id: '1' });
      expect(await subject.idempotency.begin(third as typeof request, later(61))).toEqual({ outcome: 'under way' });
      await subject.idempotency.abandon(request, later(61));
      expect(await subject.idempotency.begin(third as typeof request, later(61))).toEqual({ outcome: 'new', id: '1' });
    });

    it('that is free again and used for another request makes something else', async () => {
      const request = { key: nextId(), fingerprint: 'f', id: '1' };
      await subject.idempotency.begin(request, at);
      await subject.idempotency.abandon(request, at);
      const another = { ...request, fingerprint: 'g', id: '2' };
      expect(await subject.idempotency.begin(another, at)).toEqual({ outcome: 'new', id: '2' });
      expect(await subject.idempotency.begin(request, at)).toEqual({ outcome: 'another request' });
    });
  });
}

describe('in memory', () => {
  contract(async () => {
    const ports = inMemory();
    return {
      ...ports,
      apiTokens: new MemoryApiTokens(),
      audit: new MemoryAuditTrail(),
      idempotency: new MemoryIdempotency(),
      chargePointRecords: new memory.MemoryChargePointRecords(ports.chargePoints),
      commandRecords: new memory.MemoryCommandRecords(ports.commands),
      connectorRecords: new memory.MemoryConnectorRecords(ports.connectors),
      historyRecords: new memory.MemoryHistoryRecords(ports.history),
      idTokenRecords: new memory.MemoryIdTokenRecords(ports.idTokens),
      meterValueRecords: new memory.MemoryMeterValueRecords(ports.meterValues),
      transactionRecords: new memory.MemoryTransactionRecords(ports.transactions),
    };
  });
});

describe('on DynamoDB', () => {
  let stop = async () => {};
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());

  contract(async () => {
    const clock = new SettableClock();
    const [
      access,
      audit,
      keys,
      points,
      pointRecords,
      commands,
      connectors,
      history,
      historyRecords,
      tokens,
      tokenRecords,
      values,
      transactions,
    ] = await Promise.all([
      import('../../aws/api-tokens.js'),
      import('../../aws/audit-trail.js'),
      import('../../aws/idempotency.js'),
      import('../../aws/charge-points.js'),
      import('../../aws/charge-point-records.js'),
      import('../../aws/commands.js'),
      import('../../aws/connectors.js'),
      import('../../aws/history.js'),
      import('../../aws/history-records.js'),
      import('../../aws/id-tokens.js'),
      import('../../aws/id-token-records.js'),
      import('../../aws/meter-values.js'),
      import('../../aws/transactions.js'),
    ]);
    return {
      apiTokens: access.dynamoApiTokens('ApiTokensTable'),
      audit: audit.dynamoAuditTrail('AuditTable'),
      idempotency: keys.dynamoIdempotency('IdempotencyTable'),
      chargePoints: points.dynamoChargePoints('ChargePointsTable', clock),
      chargePointRecords: pointRecords.dynamoChargePointRecords('ChargePointsTable', 'LabelsTable'),
      commands: commands.dynamoCommands('CommandsTable', clock),
      commandRecords: commands.dynamoCommandRecords('CommandsTable'),
      connectors: connectors.dynamoConnectors('ConnectorsTable'),
      connectorRecords: connectors.dynamoConnectorRecords('ConnectorsTable'),
      history: history.dynamoHistory('HistoryTable', clock),
      historyRecords: historyRecords.dynamoHistoryRecords('HistoryTable'),
      idTokens: tokens.dynamoIdTokens('IdTokensTable', (message) => expect.fail(message)),
      idTokenRecords: tokenRecords.dynamoIdTokenRecords('IdTokensTable'),
      meterValues: values.dynamoMeterValues('MeterValuesTable'),
      meterValueRecords: values.dynamoMeterValueRecords('MeterValuesTable'),
      transactions: transactions.dynamoTransactions('TransactionsTable'),
      transactionRecords: transactions.dynamoTransactionRecords('TransactionsTable'),
    };
  });
});
