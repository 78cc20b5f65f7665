import { describe, expect, it } from 'vitest';
import { abandoned, closed, isFlapping, lastDisconnect, live, newest, opened, promoted, restored } from './life.js';
import type { Connection, ConnectionRecord } from './ports.js';

const start = Date.parse('2026-01-02T03:00:00Z');
const at = (seconds: number) => new Date(start + seconds * 1_000);
const connection = (connectionId: string, seconds = 0): Connection => ({
  ...{ connectionId, protocol: 'ocpp1.6', since: at(seconds).toISOString() },
});
const empty: ConnectionRecord = { opening: [], replaced: [], replacedAt: [] };
const [a, b] = [connection('a', 0), connection('b', 10)];

describe('a connection that opens', () => {
  it('leaves the current one, and is opening', () => {
    expect(opened({ ...empty, current: a }, b)).toEqual({ ...empty, current: a, opening: [b] });
  });

  it('stands in the order of the handshakes, whatever order they are told in', () => {
    expect(opened(opened(empty, b), a).opening).toEqual([a, b]);
    expect(opened(opened(empty, a), b).opening).toEqual([a, b]);
  });

  it('told twice opens once', () => {
    expect(opened(opened(empty, a), a).opening).toEqual([a]);
  });

  it('makes one forgotten that can no longer live, and whose timer was lost', () => {
    expect(opened(opened(empty, a), connection('c', 7_260)).opening).toMatchObject([{ connectionId: 'c' }]);
  });

  it('leaves one on record that may still live, though its timer is late', () => {
    const { opening } = opened(opened(empty, a), connection('c', 7_259));
    expect(promoted({ ...empty, opening }, 'a', at(7_259))?.current).toMatchObject({ connectionId: 'a' });
  });

  it('becomes current, the former replaced', () => {
    expect(promoted({ ...empty, current: a, opening: [b] }, 'b', at(11))).toEqual({
      ...{ current: b, replaced: [a], opening: [], replacedAt: [at(11).toISOString()] },
    });
  });

  it('becomes current after a time without any, and how that began stays on record', () => {
    const gone = { since: at(5).toISOString(), reason: 'x' };
    expect(promoted({ ...empty, opening: [b], gone }, 'b', at(11))).toEqual({ ...empty, current: b, gone });
    const replacing = promoted({ ...empty, current: a, opening: [b], gone }, 'b', at(11));
    expect(replacing).toMatchObject({ current: b, replaced: [a], gone });
  });

  it('becomes replaced when a newer one is current by now', () => {
    expect(promoted({ ...empty, current: b, opening: [a] }, 'a', at(11))).toEqual({
      ...empty,
      current: b,
      replaced: [a],
      replacedAt: [at(11).toISOString()],
    });
  });

  it('that never comes leaves the others as they were', () => {
    expect(abandoned({ ...empty, current: a, opening: [b] }, 'b')).toEqual({ ...empty, current: a });
  });

  it('that is not on record changes nothing', () => {
    expect(promoted(empty, 'b', at(0))).toBeUndefined();
    expect(abandoned(empty, 'b')).toBeUndefined();
  });
});

describe('a connection that closes', () => {
  it('leaves none when it was the current one, and since when and why', () => {
    expect(closed({ ...empty, current: a }, 'a', 'x', at(7))).toEqual({
      ...empty,
      gone: { since: at(7).toISOString(), reason: 'x' },
    });
  });

  it('leaves the current one when it was a replaced or an opening one', () => {
    expect(closed({ ...empty, current: b, replaced: [a] }, 'a', 'x', at(7))).toEqual({ ...empty, current: b });
    expect(closed({ ...empty, current: a, opening: [b] }, 'b', 'x', at(7))).toEqual({ ...empty, current: a });
  });

  it('changes nothing when it is not on record', () => {
    expect(closed({ ...empty, current: b }, 'a', 'x', at(7))).toBeUndefined();
  });
});

describe('a replaced connection', () => {
  const gone = { since: at(20).toISOString(), reason: 'x' };

  it('is current again when the current one closed, or is found dead', () => {
    const again = { ...empty, current: { ...a, restoredAt: at(9).toISOString() } };
    expect(restored({ ...empty, replaced: [a], gone }, 'a', undefined, at(9))).toEqual({ ...again, gone });
    expect(restored({ ...empty, current: b, replaced: [a] }, 'a', 'b', at(9))).toEqual(again);
  });

  it('stays replaced when another is current by now', () => {
    expect(restored({ ...empty, current: b, replaced: [a] }, 'a', undefined, at(9))).toBeUndefined();
    expect(restored({ ...empty, current: b }, 'a', 'b', at(9))).toBeUndefined();
  });
});

describe('the current connection', () => {
  it('counts as gone when it is older than 2 h 1 min: its $disconnect was lost', () => {
    const record = { ...empty, current: a };
    expect(live(record, at(7_260))).toBe(a);
    expect(live(record, at(7_261))).toBeUndefined();
  });

  it('that counts as gone is replaced as if there were none', () => {
    const late = connection('b', 7_300);
    expect(promoted({ ...empty, current: a, opening: [late] }, 'b', at(7_301))).toEqual({ ...empty, current: late });
  });

  it('that counts as gone has ended by its age, whatever was told of the one before', () => {
    const gone = { since: at(-5).toISOString(), reason: 'x' };
    expect(lastDisconnect({ ...empty, current: a, gone }, at(7_260))).toBe(gone);
    expect(lastDisconnect({ ...empty, gone }, at(7_261))).toBe(gone);
    const { since, reason } = lastDisconnect({ ...empty, current: a, gone }, at(7_261)) ?? {};
    expect({ since, reason }).toEqual({
      since: at(7_260).toISOString(),
      reason: expect.stringContaining('came of age'),
    });
  });

  it('is the newest, and before there is one the latest that is opening', () => {
    expect(newest({ ...empty, current: a, opening: [b] }, at(11))).toBe(a);
    expect(newest({ ...empty, opening: [a, b] }, at(11))).toBe(b);
    expect(newest(empty, at(11))).toBeUndefined();
  });
});

describe('flapping', () => {
  const replaced = (...seconds: number[]) =>
    seconds.reduce<ConnectionRecord>(
      (record, second) =>
        promoted(opened(record, connection(`c${second}`, second)), `c${second}`, at(second)) ?? record,
      { ...empty, current: a },
    );

  it('is the third replacement within 60 s', () => {
    expect(isFlapping(replaced(10, 20))).toBe(false);
    expect(isFlapping(replaced(10, 20, 70))).toBe(true);
    expect(isFlapping(replaced(10, 20, 71))).toBe(false);
  });

  it('ends with the next replacement that takes its time', () => {
    expect(isFlapping(replaced(10, 20, 30, 100))).toBe(false);
  });
});
