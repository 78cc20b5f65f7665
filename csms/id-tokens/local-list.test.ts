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
const list = (...ids: string[]) =>
  entriesOf(
    ids.map((id) => token(id)),
    at,
  );
const ids = (entries: readonly LocalListEntry[] = []) => entries.map(({ idToken }) => idToken);

/** What a charge point has that took these updates. */
function after(known: LocalListEntry[], updates: LocalListUpdate[]): LocalListEntry[] {
  const has = new Map(known.map((entry) => [entry.idToken, entry]));
  for (const { entries, removed } of updates) {
    if (!removed) has.clear();
    for (const { idToken } of removed ?? []) has.delete(idToken);
    for (const entry of entries) has.set(entry.idToken, entry);
  }
  return [...has.values()].sort((a, b) => (a.idToken < b.idToken ? -1 : 1));
}

describe('D01/5.15 the local list', () => {
  it('has what each token may do: its status, group and until when that may be relied on', () => {
    const expiry = new Date('2026-02-01T00:00:00Z');
    const entries = entriesOf([token('B', { status: 'Blocked', groupId: 'G' }), token('A', { expiry })], at);
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
    const wanted = entriesOf([token('A'), token('B', { status: 'Blocked' }), token('D')], at);
    const [update, ...more] = updatesOf(wanted, known, 4, {}, sizeOf);
    expect([ids(update?.entries), ids(update?.removed), more]).toEqual([['B', 'D'], ['C'], []]);
    expect(v16(update as LocalListUpdate).localAuthorizationList?.at(-1)).toEqual({ idTag: 'C' });
    expect(updatesOf(known.entries, known, 4, {}, sizeOf)).toEqual([]);
  });

  it('a token that no message has room for is an error that names it', () => {
    expect(() => updatesOf(list('A'), undefined, 1, { bytes: 20 }, sizeOf)).toThrow('the token A');
  });

  it('however it is split, the charge point ends with the list that is wanted, within its limits, in every version', async () => {
    const text = fc.stringMatching(/^[0-9A-F]{1,20}$/);
    const tokens = fc.uniqueArray(fc.tuple(text, fc.constantFrom('Accepted', 'Blocked')), {
      selector: ([id]) => id,
      maxLength: 12,
    });
    const all = fc.tuple(
      tokens,
      fc.option(tokens, { nil: undefined }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 260, max: 900 }),
    );
    await fc.assert(
      fc.asyncProperty(all, async ([wanted, before, items, bytes]) => {
        const entries = (of: typeof wanted) =>
          entriesOf(
            of.map(([id, status]) => token(id, { status: status as 'Accepted' })),
            at,
          );
        const known = before && { version: 1, entries: entries(before) };
        const updates = updatesOf(entries(wanted), known, 2, { items, bytes }, sizeOf);
        expect(after(known?.entries ?? [], updates)).toEqual(entries(wanted));
        for (const update of updates) {
          expect(update.entries.length + (update.removed?.length ?? 0)).toBeLessThanOrEqual(items);
          expect(sizeOf(update)).toBeLessThanOrEqual(bytes);
          for (const protocol of protocols)
            await validateCommand(protocol, 'SendLocalList', payloadOf[protocol](update));
        }
      }),
    );
  });
});
