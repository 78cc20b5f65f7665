import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { call } from '../../test/memory/call.js';
import type { Memory } from '../../test/memory/index.js';
import type { Protocol } from '../ocpp/protocol.js';

const token = '04A2B3';
const accepted = { status: 'Accepted' };

async function connected(protocol: Protocol) {
  const all = await connectedTo(protocol);
  all.memory.idTokens.put({ idToken: token });
  const { memory } = all;
  const command = (id: string) => memory.commands.items.get(`CP1/${id}`);
  const transactions = () => [...memory.transactions.items.values()];
  return { ...all, command, transactions };
}

const schedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] };
const profile = { stackLevel: 0, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative' };
const profile16 = { chargingProfileId: 5, ...profile, chargingSchedule: schedule };
const profile2x = { id: 5, ...profile, chargingSchedule: [{ id: 1, ...schedule }] };
const profiles = async (memory: Memory) =>
  (await memory.inventory.list('CP1', 'charging-profile')).map(({ detail }) => detail);

/** A 1.6 charge point starts a transaction. @returns its id */
async function start16(memory: Memory, { connectorId = 1, idTag = token } = {}): Promise<string> {
  const timestamp = memory.clock.now().toISOString();
  const [, , result] = await call(memory, 'ocpp1.6', 'StartTransaction', {
    connectorId,
    idTag,
    meterStart: 0,
    timestamp,
  });
  return String((result as { transactionId: number }).transactionId);
}

describe('1.6 5.11 a remote start', () => {
  const remoteStart = (more: object = {}) => ['RemoteStartTransaction', { idTag: token, ...more }] as const;

  it('TC_010 is joined by the first start with its token', async () => {
    const { ask, reply, memory, command, transactions } = await connected('ocpp1.6');
    const id = await ask(...remoteStart());
    await reply(id, accepted);
    const transactionId = await start16(memory);
    expect(command(id)).toMatchObject({ status: 'accepted', transactionId });
    expect(transactions()).toMatchObject([{ transactionId, commandId: id }]);
    expect(memory.events.named('transaction-started')).toMatchObject([{ commandId: id }]);
    await start16(memory, { connectorId: 2 });
    expect(transactions()[1]?.commandId).toBeUndefined();
  });

  it('is joined by a start that is told before its answer: the two may overtake each other', async () => {
    const { ask, reply, memory, command } = await connected('ocpp1.6');
    const id = await ask(...remoteStart({ connectorId: 1 }));
    const transactionId = await start16(memory);
    await reply(id, accepted);
    expect(command(id)).toMatchObject({ status: 'accepted', transactionId });
  });

  it.each([
    ['another token', { idTag: 'OTHER' }],
    ['another connector', { connectorId: 2 }],
  ])('is not joined by a start with %s', async (_, start) => {
    const { ask, reply, memory, command } = await connected('ocpp1.6');
    const id = await ask(...remoteStart({ connectorId: 1 }));
    await reply(id, accepted);
    await start16(memory, start);
    expect(command(id)).not.toHaveProperty('transactionId');
  });

  it.each([
    [120, true],
    [121, false],
  ])('is joined by a start %d s later: %s', async (seconds, isJoined) => {
    const { ask, reply, memory, command } = await connected('ocpp1.6');
    const id = await ask(...remoteStart());
    await reply(id, accepted);
    memory.clock.advance(seconds * 1_000);
    await start16(memory);
    expect(command(id)?.transactionId !== undefined).toBe(isJoined);
  });

  it('TC_026 that is rejected leaves nothing', async () => {
    const { ask, reply, memory, command, transactions } = await connected('ocpp1.6');
    const id = await ask(...remoteStart());
    await reply(id, { status: 'Rejected' });
    expect(transactions()).toEqual([]);
    expect(await memory.inventory.list('CP1', 'remote-start')).toEqual([]);
    await start16(memory);
    expect(command(id)).not.toHaveProperty('transactionId');
  });

  it('two with one token and two connectors are joined each by its own, in whatever order they start', async () => {
    const { told, memory, transactions } = await connected('ocpp1.6');
    await told(...remoteStart(), accepted, 1);
    await told(...remoteStart({ connectorId: 2 }), accepted, 1);
    await start16(memory, { connectorId: 2 });
    await start16(memory, { connectorId: 1 });
    expect(transactions()).toMatchObject([
      { evseId: 2, commandId: 'ask-2' },
      { evseId: 1, commandId: 'ask-1' },
    ]);
  });

  it('K05 leaves its charging profile to the transaction, which takes it along when it ends', async () => {
    const { told, memory } = await connected('ocpp1.6');
    await told(...remoteStart({ chargingProfile: profile16 }), accepted, 1);
    const transactionId = await start16(memory);
    expect(await profiles(memory)).toMatchObject([{ evseId: 1, chargingProfile: { id: 5, transactionId } }]);
    const timestamp = memory.clock.now().toISOString();
    await call(memory, 'ocpp1.6', 'StopTransaction', { transactionId: Number(transactionId), meterStop: 1, timestamp });
    expect(await profiles(memory)).toEqual([]);
  });

  it('has one transaction, when two starts with its token are told at once', async () => {
    const { told, memory, transactions } = await connected('ocpp1.6');
    await told(...remoteStart(), accepted);
    await Promise.all([1, 2, 3].map((connectorId) => start16(memory, { connectorId })));
    expect(transactions().filter(({ commandId }) => commandId === 'ask-1')).toHaveLength(1);
  });
});

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s F01, F02 a remote start', (protocol) => {
  const idToken = { idToken: token, type: 'ISO14443' };
  const remoteStart = ['RequestStartTransaction', { remoteStartId: 7, idToken }] as const;
  const event = (memory: Memory, eventType: string, seqNo: number, info: object = {}) =>
    call(memory, protocol, 'TransactionEvent', {
      ...{ eventType, seqNo, timestamp: memory.clock.now().toISOString(), triggerReason: 'RemoteStart' },
      ...{ transactionInfo: { transactionId: 't1', ...info }, evse: { id: 1, connectorId: 1 } },
    });

  it('is joined by the transaction that names it, before or after its answer', async () => {
    for (const isFirst of [true, false]) {
      const { ask, reply, memory, command, transactions } = await connected(protocol);
      const id = await ask(...remoteStart);
      if (isFirst) await event(memory, 'Started', 0, { remoteStartId: 7 });
      await reply(id, accepted);
      if (!isFirst) await event(memory, 'Started', 0, { remoteStartId: 7 });
      expect(command(id)).toMatchObject({ status: 'accepted', transactionId: 't1' });
      expect(transactions()).toMatchObject([{ transactionId: 't1', remoteStartId: 7, commandId: id }]);
    }
  });

  it('F01 is joined by the transaction that was there when the cable came first', async () => {
    const { ask, reply, memory, command, transactions } = await connected(protocol);
    await event(memory, 'Started', 0);
    const id = await ask(...remoteStart);
    await reply(id, { ...accepted, transactionId: 't1' });
    await event(memory, 'Updated', 1, { remoteStartId: 7 });
    expect(command(id)).toMatchObject({ transactionId: 't1' });
    expect(transactions()).toMatchObject([{ commandId: id }]);
  });

  it.each([true, false])(
    'K05 leaves its charging profile to the transaction, until that ends',
    async (isThereAlready) => {
      const { ask, reply, memory } = await connected(protocol);
      if (isThereAlready) await event(memory, 'Started', 0);
      const id = await ask('RequestStartTransaction', { ...remoteStart[1], chargingProfile: profile2x });
      await reply(id, { ...accepted, ...(isThereAlready && { transactionId: 't1' }) }, 1);
      await event(memory, isThereAlready ? 'Updated' : 'Started', 1, { remoteStartId: 7 });
      expect(await profiles(memory)).toMatchObject([{ chargingProfile: { id: 5, transactionId: 't1' } }]);
      await event(memory, 'Ended', 2);
      expect(await profiles(memory)).toEqual([]);
    },
  );

  it('is not joined by another', async () => {
    const { told, memory, command } = await connected(protocol);
    await told(...remoteStart, accepted);
    await event(memory, 'Started', 0, { remoteStartId: 8 });
    expect(command('ask-1')).not.toHaveProperty('transactionId');
  });

  it('F04 a remote stop that is rejected leaves the transaction open', async () => {
    const { told, memory, transactions } = await connected(protocol);
    await event(memory, 'Started', 0);
    expect(await told('RequestStopTransaction', { transactionId: 't1' }, { status: 'Rejected' })).toBe('rejected');
    expect(transactions()[0]?.ended).toBeUndefined();
  });
});
