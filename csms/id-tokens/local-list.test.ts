import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { protocols } from '../ocpp/protocol.js';
import { validateCommand } from '../ocpp/validate.js';
import { sendLocalList as v16 } from '../v16/local-list.js';
import { sendLocalList as v2x } from '../v201/local-list.js';
import { entriesOf, type LocalListEntry, type LocalListUpdate, updatesOf } from './local-list.js';
import type { IdToken } from './ports.js';

const at = new Date('2026-01-02T03:04:05Z');
const token = (idToken: string, more: Partial<IdToken> = {}): IdToken => ({
  ...{ idToken, status: 'Accepted', oneTransaction: false },
  ...more,
});
const payloadOf = { 'ocpp1.6': v16, 'ocpp2.0.1': v2x, 'ocpp2.1': v2x };
const sizeOf = (update: LocalListUpdate) => JSON.stringify(v16(update)).length;
const typed = { isTyped: true };
const untyped = { isTyped: false };
const list = (...ids: string[]) =>
  entriesOf(
    ids.map((id) => token(id)),
    at,
    untyped,
  );
const ids = (entries: readonly LocalListEntry[] = []) => entries.map(({ idToken }) => idToken);

/** What a charge point has that took these updates, in the order of their messages, by the texts alone or by texts and types. */
function after(known: LocalListEntry[], updates: LocalListUpdate[], mindsTypes: boolean): LocalListEntry[] {
  const nameOf = (one: { idToken: string; type: string }) => (mindsTypes ? `${one.idToken} ${one.type}` : one.idToken);
  const has = new Map(known.map((entry) => [nameOf(entry), entry]));
  for (const update of updates) {
    if (!update.removed) has.clear();
    const byName = new Map(update.entries.map((entry) => [`${entry.idToken} ${entry.type}`, entry]));
    for (const { idToken, idTokenInfo } of v2x(update).localAuthorizationList ?? []) {
      const entry = byName.get(`${idToken.idToken} ${idToken.type}`);
      if (idTokenInfo && entry) has.set(nameOf(entry), entry);
      else has.delete(nameOf(idToken));
    }
  }
  return [...has].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

describe('D01/5.15 the local list', () => {
  it('has what each token may do: its status, group and until when that may be relied on', () => {
    const expiry = new Date('2026-02-01T00:00:00Z');
    const entries = entriesOf([token('B', { status: 'Blocked', groupId: 'G' }), token('A', { expiry })], at, typed);
    expect(v16({ version: 1, entries })).toEqual({
      listVersion: 1,
      updateType: 'Full',
      localAuthorizationList: [
        { idTag: 'A', idTagInfo: { status: 'Accepted', expiryDate: expiry.toISOString() } },
        { idTag: 'B', idTagInfo: { status: 'Blocked', parentIdTag: 'G' } },
      ],
    });
    expect(v2x({ version: 1, entries }).localAuthorizationList).toEqual([
      {
        idToken: { idToken: 'A', type: 'ISO14443' },
        idTokenInfo: { status: 'Accepted', cacheExpiryDateTime: expiry.toISOString() },
      },
      {
        idToken: { idToken: 'B', type: 'ISO14443' },
        idTokenInfo: { status: 'Blocked', groupIdToken: { idToken: 'G', type: 'Central' } },
      },
    ]);
  });

  it('has no time in it that only an answer is good for: the same tokens are the same whenever it is made', () => {
    const tokens = [
      token('A', { cacheSeconds: 3_600 }),
      token('B', { cacheSeconds: 3_600, expiry: new Date('2026-02-01T00:00:00Z') }),
    ];
    const later = new Date(at.getTime() + 24 * 60 * 60_000);
    const [first, second] = [at, later].map((time) => entriesOf(tokens, time, typed));
    expect(first?.map(({ authorization }) => authorization.cacheUntil?.toISOString())).toEqual([
      undefined,
      '2026-02-01T00:00:00.000Z',
    ]);
    expect(updatesOf(second ?? [], { version: 1, entries: first ?? [] }, 2, {}, sizeOf)).toEqual([]);
  });

  it('1.6: a token of another type is the same', () => {
    const known = { version: 1, entries: entriesOf([token('A', { type: 'Central' })], at, untyped) };
    const now = entriesOf([token('A', { type: 'KeyCode' })], at, untyped);
    expect(updatesOf(now, known, 2, {}, sizeOf)).toEqual([]);
    const blocked = entriesOf([token('A', { type: 'KeyCode', status: 'Blocked' })], at, untyped);
    const [update, ...more] = updatesOf(blocked, known, 2, {}, sizeOf);
    expect([update?.entries, update?.removed, more]).toEqual([blocked, [], []]);
  });

  it.each([
    [{}, 1],
    [{ items: 1 }, 2],
  ])('2.x: a token of another type goes, and then comes: limits %j', (limits, messages) => {
    const known = { version: 1, entries: entriesOf([token('A', { type: 'Central' })], at, typed) };
    const now = entriesOf([token('A', { type: 'KeyCode' })], at, typed);
    const updates = updatesOf(now, known, 2, limits, sizeOf);
    expect(updates).toHaveLength(messages);
    const told = updates.flatMap((update) => v2x(update).localAuthorizationList ?? []);
    expect(told.map(({ idToken, idTokenInfo }) => [idToken.type, idTokenInfo?.status])).toEqual([
      ['Central', undefined],
      ['KeyCode', 'Accepted'],
    ]);
    for (const mindsTypes of [true, false]) expect(after(known.entries, updates, mindsTypes)).toEqual(now);
  });

  it('has each token once, as whoever may charge least', () => {
    const same = [token('A', { type: 'Central' }), token('a', { type: 'KeyCode', status: 'Blocked' }), token('A')];
    const told = (entries: LocalListEntry[]) =>
      entries.map(({ idToken, type, authorization }) => [idToken, type, authorization.status]);
    for (const tokens of [same, [...same].reverse()]) {
      expect(told(entriesOf(tokens, at, untyped))).toEqual([['a', '', 'Blocked']]);
      expect(told(entriesOf([...tokens, token('a', { type: 'Central', status: 'Blocked' })], at, typed))).toEqual([
        ['a', 'Central', 'Blocked'],
        ['A', 'ISO14443', 'Accepted'],
        ['a', 'KeyCode', 'Blocked'],
      ]);
    }
  });

  it('Full: the first message replaces it, the others add to it, each with a version of its own', () => {
    const updates = updatesOf(list('A', 'B', 'C', 'D', 'E'), undefined, 7, { items: 2 }, sizeOf);
    expect(updates.map((update) => [v16(update).updateType, update.version, ids(update.entries)])).toEqual([
      ['Full', 7, ['A', 'B']],
      ['Differential', 8, ['C', 'D']],
      ['Differential', 9, ['E']],
    ]);
  });

  it('Full of nothing empties it', async () => {
    const [update] = updatesOf([], undefined, 1, {}, sizeOf);
    expect(update).toEqual({ version: 1, entries: [] });
    for (const protocol of protocols) {
      await validateCommand(protocol, 'SendLocalList', payloadOf[protocol](update as LocalListUpdate));
    }
  });

  it('Differential: what is new, has changed or is gone; nothing when nothing has', () => {
    const known = { version: 3, entries: list('A', 'B', 'C') };
    const wanted = entriesOf([token('A'), token('B', { status: 'Blocked' }), token('D')], at, untyped);
    const [update, ...more] = updatesOf(wanted, known, 4, {}, sizeOf);
    expect([ids(update?.entries), ids(update?.removed), more]).toEqual([['B', 'D'], ['C'], []]);
    expect(v16(update as LocalListUpdate).localAuthorizationList?.[0]).toEqual({ idTag: 'C' });
    expect(updatesOf(known.entries, known, 4, {}, sizeOf)).toEqual([]);
  });

  it('a token that no message has room for is an error that names it', () => {
    expect(() => updatesOf(list('A'), undefined, 1, { bytes: 20 }, sizeOf)).toThrow('the token A');
  });

  it('however it is split, the charge point ends with the list that is wanted, within its limits, in every version', async () => {
    const text = fc.stringMatching(/^[0-9A-F]{1,20}$/);
    const described = fc.tuple(text, fc.constantFrom('Accepted', 'Blocked'), fc.constantFrom('Central', 'KeyCode'));
    const tokens = fc.uniqueArray(described, { selector: ([id]) => id, maxLength: 12 });
    const all = fc.tuple(
      tokens,
      fc.option(tokens, { nil: undefined }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 260, max: 900 }),
      fc.boolean(),
    );
    await fc.assert(
      fc.asyncProperty(all, async ([wanted, before, items, bytes, isTyped]) => {
        const entries = (of: typeof wanted) =>
          entriesOf(
            of.map(([id, status, type]) => token(id, { type, status: status as 'Accepted' })),
            at,
            { isTyped },
          );
        const known = before && { version: 1, entries: entries(before) };
        const updates = updatesOf(entries(wanted), known, 2, { items, bytes }, sizeOf);
        for (const mindsTypes of [true, false]) {
          expect(after(known?.entries ?? [], updates, mindsTypes)).toEqual(entries(wanted));
        }
        for (const update of updates) {
          expect(update.entries.length + (update.removed?.length ?? 0)).toBeLessThanOrEqual(items);
          expect(sizeOf(update)).toBeLessThanOrEqual(bytes);
          for (const protocol of isTyped ? protocols : (['ocpp1.6'] as const))
            await validateCommand(protocol, 'SendLocalList', payloadOf[protocol](update));
        }
      }),
    );
  });
});
