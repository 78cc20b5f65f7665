import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TransactionEvent } from './event.js';
import { merge } from './merge.js';
import { missingEvents } from './missing-events.js';
import { isOpen, type Transaction } from './ports.js';

const begin = Date.parse('2026-01-02T03:00:00Z');
const minutes = (n: number) => new Date(begin + n * 60_000);

const event = (
  type: TransactionEvent['type'],
  minute: number,
  more: Partial<TransactionEvent> = {},
): TransactionEvent => ({
  ...{ type, chargePointId: 'CP1', transactionId: 'T1', protocol: 'ocpp2.0.1' },
  ...{ at: minutes(minute), receivedAt: new Date(minutes(minute).getTime() + 300), meterValues: [] },
  ...more,
});
const register = (minute: number, value: number, context = 'Sample.Periodic') => ({
  meterValues: [
    {
      at: minutes(minute).toISOString(),
      sampledValues: [{ measurand: 'Energy.Active.Import.Register', context, location: 'Outlet', unit: 'Wh', value }],
    },
  ],
});
const token = (idToken: string, authorization: 'Accepted' | 'Blocked' = 'Accepted') => ({
  idToken: { idToken, type: 'ISO14443', authorization },
});
const all = (...events: TransactionEvent[]) => events.reduce<Transaction | undefined>(merge, undefined) as Transaction;

/** A session as it took place: what its events say is said of one transaction on one EVSE. */
const session = fc
  .record({
    steps: fc.array(
      fc.record({
        minutes: fc.constantFrom(0, 1, 7, 15, 40),
        wh: fc.option(fc.nat(500)),
        context: fc.constantFrom('Sample.Periodic', 'Sample.Clock', 'Transaction.Begin', 'Transaction.End'),
        token: fc.option(fc.constantFrom('A', 'B', 'a')),
        isStop: fc.boolean(),
        authorization: fc.constantFrom('Accepted' as const, 'Blocked' as const),
        chargingState: fc.option(fc.constantFrom('Charging', 'SuspendedEV')),
        hasEvse: fc.boolean(),
        offline: fc.boolean(),
        restarts: fc.boolean(),
        isLost: fc.boolean(),
        seconds: fc.nat(100),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    isEnded: fc.boolean(),
  })
  .map(({ steps, isEnded }) => {
    let [minute, wh, seqNo] = [0, 1_000, 0];
    const events = steps.map((step, i): TransactionEvent | undefined => {
      // Times are as coarse as a charge point's; seqNo goes on, or begins again with a later time.
      minute += step.minutes;
      wh += step.wh ?? 0;
      seqNo = step.restarts && step.minutes > 0 ? 0 : seqNo + 1;
      const type = i === 0 ? 'started' : isEnded && i === steps.length - 1 ? 'ended' : 'updated';
      if (step.isLost) return undefined;
      return event(type, minute, {
        seqNo,
        receivedAt: new Date(minutes(minute).getTime() + step.seconds * 1_000),
        ...(step.wh !== null && register(minute, wh, step.context)),
        ...(step.token && token(step.token, step.authorization)),
        ...(step.isStop && { isStop: true }),
        ...(step.chargingState && { chargingState: step.chargingState }),
        ...(step.hasEvse && { evseId: 1, connectorId: 1 }),
        ...(step.offline && { offline: true }),
        ...(type === 'ended' && { reason: 'Local' }),
      });
    });
    return events.filter((one) => one !== undefined);
  })
  .filter((events) => events.length > 0);

/** The same events as they may arrive: in any order, some of them several times. */
const arrivals = session.chain((events) =>
  fc
    .tuple(
      fc.shuffledSubarray(events, { minLength: events.length }),
      fc.array(fc.constantFrom(...events), { maxLength: 6 }),
    )
    .chain(([each, again]) => {
      const arrived = [...each, ...again];
      return fc.shuffledSubarray(arrived, { minLength: arrived.length });
    })
    .map((arrived) => ({ events, arrived })),
);

describe('what events add up to', () => {
  it('is the same in whatever order they come, however often', () => {
    fc.assert(
      fc.property(arrivals, ({ events, arrived }) => {
        expect(all(...arrived)).toEqual(all(...events));
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not change when the last is told again', () => {
    fc.assert(
      fc.property(session, (events) => {
        const known = all(...events);
        for (const one of events) expect(merge(known, one)).toEqual(known);
      }),
    );
  });

  it('E: knows which numbers are missing, also when they begin again at 0', () => {
    const transaction = all(
      event('started', 0, { seqNo: 0 }),
      event('updated', 1, { seqNo: 3 }),
      event('updated', 5, { seqNo: 0 }),
      event('ended', 6, { seqNo: 1 }),
    );
    expect(missingEvents(transaction)).toEqual({ missingEvents: [{ from: 2, to: 2 }] });
  });

  it('E: has room for a hole after each event, and tells of a hundred', () => {
    const every2nd = Array.from({ length: 5_000 }, (_, n) => event('updated', n, { seqNo: 2 * n }));
    const transaction = all(event('started', 0, { seqNo: 0 }), ...every2nd, event('ended', 5_000, { seqNo: 10_000 }));
    expect(transaction.seqNos).toHaveLength(1_000);
    expect(merge(transaction, event('updated', 7, { seqNo: 14 }))).toEqual(transaction);
    const { missingEvents: told, missingEventsAreCut } = missingEvents(transaction);
    expect(told).toHaveLength(100);
    expect(missingEventsAreCut).toBe(true);
  });

  it('takes the state of the later event, also after a number that begins again', () => {
    const transaction = all(
      event('updated', 1, { seqNo: 7, chargingState: 'Charging' }),
      event('updated', 2, { seqNo: 0, chargingState: 'SuspendedEV' }),
    );
    expect(transaction.chargingState?.value).toBe('SuspendedEV');
  });

  it('takes the state of the higher number of two events in the same second', () => {
    const events = [9, 10].map((seqNo) => event('updated', 1, { seqNo, chargingState: `S${seqNo}` }));
    expect(all(...events).chargingState?.value).toBe('S10');
    expect(all(...events.reverse()).chargingState?.value).toBe('S10');
  });

  it('has no start when that was never told', () => {
    const transaction = all(event('ended', 9, register(9, 910_083, 'Transaction.End')));
    expect(transaction.startedAt).toBeUndefined();
    expect(transaction.energy).toBeUndefined();
    expect(isOpen(transaction)).toBe(false);
  });

  it('ends what was forgotten when its end is told after all', () => {
    const forgotten = { ...all(event('started', 0)), forgottenAt: minutes(1).toISOString() };
    expect(isOpen(forgotten)).toBe(false);
    expect(isOpen(merge(forgotten, event('updated', 2)))).toBe(false);
    expect(merge(forgotten, event('ended', 2, { reason: 'PowerLoss' })).ended?.value.reason).toBe('PowerLoss');
  });

  it('keeps what the charge point says of its connector, and not of another or of itself', () => {
    const started = event('started', 0, { evseId: 1, connectorId: 2, ...register(0, 1_000, 'Transaction.Begin') });
    const other = event('updated', 5, { evseId: 2, connectorId: 1, ...register(5, 900_000) });
    const itself = event('updated', 6, { evseId: 0, ...register(6, 950_000) });
    const own = event('updated', 7, { evseId: 1, ...register(7, 1_500) });
    expect(all(started, other, itself, own)).toMatchObject({ evseId: 1, connectorId: 2, energy: 500 });
    expect(all(itself, started)).toMatchObject({ evseId: 1, begin: { wh: 1_000 } });
  });

  it('began when it started, though the clock was behind afterwards', () => {
    expect(all(event('started', 5), event('updated', 1)).firstAt).toBe(minutes(5).toISOString());
    expect(all(event('updated', 1), event('started', 5)).firstAt).toBe(minutes(5).toISOString());
  });

  it('is from when it was received, where the charge point does not know the year yet', () => {
    const receivedAt = minutes(3);
    expect(all(event('started', 0, { at: new Date('2099-01-01T00:00:00Z'), receivedAt })).firstAt).toBe(
      receivedAt.toISOString(),
    );
  });
});

describe('a clock that is wrong', () => {
  const shown = [new Date('1970-01-01T00:01:00Z'), new Date('2099-01-01T00:00:00Z')];
  /** As the clock shows it, received when it was. */
  const wrong = (
    at: Date,
    minute: number,
    { type = 'updated', wh = 0, ...more }: Partial<TransactionEvent> & { wh?: number } = {},
  ): TransactionEvent => {
    const values = register(0, wh).meterValues.map((one) => ({ ...one, at: at.toISOString() }));
    return { ...event(type, minute, more), at, receivedAt: minutes(minute), ...(wh > 0 && { meterValues: values }) };
  };

  it.each(shown)('%s: its time is that of its reception; what it said is kept', (at) => {
    const ended = wrong(at, 40, { type: 'ended', wh: 8_000 });
    const again = { ...ended, receivedAt: minutes(50) };
    const transaction = all(wrong(at, 1, { type: 'started', wh: 1_000 }), ended, again);
    expect(transaction).toMatchObject({
      startedAt: { value: minutes(1).toISOString(), by: `${at.toISOString()}#0000000000` },
      ended: { value: { at: minutes(40).toISOString() } },
      firstAt: minutes(1).toISOString(),
      energy: 7_000,
    });
    expect(all(again, ended)).toEqual(all(ended, again));
  });

  it.each(shown)('%s: in the middle takes no energy away, and hides neither state nor news', (at) => {
    const events = [
      event('started', 0, { seqNo: 0, ...register(0, 1_000, 'Transaction.Begin') }),
      wrong(at, 20, { seqNo: 1, wh: 2_000, chargingState: 'Charging' }),
      event('updated', 40, { seqNo: 2, chargingState: 'SuspendedEV', ...register(40, 7_000) }),
    ];
    expect(all(...events)).toMatchObject({ energy: 6_000, chargingState: { value: 'SuspendedEV' } });
    expect(all(...events).updateBy).toBe(`${minutes(40).toISOString()}#0000000002`);
    expect(all(...events, event('ended', 60, { seqNo: 3, ...register(60, 8_000) })).energy).toBe(7_000);
  });

  it('counts by arrival also when all was kept, and is told at once with times that are right', () => {
    const kept = [
      event('started', 0, { seqNo: 0 }),
      event('updated', 1, { seqNo: 1, ...register(1, 1_000) }),
      wrong(new Date('1970-01-01T00:05:00Z'), 5, { seqNo: 2, wh: 2_000, chargingState: 'Charging' }),
      event('updated', 40, { seqNo: 3, chargingState: 'SuspendedEV', ...register(40, 7_000) }),
      event('ended', 60, { seqNo: 4 }),
    ].map((one, i) => ({ ...one, receivedAt: minutes(2_000 + i) }));
    expect(all(...kept)).toMatchObject({ energy: 6_000, chargingState: { value: 'SuspendedEV' } });
    expect(all(...kept.reverse())).toMatchObject({ energy: 6_000, chargingState: { value: 'SuspendedEV' } });
  });

  it('that is days behind does not move what was read as it started and ended', () => {
    const yesterday = (minute: number, wh: number) => wrong(minutes(minute - 24 * 60), minute, { wh });
    const started = event('started', 0, register(0, 1_000));
    expect(all(started, yesterday(20, 5_000), event('ended', 60, register(60, 8_000))).energy).toBe(7_000);
    expect(all(started, { ...yesterday(60, 8_000), type: 'ended' }).energy).toBe(7_000);
  });

  it('charges nobody else', () => {
    const [started, later] = [wrong(new Date(0), 90, { type: 'started' }), event('updated', 60)];
    const tokens = all({ ...started, ...token('A') }, { ...later, ...token('B'), receivedAt: minutes(91) });
    expect(tokens.idToken?.value.idToken).toBe('A');
  });

  it('keeps the times of what was told after weeks', () => {
    const late = { receivedAt: minutes(28 * 24 * 60) };
    const transaction = all(event('started', 0, late), event('ended', 60, late));
    expect(transaction).toMatchObject({
      startedAt: { value: minutes(0).toISOString() },
      firstAt: minutes(0).toISOString(),
    });
    expect(transaction.ended?.value.at).toBe(minutes(60).toISOString());
  });

  /** A session told as it takes place, each of its events by a clock that is right, or was never set, or shows any year. */
  const sessionByAnyClock = fc
    .array(
      fc.record({
        ...{ minutes: fc.nat(40), wh: fc.option(fc.nat(5_000)), state: fc.option(fc.constantFrom('A', 'B', 'C')) },
        clock: fc.constantFrom(
          'right',
          'right',
          '1970-01-01T00:00:00Z',
          '2000-01-01T00:00:00Z',
          '2099-01-01T00:00:00Z',
        ),
        isKept: fc.boolean(),
      }),
      { minLength: 2, maxLength: 8 },
    )
    .map((steps) => {
      let [minute, wh] = [0, 1_000];
      const events = steps.map((step, i) => {
        minute += step.minutes;
        wh += step.wh ?? 0;
        const type = i === 0 ? 'started' : i === steps.length - 1 ? 'ended' : 'updated';
        const at = step.clock === 'right' ? minutes(minute) : new Date(Date.parse(step.clock) + minute * 1_000);
        return {
          // What is kept is told in its order, a second after the other, when there is a connection again.
          ...wrong(at, minute, { type, seqNo: i, ...(step.wh !== null && { wh }) }),
          ...(step.state && { chargingState: step.state }),
          receivedAt: new Date(minutes(steps[0]?.isKept ? 5_000 : minute).getTime() + i * 1_000),
        };
      });
      const told = <T>(values: (T | null | undefined)[]) => values.filter((one) => one !== null && one !== undefined);
      const whs = told(
        steps.map((step, i) => (step.wh !== null && events[i]?.meterValues[0]?.sampledValues[0]?.value) || null),
      );
      return { events, whs, states: told(steps.map(({ state }) => state)) };
    });

  it('never bends energy or state, whichever of the messages it is in and however they come', () => {
    fc.assert(
      fc.property(
        sessionByAnyClock.chain(({ events, ...truth }) =>
          fc
            .tuple(
              fc.shuffledSubarray(events, { minLength: events.length }),
              fc.array(fc.constantFrom(...events), { maxLength: 4 }),
            )
            .map(([each, again]) => ({ events, arrived: [...each, ...again], ...truth })),
        ),
        ({ events, arrived, whs, states }) => {
          const transaction = all(...arrived);
          expect(transaction).toEqual(all(...events));
          const [first = 0, last = 0] = [whs[0], whs.at(-1)];
          expect(transaction.energy).toBe(whs.length > 0 ? last - first : undefined);
          expect(transaction.chargingState?.value).toBe(states.at(-1));
          const received = events.map(({ receivedAt }) => receivedAt.toISOString());
          expect(transaction.firstAt >= minutes(0).toISOString() && transaction.firstAt <= (received[0] ?? '')).toBe(
            true,
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('1.6: whether it was offline', () => {
  const start = event('started', 0);

  it('is not said by a start that is repeated for want of an answer', () => {
    const known = all(start);
    expect(merge(known, { ...start, receivedAt: minutes(9), offline: true })).not.toHaveProperty('offline');
  });

  it('is said by one that is heard for the first time', () => {
    expect(all({ ...start, offline: true })).toMatchObject({ offline: true });
    expect(merge(all(start), event('ended', 9, { offline: true }))).toMatchObject({ offline: true });
  });
});

describe('the token that it is charged to', () => {
  const started = event('started', 0);

  it('is the first that was presented', () => {
    const transaction = all(started, event('updated', 2, token('B')), event('updated', 1, token('A')));
    expect(transaction.idToken?.value.idToken).toBe('A');
  });

  it('is the first that may charge: plug first, a card that is refused, then another', () => {
    const [refused, accepted] = [event('updated', 1, token('A', 'Blocked')), event('updated', 2, token('B'))];
    expect(all(started, refused, accepted).idToken?.value.idToken).toBe('B');
    expect(all(started, accepted, refused).idToken?.value.idToken).toBe('B');
  });

  it('is the refused one as long as there is no other', () => {
    expect(all(started, event('updated', 1, token('A', 'Blocked'))).idToken?.value).toMatchObject({
      authorization: 'Blocked',
    });
  });

  it('is not the one that stops it', () => {
    const transaction = all(
      event('started', 0, token('A')),
      event('updated', 5, { ...token('B'), isStop: true }),
      event('ended', 6, token('B')),
    );
    expect(transaction.idToken?.value.idToken).toBe('A');
    expect(transaction.stopIdToken?.value.idToken).toBe('B');
  });
});
