import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calling } from '../../test/memory/calling.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { atOnce } from '../../test/memory/turn.js';
import type { Protocol } from '../ocpp/protocol.js';
import type { Transaction } from './ports.js';

const at = (minute: number) => `2026-01-02T03:${String(minute).padStart(2, '0')}:00Z`;

function setUp(turn = atOnce) {
  const memory = inMemory({ turn });
  memory.clock.millis = Date.parse(at(0)) + 1_000;
  memory.idTokens.put({ idToken: 'ONE', oneTransaction: true });
  return memory;
}

/** A charge point, whatever its version: the answer's status is all that is asked of it. */
function chargePoint(memory: Memory, protocol: Protocol, chargePointId: string) {
  const { call, ...rest } = calling(memory, protocol, chargePointId);
  const idToken = { idToken: 'one', type: 'ISO14443' };
  const tell = (eventType: string, minute: number, transactionId: string, more: object = {}) =>
    call('TransactionEvent', {
      ...{ eventType, timestamp: at(minute), triggerReason: 'Authorized', seqNo: minute },
      ...{ transactionInfo: { transactionId }, evse: { id: 1 }, ...more },
    });
  return {
    ...rest,
    call,
    tell,
    async start(minute: number): Promise<{ id: string; status: string }> {
      const id = `T${minute}`;
      if (protocol !== 'ocpp1.6') {
        return { id, status: (await tell('Started', minute, id, { idToken })).idTokenInfo.status };
      }
      const payload = { connectorId: 1, idTag: 'one', meterStart: minute, timestamp: at(minute) };
      const { transactionId, idTagInfo } = await call('StartTransaction', payload);
      return { id: String(transactionId), status: idTagInfo.status };
    },
    async stop(id: string, minute: number): Promise<void> {
      if (protocol !== 'ocpp1.6') await tell('Ended', minute, id);
      else await call('StopTransaction', { transactionId: Number(id), meterStop: 9_000, timestamp: at(minute) });
    },
  };
}

describe.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)(
  '%s: a token that may be in one transaction',
  (protocol) => {
    it('TC_023, C: is ConcurrentTx in a second one, which is recorded', async () => {
      const memory = setUp();
      const [a, b] = [chargePoint(memory, protocol, 'A'), chargePoint(memory, 'ocpp2.0.1', 'B')];
      expect((await b.start(0)).status).toBe('Accepted');
      const { id, status } = await a.start(1);
      expect(status).toBe('ConcurrentTx');
      expect(a.transaction(id)?.idToken?.value.authorization).toBe('ConcurrentTx');
      expect(memory.events.named('transaction-started')).toMatchObject([
        { chargePointId: 'B', authorization: 'Accepted' },
        { chargePointId: 'A', authorization: 'ConcurrentTx' },
      ]);
    });

    it('is told the same when the start is told again, whatever happened meanwhile', async () => {
      const memory = setUp();
      const [a, b] = [chargePoint(memory, protocol, 'A'), chargePoint(memory, protocol, 'B')];
      const first = await b.start(0);
      const second = await a.start(1);
      expect(await b.start(0)).toEqual(first);
      expect(await a.start(1)).toEqual(second);
      await b.stop(first.id, 5);
      expect(await a.start(1)).toEqual(second);
      expect(await b.start(0)).toEqual(first);
      expect(memory.idTokens.holders.size).toBe(0);
    });

    it('may be in another after its end', async () => {
      const memory = setUp();
      const [a, b] = [chargePoint(memory, protocol, 'A'), chargePoint(memory, protocol, 'B')];
      await b.stop((await b.start(0)).id, 5);
      expect((await a.start(6)).status).toBe('Accepted');
    });

    it('is not given back by the end of one that it was refused in', async () => {
      const memory = setUp();
      const [a, b] = [chargePoint(memory, protocol, 'A'), chargePoint(memory, protocol, 'B')];
      await b.start(0);
      await a.stop((await a.start(1)).id, 2);
      expect((await a.start(3)).status).toBe('ConcurrentTx');
    });

    it('may be in another once its transaction was forgotten: the connector has a later one', async () => {
      const memory = setUp();
      const a = chargePoint(memory, protocol, 'A');
      const first = await a.start(0);
      expect((await a.start(5)).status).toBe('Accepted');
      expect(a.transaction(first.id)).toHaveProperty('forgottenAt');
    });

    it('is not looked for in what is told late: an offline session refuses nobody, and is refused by nobody', async () => {
      const memory = setUp();
      const [a, b] = [chargePoint(memory, protocol, 'A'), chargePoint(memory, protocol, 'B')];
      memory.clock.millis = Date.parse(at(30)) + 1_000;
      expect((await b.start(30)).status).toBe('Accepted');
      const old = await a.start(0);
      expect(await a.start(0)).toEqual(old);
      await a.tell('Updated', 3, old.id).catch(() => undefined);
      await a.stop(old.id, 5);
      expect(old.status).toBe('Accepted');
      expect(a.transaction(old.id)?.idToken?.value.authorization).toBe('Accepted');
      expect(memory.idTokens.holders.get('ONE')?.chargePointId).toBe('B');
    });

    it('is free for a driver elsewhere, though the end of an offline session is still to be told', async () => {
      const memory = setUp();
      const [a, b] = [chargePoint(memory, protocol, 'A'), chargePoint(memory, protocol, 'B')];
      memory.clock.millis = Date.parse(at(30)) + 1_000;
      const old = await a.start(0);
      const live = await b.start(30);
      await a.stop(old.id, 5);
      expect([old.status, live.status]).toEqual(['Accepted', 'Accepted']);
      expect(memory.idTokens.holders.get('ONE')?.chargePointId).toBe('B');
    });

    it('is taken over from a transaction that is over and never gave it back', async () => {
      const memory = setUp();
      const [a, b] = [chargePoint(memory, protocol, 'A'), chargePoint(memory, protocol, 'B')];
      const { id } = await b.start(0);
      await b.stop(id, 5);
      // Whoever started it went on only now.
      await memory.idTokens.hold('ONE', { chargePointId: 'B', transactionId: id });
      expect((await a.start(6)).status).toBe('Accepted');
      expect(memory.idTokens.holders.get('ONE')?.chargePointId).toBe('A');
    });

    it('is Accepted in exactly one of several that start at once, in whatever order their steps are taken', async () => {
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, howMany) => {
          const memory = setUp(() => scheduler.schedule(Promise.resolve()));
          const chargePoints = Array.from({ length: howMany }, (_, i) => chargePoint(memory, protocol, `CP${i}`));
          const answers = await scheduler.waitFor(Promise.all(chargePoints.map(({ start }) => start(1))));
          const accepted = answers.filter(({ status }) => status === 'Accepted');
          expect([accepted.length, answers.filter(({ status }) => status === 'ConcurrentTx').length]).toEqual([
            1,
            howMany - 1,
          ]);
          const recorded = chargePoints.flatMap(({ transactions }) => transactions());
          const charged = recorded.filter(({ idToken }) => idToken?.value.authorization === 'Accepted');
          expect(charged.map(({ chargePointId }) => chargePointId)).toEqual([
            memory.idTokens.holders.get('ONE')?.chargePointId,
          ]);
        }),
      );
    });

    it('is in one transaction, with one answer, when its start is delivered several times at once', async () => {
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), async (scheduler) => {
          const memory = setUp(() => scheduler.schedule(Promise.resolve()));
          const { start, transactions } = chargePoint(memory, protocol, 'A');
          const [first, ...again] = await scheduler.waitFor(Promise.all([start(1), start(1), start(1)]));
          expect(first.status).toBe('Accepted');
          expect(again).toEqual([first, first]);
          expect(transactions()).toMatchObject([{ transactionId: first.id }]);
          expect(memory.events.names()).toEqual(['transaction-started']);
        }),
      );
    });

    it('that was deleted meanwhile is what any unknown one is', async () => {
      const memory = setUp();
      const a = chargePoint(memory, protocol, 'A');
      const { id } = await a.start(0);
      memory.idTokens.items.delete('ONE');
      await a.stop(id, 5);
      expect(a.transaction(id)).toHaveProperty('ended');
      expect((await a.start(6)).status).toBe(protocol === 'ocpp1.6' ? 'Invalid' : 'Unknown');
    });
  },
);

it.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)(
  '%s: a token of which nothing is said charges at several places at once',
  async (protocol) => {
    const memory = inMemory();
    memory.idTokens.put({ idToken: 'ONE' });
    for (const id of ['A', 'B', 'C'])
      expect((await chargePoint(memory, protocol, id).start(0)).status).toBe('Accepted');
    expect(memory.idTokens.holders.size).toBe(0);
  },
);

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s: a token that is presented later', (protocol) => {
  const [one, other] = ['ONE', 'OTHER'].map((idToken) => ({ idToken: { idToken, type: 'ISO14443' } }));

  /** It is in a transaction at B, and one without a token has begun at A. */
  async function plugged() {
    const memory = setUp();
    memory.idTokens.put({ idToken: 'OTHER' });
    const [a, b] = [chargePoint(memory, protocol, 'A'), chargePoint(memory, protocol, 'B')];
    const { id } = await b.start(0);
    await a.tell('Started', 1, 'P');
    return { memory, a, end: () => b.stop(id, 9) };
  }

  it('is free after the end, though that is handled at the same time as the start', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const memory = setUp(() => scheduler.schedule(Promise.resolve()));
        const [a, b] = [chargePoint(memory, protocol, 'A'), chargePoint(memory, protocol, 'B')];
        await scheduler.waitFor(Promise.all([a.start(1), a.stop('T1', 5)]));
        expect(a.transactions()).toMatchObject([{ startedAt: { value: expect.any(String) }, ended: { value: {} } }]);
        expect((await scheduler.waitFor(b.start(6))).status).toBe('Accepted');
      }),
    );
  });

  it('C: is told NotAtThisTime: ConcurrentTx is for the start alone', async () => {
    const { a } = await plugged();
    expect(await a.tell('Updated', 2, 'P', one)).toEqual({ idTokenInfo: { status: 'NotAtThisTime' } });
    expect(a.transaction('P')?.idToken?.value.authorization).toBe('ConcurrentTx');
  });

  it('C: does not stand in the way of another', async () => {
    const { memory, a } = await plugged();
    const refused = await a.tell('Updated', 2, 'P', one);
    expect(await a.tell('Updated', 3, 'P', other)).toEqual({ idTokenInfo: { status: 'Accepted' } });
    expect(await a.tell('Updated', 2, 'P', one)).toEqual(refused);
    expect(a.transaction('P')?.idToken?.value).toMatchObject({ idToken: 'OTHER', authorization: 'Accepted' });
    expect(memory.idTokens.holders.get('ONE')?.chargePointId).toBe('B');
  });

  it('C: is Accepted when it is presented again after the other has ended', async () => {
    const { memory, a, end } = await plugged();
    await a.tell('Updated', 2, 'P', one);
    await end();
    expect(await a.tell('Updated', 10, 'P', one)).toEqual({ idTokenInfo: { status: 'Accepted' } });
    expect(memory.idTokens.holders.get('ONE')?.chargePointId).toBe('A');
    await a.stop('P', 11);
    expect(memory.idTokens.holders.size).toBe(0);
  });

  it('C: is taken for a transaction whose first token turns out to be in another', async () => {
    const { memory, a } = await plugged();
    memory.idTokens.put({ idToken: 'OTHER', oneTransaction: true });
    memory.idTokens.put({ idToken: 'ONE' });
    await a.tell('Updated', 2, 'P', one);
    // Whoever was to take the first for it died before.
    const transition = (known?: Transaction) =>
      known?.idToken && {
        ...known,
        idToken: { ...known.idToken, value: { ...known.idToken.value, oneTransaction: true as const } },
      };
    await memory.transactions.change('A', 'P', transition);
    expect(await a.tell('Updated', 3, 'P', other)).toEqual({ idTokenInfo: { status: 'Accepted' } });
    expect(a.transaction('P')?.idToken?.value.idToken).toBe('OTHER');
    expect(memory.idTokens.holders.get('OTHER')).toEqual({ chargePointId: 'A', transactionId: 'P' });
  });

  it('C: that ends a transaction may do so wherever else it is', async () => {
    const { a } = await plugged();
    await a.tell('Updated', 1, 'P', one);
    const stop = { ...one, triggerReason: 'StopAuthorized' };
    expect(await a.tell('Updated', 2, 'P', stop)).toEqual({ idTokenInfo: { status: 'Accepted' } });
    expect(await a.tell('Ended', 3, 'P', stop)).toEqual({ idTokenInfo: { status: 'Accepted' } });
    expect(a.transaction('P')?.idToken?.value.authorization).toBe('ConcurrentTx');
  });
});
