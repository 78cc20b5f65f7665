import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { calling } from '../../test/memory/calling.js';

const accepted = { status: 'Accepted' };

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s E05 the token of a remote start', (protocol) => {
  const central = { idToken: 'ONCE', type: 'Central' };

  async function asked() {
    const { memory, told } = await connectedTo(protocol);
    const { call, transaction } = calling(memory, protocol);
    let seqNo = 0;
    const event = (eventType: string, { info = {}, ...more }: { info?: object; idToken?: object } = {}) => ({
      ...{ eventType, seqNo: seqNo++, timestamp: memory.clock.now().toISOString(), triggerReason: 'RemoteStart' },
      ...{ transactionInfo: { transactionId: 't1', ...info }, evse: { id: 1 }, ...more },
    });
    const send = (answer: object = accepted) =>
      told('RequestStartTransaction', { remoteStartId: 7, idToken: central }, answer, 1);
    const tell = (told: object) => call('TransactionEvent', told);
    return { memory, transaction, send, event, tell };
  }
  const remote = { info: { remoteStartId: 7 } };

  it('C05 that nobody knows is Accepted in the transaction that came of it, however often it is presented', async () => {
    const { memory, transaction, send, event, tell } = await asked();
    await send();
    const started = event('Started', { ...remote, idToken: { ...central, idToken: 'once' } });
    for (let i = 0; i < 2; i++) expect(await tell(started)).toEqual({ idTokenInfo: accepted });
    memory.clock.advance(1_000);
    for (let i = 0; i < 2; i++)
      expect(await tell(event('Updated', { idToken: central }))).toEqual({ idTokenInfo: accepted });
    expect(transaction('t1')?.idToken?.value).toMatchObject({ idToken: 'once', authorization: 'Accepted' });
    expect(transaction('t1')).not.toHaveProperty('otherIdTokens');
    expect(memory.events.named('transaction-started')).toMatchObject(
      [accepted, accepted].map(() => ({ authorization: 'Accepted' })),
    );
    await tell(event('Ended'));
    expect(await tell(started)).toEqual({ idTokenInfo: accepted });
  });

  it('is Accepted also where the cable came first, and the answer named the transaction', async () => {
    const { send, event, tell } = await asked();
    await tell(event('Started'));
    await send({ ...accepted, transactionId: 't1' });
    expect(await tell(event('Updated', { ...remote, idToken: central }))).toEqual({ idTokenInfo: accepted });
  });

  it.each([
    ['of another type', { idToken: 'ONCE', type: 'KeyCode' }],
    ['of another text', { idToken: 'OTHER', type: 'Central' }],
  ])('is not one %s', async (_, idToken) => {
    const { send, event, tell } = await asked();
    await send();
    expect(await tell(event('Started', { ...remote, idToken }))).toEqual({ idTokenInfo: { status: 'Unknown' } });
  });

  it('is unknown in what no remote start of ours asked for', async () => {
    const { event, tell } = await asked();
    expect(await tell(event('Started', { ...remote, idToken: central }))).toEqual({
      idTokenInfo: { status: 'Unknown' },
    });
  });

  it.each([
    ['Blocked', { status: 'Blocked' as const }],
    ['Expired', { expiry: new Date(0) }],
  ])('stays %s when that is known of it', async (status, known) => {
    const { memory, send, event, tell } = await asked();
    memory.idTokens.put({ idToken: 'ONCE', ...known });
    await send();
    expect(await tell(event('Started', { ...remote, idToken: central }))).toEqual({ idTokenInfo: { status } });
  });
});

describe('1.6 5.11 the token of a remote start', () => {
  it('that nobody knows is Accepted in the start that follows, and in no other', async () => {
    const { memory, told } = await connectedTo('ocpp1.6');
    const { call } = calling(memory, 'ocpp1.6');
    await told('RemoteStartTransaction', { idTag: 'ONCE' }, accepted, 1);
    const start = (connectorId: number) =>
      call('StartTransaction', { connectorId, idTag: 'once', meterStart: 0, timestamp: '2026-01-01T12:00:05Z' });
    const first = await start(1);
    expect(first.idTagInfo).toEqual(accepted);
    expect(await start(1)).toEqual(first);
    expect((await start(2)).idTagInfo).toEqual({ status: 'Invalid' });
  });
});
