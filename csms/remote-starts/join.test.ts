import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { call } from '../../test/memory/call.js';

const token = '04A2B3';
const accepted = { status: 'Accepted' };
const second = 1_000;
const minute = 60 * second;

/** CP1, which was asked for remote starts and accepted them, one second after the other. */
async function asked16(...connectors: (number | undefined)[]) {
  const { memory, told, ask } = await connectedTo('ocpp1.6');
  memory.idTokens.put({ idToken: token });
  for (const connectorId of connectors) {
    await told('RemoteStartTransaction', { idTag: token, ...(connectorId && { connectorId }) }, accepted, 1);
  }
  return {
    memory,
    ask,
    told,
    /** A second later than what was before. @returns the command that the transaction came of */
    async start(connectorId: number, { idTag = token, kept = 0 } = {}): Promise<string | undefined> {
      memory.clock.advance(second);
      const timestamp = new Date(memory.clock.now().getTime() - kept).toISOString();
      const start = { connectorId, idTag, meterStart: 0, timestamp };
      const [, , result] = await call(memory, 'ocpp1.6', 'StartTransaction', start);
      const { transactionId } = result as { transactionId: number };
      return memory.transactions.items.get(`CP1/${transactionId}`)?.commandId;
    },
  };
}

describe('1.6 5.11 of several remote starts with one token', () => {
  it('the oldest comes first', async () => {
    const { start } = await asked16(undefined, undefined);
    expect([await start(1), await start(2)]).toEqual(['ask-1', 'ask-2']);
  });

  it('one that names the connector comes before one that leaves it open', async () => {
    const { start } = await asked16(undefined, 2, undefined);
    expect([await start(2), await start(2), await start(1)]).toEqual(['ask-2', 'ask-1', 'ask-3']);
  });

  it('one that was accepted comes before one that is not answered yet', async () => {
    const { start, ask } = await asked16(undefined);
    await ask('RemoteStartTransaction', { idTag: token });
    expect([await start(1), await start(2)]).toEqual(['ask-1', 'ask-2']);
  });
});

describe('1.6 5.11 a remote start', () => {
  it.each([0, 1, 3, 5 * 60])(
    'is joined by the start that follows its answer, by a clock that is %d min slow',
    async (slow) => {
      const { memory, start } = await asked16(1);
      expect(await start(1, { kept: slow * minute })).toBe('ask-1');
      const [transaction] = [...memory.transactions.items.values()];
      expect(transaction).not.toHaveProperty('offline');
      // Told again it is the same.
      memory.clock.advance(-second);
      expect(await start(1, { kept: slow * minute })).toBe('ask-1');
      expect([...memory.transactions.items.values()]).toHaveLength(1);
      expect([...memory.transactions.items.values()][0]).not.toHaveProperty('offline');
    },
  );

  it('is not joined by a start that is older than any clock is slow', async () => {
    const { start } = await asked16(undefined);
    expect(await start(1, { kept: 25 * 60 * minute })).toBeUndefined();
    expect(await start(1)).toBe('ask-1');
  });

  it('is taken by the start that really follows from one that the charge point had kept, whichever comes first', async () => {
    const profile = { stackLevel: 0, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative' };
    const chargingSchedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] };
    const chargingProfile = { chargingProfileId: 5, ...profile, chargingSchedule };
    for (const isKeptFirst of [true, false]) {
      const { memory, told, start } = await asked16();
      await told('RemoteStartTransaction', { idTag: token, connectorId: 1, chargingProfile }, accepted, 1);
      const begun = memory.clock.now().getTime();
      const kept = () => start(1, { kept: 3 * 60 * minute + memory.clock.now().getTime() - begun });
      if (isKeptFirst) {
        expect(await kept()).toBe('ask-1');
        const [first] = [...memory.transactions.items.values()];
        const payload = {
          transactionId: Number(first?.transactionId),
          meterStop: 5,
          timestamp: first?.startedAt?.value,
        };
        await call(memory, 'ocpp1.6', 'StopTransaction', payload);
      }
      expect(await start(1)).toBe('ask-1');
      expect(await kept()).toBeUndefined();
      const of = [...memory.transactions.items.values()];
      const live = of.find(({ commandId }) => commandId === 'ask-1');
      expect(of).toHaveLength(2);
      expect(of.find((one) => one !== live)).toMatchObject({ offline: true });
      expect(live).not.toHaveProperty('offline');
      expect(memory.commands.items.get('CP1/ask-1')?.transactionId).toBe(live?.transactionId);
      const profiles = await memory.inventory.list('CP1', 'charging-profile');
      expect(profiles.map(({ detail }) => detail)).toMatchObject([
        { chargingProfile: { id: 5, transactionId: live?.transactionId } },
      ]);
    }
  });

  it('that is not answered yet is not joined by a start that the charge point kept while it had no connection', async () => {
    const { start, ask } = await asked16();
    await ask('RemoteStartTransaction', { idTag: token });
    expect(await start(1, { kept: 30 * minute })).toBeUndefined();
    expect(await start(1)).toBe('ask-1');
  });

  it('is not meant where another command is not answered yet', async () => {
    const { start, ask } = await asked16();
    await ask('ClearCache', {});
    expect(await start(1)).toBeUndefined();
  });
});

describe('2.x F01 a remote start that is answered with a transaction that is there already', () => {
  const idToken = { idToken: token, type: 'ISO14443' };
  const started = {
    eventType: 'Started',
    seqNo: 0,
    triggerReason: 'CablePluggedIn',
    transactionInfo: { transactionId: 't1' },
  };

  async function answeredWith(transactionId: string, remoteStartIds = [7]) {
    const { memory, told } = await connectedTo('ocpp2.0.1');
    const timestamp = memory.clock.now().toISOString();
    await call(memory, 'ocpp2.0.1', 'TransactionEvent', { ...started, timestamp });
    for (const remoteStartId of remoteStartIds) {
      await told('RequestStartTransaction', { remoteStartId, idToken }, { ...accepted, transactionId }, 1);
    }
    return memory;
  }

  it('is joined to it by that answer', async () => {
    const memory = await answeredWith('t1');
    expect(memory.transactions.items.get('CP1/t1')).toMatchObject({ transactionId: 't1', commandId: 'ask-1' });
    expect(memory.commands.items.get('CP1/ask-1')).toMatchObject({ transactionId: 't1' });
  });

  it('leaves it to the one that it was joined to before', async () => {
    const memory = await answeredWith('t1', [7, 8]);
    expect(memory.transactions.items.get('CP1/t1')).toMatchObject({ commandId: 'ask-1' });
  });

  it('makes no transaction of one that is not known', async () => {
    const memory = await answeredWith('t2');
    expect([...memory.transactions.items.keys()]).toEqual(['CP1/t1']);
  });
});

describe('2.x F01 a remote start', () => {
  it('keeps its transaction, and that its remote start, whatever is told later', async () => {
    const { memory, told } = await connectedTo('ocpp2.0.1');
    const idToken = { idToken: token, type: 'ISO14443' };
    const say = (eventType: string, seqNo: number, transactionId: string, remoteStartId?: number) =>
      call(memory, 'ocpp2.0.1', 'TransactionEvent', {
        ...{ eventType, seqNo, timestamp: memory.clock.now().toISOString(), triggerReason: 'RemoteStart' },
        transactionInfo: { transactionId, ...(remoteStartId && { remoteStartId }) },
      });
    for (const remoteStartId of [7, 8]) {
      await told('RequestStartTransaction', { remoteStartId, idToken }, accepted);
    }
    await say('Started', 0, 't1', 7);
    await say('Updated', 1, 't1', 8);
    await say('Started', 0, 't2', 7);
    await say('Started', 0, 't3');
    const commandOf = (id: string) => memory.transactions.items.get(`CP1/${id}`)?.commandId;
    expect(['t1', 't2', 't3'].map(commandOf)).toEqual(['ask-1', undefined, undefined]);
    expect(memory.commands.items.get('CP1/ask-1')).toMatchObject({ transactionId: 't1' });
    expect(memory.commands.items.get('CP1/ask-2')).not.toHaveProperty('transactionId');
  });
});
