import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calling, stored } from '../../test/memory/calling.js';
import { inMemory } from '../../test/memory/index.js';
import { forgottenFrom, sweepTransactions } from './forget.js';

const at = (minute: number) => `2026-01-02T03:${String(minute).padStart(2, '0')}:00Z`;
const iso = (minute: number) => new Date(at(minute)).toISOString();
const protocols = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const;
const hour = 60 * 60_000;

describe.each(protocols)('%s: a transaction whose end nobody told', (protocol) => {
  function setUp() {
    const memory = inMemory();
    memory.idTokens.put({ idToken: 'T1' });
    const { call: callAt, transaction, transactions } = calling(memory, protocol);
    /** Arrives a second after it was made, however late another arrives. */
    const call = (action: string, payload: object, minute: number) => {
      memory.clock.millis = Date.parse(at(minute)) + 1_000;
      return callAt(action, payload);
    };
    const tell = (eventType: string, minute: number, transactionId: string, more: object = {}) =>
      call(
        'TransactionEvent',
        {
          ...{ eventType, timestamp: at(minute), triggerReason: 'Trigger', seqNo: minute },
          ...{ transactionInfo: { transactionId }, ...more },
        },
        minute,
      );
    const sampled = (minute: number, value: number) =>
      protocol === 'ocpp1.6'
        ? [{ timestamp: at(minute), sampledValue: [{ value: String(value) }] }]
        : [{ timestamp: at(minute), sampledValue: [{ value }] }];
    const isOld = protocol === 'ocpp1.6';
    return {
      memory,
      call,
      callAt,
      transaction,
      transactions,
      /** Begins one at `minute`, on a connector, with as many Wh on its meter as minutes on the clock. */
      async start(minute: number, connectorId = 1, timestamp = at(minute)): Promise<string> {
        const id = `T${minute}`;
        if (isOld) {
          const payload = { connectorId, idTag: 'T1', meterStart: minute, timestamp };
          return String((await call('StartTransaction', payload, minute)).transactionId);
        }
        const idToken = { idToken: 'T1', type: 'ISO14443' };
        const more = { timestamp, evse: { id: connectorId }, idToken, meterValue: sampled(minute, minute) };
        await tell('Started', minute, id, more);
        return id;
      },
      /** The same by another day's clock, with another token. */
      async startAt(connectorId: number, timestamp: string): Promise<void> {
        if (isOld) await callAt('StartTransaction', { connectorId, idTag: 'T2', meterStart: 0, timestamp });
        else
          await callAt('TransactionEvent', {
            ...{ eventType: 'Started', timestamp, triggerReason: 'Trigger', seqNo: 0 },
            ...{ transactionInfo: { transactionId: 'later' }, evse: { id: connectorId } },
          });
      },
      async update(id: string, minute: number): Promise<void> {
        const meterValue = sampled(minute, minute);
        if (isOld) await call('MeterValues', { connectorId: 1, transactionId: Number(id), meterValue }, minute);
        else await tell('Updated', minute, id, { meterValue });
      },
      async stop(id: string, minute: number, reason = 'PowerLoss'): Promise<void> {
        if (isOld) {
          await call(
            'StopTransaction',
            {
              transactionId: Number(id),
              meterStop: minute,
              timestamp: at(minute),
              reason,
            },
            minute,
          );
        } else {
          const ended = {
            meterValue: sampled(minute, minute),
            transactionInfo: { transactionId: id, stoppedReason: reason },
          };
          await tell('Ended', minute, id, ended);
        }
      },
    };
  }

  it('is forgotten when a later one starts on its connector, and told', async () => {
    const { memory, start, transaction } = setUp();
    const first = await start(1);
    const second = await start(9);
    expect(transaction(first)).toMatchObject({ forgottenAt: iso(1) });
    expect(transaction(second)).not.toHaveProperty('forgottenAt');
    expect(memory.events.named('transaction-ended')).toMatchObject([
      { transactionId: first, forgotten: true, endedAt: iso(1) },
    ]);
  });

  it('is forgotten whichever of the two comes first', async () => {
    const [inOrder, late] = [setUp(), setUp()];
    for (const minute of [1, 9]) await inOrder.start(minute);
    for (const minute of [9, 1]) await late.start(minute);
    expect(stored(late.memory)).toEqual(stored(inOrder.memory));
    expect(late.memory.events.names()).toContain('transaction-ended');
  });

  /** Of each of three on one connector: its start, and what its meter shows soon, and when the next has begun. */
  const told = [1, 5, 9].flatMap((begun) => [
    { begun, minute: begun, isStart: true },
    { begun, minute: begun + 2, isStart: false },
    { begun, minute: begun + 20, isStart: false },
  ]);

  /** What is known of the three then, and which event holds of each that is over: the one of the greatest revision. */
  async function after(order: typeof told) {
    const { memory, start, update } = setUp();
    const ids: Record<number, string> = {};
    for (const { begun, minute, isStart } of order) {
      // A charge point of 1.6 has its transaction's id from the answer to the start.
      if (isStart || protocol === 'ocpp1.6') ids[begun] ??= await start(begun);
      if (!isStart) await update(ids[begun] ?? `T${begun}`, minute);
    }
    const ended = memory.events.named('transaction-ended');
    const inOrder = ended.sort((a, b) => Number(a.revision) - Number(b.revision));
    return {
      transactions: stored(memory).transactions,
      hold: Object.fromEntries(inOrder.map(({ transactionId, id }) => [transactionId, id])),
    };
  }

  it('is forgotten with the same end, in whatever order three starts and what follows them come', async () => {
    const inOrder = await after(told);
    const forgotten = Object.values(inOrder.transactions).flatMap(({ forgottenAt = [] }) => forgottenAt);
    expect(forgotten.sort()).toEqual([iso(21), iso(25)]);
    expect(Object.keys(inOrder.hold)).toHaveLength(2);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(told, { minLength: told.length }), async (order) => {
        expect(await after(order)).toEqual(inOrder);
      }),
      { numRuns: 100 },
    );
  });

  it('is one of the two, the same whichever comes first, when they started in the same second', async () => {
    const [inOrder, other] = [setUp(), setUp()];
    for (const minute of [1, 9]) await inOrder.start(minute, 1, at(5));
    for (const minute of [9, 1]) await other.start(minute, 1, at(5));
    expect(stored(other.memory)).toEqual(stored(inOrder.memory));
    expect(inOrder.transactions().filter(({ forgottenAt }) => forgottenAt)).toHaveLength(1);
  });

  it('is not the one that began after the clock was set right', async () => {
    const { start, transaction } = setUp();
    const before = await start(1, 1, '2099-01-01T00:00:00Z');
    const after = await start(9);
    expect(transaction(before)).toHaveProperty('forgottenAt');
    expect(transaction(after)).not.toHaveProperty('forgottenAt');
  });

  it('is not the one that begins after a power loss, by a clock that was set back', async () => {
    for (const timestamp of ['1970-01-01T00:01:00Z', '2026-01-02T03:07:30Z']) {
      const { memory, start, transaction } = setUp();
      const before = await start(8);
      const after = await start(9, 1, timestamp);
      expect(transaction(before)).toHaveProperty('forgottenAt');
      expect(transaction(after)).not.toHaveProperty('forgottenAt');
      const told = memory.events.emitted.map(({ name, transactionId }) => [name, transactionId]);
      expect(told.slice(1)).toEqual([
        ['transaction-ended', before],
        ['transaction-started', after],
      ]);
    }
  });

  it('is told to be over after it was told to have started, if its start comes late', async () => {
    const { memory, start } = setUp();
    await start(9);
    const late = await start(12, 1, at(1));
    const told = memory.events.emitted.filter(({ transactionId }) => transactionId === late);
    expect(told.map(({ name }) => name)).toEqual(['transaction-started', 'transaction-ended']);
  });

  it('is told by the next when whoever forgets it is interrupted', async () => {
    const { memory, start, transaction } = setUp();
    const first = await start(1);
    const { emit } = memory.events;
    const interrupted = async (doing: () => Promise<unknown>) => {
      memory.events.emit = () => Promise.reject(new Error('throttled'));
      await expect(doing()).rejects.toThrow('throttled');
      memory.events.emit = emit;
    };
    await interrupted(() => start(9));
    const second = await start(9);
    expect(transaction(first)).toHaveProperty('forgottenAt');
    memory.clock.advance(36 * hour);
    await interrupted(() => sweepTransactions(memory));
    await sweepTransactions(memory);
    await sweepTransactions(memory);
    expect(transaction(second)).toHaveProperty('forgottenAt');
    expect(memory.events.named('transaction-ended').map(({ transactionId }) => transactionId)).toEqual([first, second]);
  });

  it('is open as long as only another connector has a later one', async () => {
    const { start, transaction } = setUp();
    const first = await start(1);
    await start(9, 2);
    expect(transaction(first)).not.toHaveProperty('forgottenAt');
  });

  it('is ended by its stop after all, which is told anew', async () => {
    const { memory, start, stop, transaction } = setUp();
    const first = await start(1);
    await start(9);
    await stop(first, 7);
    expect(transaction(first)).toMatchObject({ ended: { value: { at: iso(7), reason: 'PowerLoss' } }, energy: 6 });
    const told = memory.events.named('transaction-ended');
    expect(told).toMatchObject([{ forgotten: true }, { endedAt: iso(7), reason: 'PowerLoss', energy: 6 }]);
    expect(told[1]).not.toHaveProperty('forgotten');
    expect(told[1]?.id).not.toBe(told[0]?.id);
    expect(Number(told[1]?.revision)).toBeGreaterThan(Number(told[0]?.revision));
    expect(transaction(first)).not.toHaveProperty('forgottenAt');
  });

  it('stays forgotten when something else is heard of it, or its start is told again', async () => {
    const { start, update, transaction } = setUp();
    const first = await start(1);
    const second = await start(9);
    await update(first, 8);
    await start(1);
    expect(transaction(first)).toMatchObject({ forgottenAt: iso(8), energy: 7 });
    expect(transaction(second)).not.toHaveProperty('forgottenAt');
  });

  it('is not ended by a boot: its stop comes after it', async () => {
    const { memory, call, start, stop, transaction } = setUp();
    const first = await start(1);
    const boot =
      protocol === 'ocpp1.6'
        ? { chargePointVendor: 'Acme', chargePointModel: 'One' }
        : { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'One' } };
    await call('BootNotification', boot, 8);
    expect(transaction(first)).not.toHaveProperty('forgottenAt');
    expect(memory.events.names()).not.toContain('transaction-ended');
    await stop(first, 9, 'Reboot');
    expect(transaction(first)).toMatchObject({ ended: { value: { reason: 'Reboot' } }, energy: 8 });
  });

  it('is forgotten after a day of silence, and not before', async () => {
    const { memory, start, transaction } = setUp();
    const first = await start(1);
    memory.clock.advance(24 * hour - 2_000);
    await sweepTransactions(memory);
    expect(transaction(first)).not.toHaveProperty('forgottenAt');
    memory.clock.advance(6 * hour);
    await sweepTransactions(memory);
    expect(transaction(first)).toMatchObject({ forgottenAt: iso(1) });
  });

  /** T1 may be in one transaction only, and nothing was heard of it for more than a day; its minutes are of the next day now. */
  async function silent() {
    const all = setUp();
    all.memory.idTokens.put({ idToken: 'T1', oneTransaction: true });
    const first = await all.start(1);
    all.memory.clock.advance(36 * hour);
    await sweepTransactions(all.memory);
    expect(all.transaction(first)).toHaveProperty('forgottenAt');
    /** Two days after what `minute` says, and received `late` after that. */
    const update = async (minute: number, { late = 0, wh = minute } = {}) => {
      const when = new Date(Date.parse(at(minute)) + 48 * hour);
      all.memory.clock.millis = when.getTime() + 1_000 + late;
      const timestamp = when.toISOString();
      const meterValue = [{ timestamp, sampledValue: [{ value: protocol === 'ocpp1.6' ? String(wh) : wh }] }];
      if (protocol === 'ocpp1.6')
        await all.callAt('MeterValues', { connectorId: 1, transactionId: Number(first), meterValue });
      else
        await all.callAt('TransactionEvent', {
          ...{ eventType: 'Updated', timestamp, triggerReason: 'MeterValuePeriodic', seqNo: minute, meterValue },
          transactionInfo: { transactionId: first },
        });
    };
    return { ...all, first, update };
  }

  it('and that was silent for a day goes on when something is heard of it after all, however often', async () => {
    const { memory, first, update, transaction } = await silent();
    for (const minute of [2, 3, 3, 20]) await update(minute);
    expect(transaction(first)).toMatchObject({ energy: 19 });
    expect(transaction(first)).not.toHaveProperty('forgottenAt');
    expect(await memory.transactions.openOn('CP1', 1)).toEqual([first]);
    expect(memory.idTokens.holders.get('T1')).toEqual({ chargePointId: 'CP1', transactionId: first });
    expect(memory.events.named('transaction-ended')).toHaveLength(1);
    expect(new Set(memory.events.named('transaction-updated').map(({ id }) => id)).size).toBe(2);
    memory.clock.advance(36 * hour);
    await sweepTransactions(memory);
    expect(transaction(first)).toHaveProperty('forgottenAt');
  });

  it('and that was silent for a day is not gone on with by what is told late, or was heard before', async () => {
    const { first, start, update, transaction } = await silent();
    await update(2, { late: 5 * 60_000 });
    await start(1);
    expect(transaction(first)).toMatchObject({ energy: 1, forgottenAt: expect.any(String) });
    await update(9);
    expect(transaction(first)).not.toHaveProperty('forgottenAt');
  });

  it('and that goes on leaves its token where that is meanwhile, and stays Accepted', async () => {
    const { memory, first, update, transaction } = await silent();
    const other = calling(memory, 'ocpp1.6', 'CP2');
    memory.clock.millis = Date.parse(at(1)) + 48 * hour;
    const timestamp = memory.clock.now().toISOString();
    await other.call('StartTransaction', { connectorId: 1, idTag: 'T1', meterStart: 0, timestamp });
    await update(2);
    expect(transaction(first)?.idToken?.value.authorization).toBe('Accepted');
    expect(memory.idTokens.holders.get('T1')?.chargePointId).toBe('CP2');
  });

  it('and that was silent for a day stays forgotten where a later one has begun, whichever of the two comes first', async () => {
    const tell = async (isUpdateFirst: boolean) => {
      const all = await silent();
      const later = async () => {
        const timestamp = new Date(Date.parse(at(2)) + 48 * hour);
        all.memory.clock.millis = timestamp.getTime() + 500;
        await all.startAt(1, timestamp.toISOString());
      };
      if (isUpdateFirst) await all.update(3);
      await later();
      for (const minute of [3, 4, 5, 20, 21]) await all.update(minute);
      return { ...all, stored: stored(all.memory) };
    };
    const [inOrder, other] = [await tell(true), await tell(false)];
    expect(inOrder.transaction(inOrder.first)).toMatchObject({ energy: 20, forgottenAt: expect.any(String) });
    expect(other.stored).toEqual(inOrder.stored);
    // As it was silent, as the later one was found, and once for each quarter of an hour.
    expect(other.memory.events.named('transaction-ended').length).toBeLessThanOrEqual(3);
    expect(await other.memory.transactions.openOn('CP1', 1)).toHaveLength(1);
  });

  it('is not forgotten when something is heard of it just as it was to be', async () => {
    const { memory, start, update, transaction } = setUp();
    const first = await start(1);
    memory.clock.millis = forgottenFrom(transaction(first) ?? { heardAt: '' }).getTime();
    const due = await memory.transactions.due(memory.clock.now(), 10);
    await update(first, 5);
    memory.transactions.due = async () => due;
    await sweepTransactions(memory);
    expect(transaction(first)).not.toHaveProperty('forgottenAt');
  });
});

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s', (protocol) => {
  it('E03 token first: one that gets its EVSE later makes the earlier one there forgotten', async () => {
    const memory = inMemory();
    memory.clock.millis = Date.parse(at(10));
    const { call, transaction } = calling(memory, protocol);
    const tell = (eventType: string, minute: number, transactionId: string, more: object = {}) =>
      call('TransactionEvent', {
        ...{ eventType, timestamp: at(minute), triggerReason: 'Trigger', seqNo: minute },
        ...{ transactionInfo: { transactionId }, ...more },
      });
    await tell('Started', 1, 'A', { evse: { id: 1 } });
    await tell('Started', 8, 'B');
    expect(transaction('A')).not.toHaveProperty('forgottenAt');
    await tell('Updated', 9, 'B', { evse: { id: 1 } });
    expect(transaction('A')).toMatchObject({ forgottenAt: iso(1) });
  });
});
