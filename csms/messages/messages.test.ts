import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory } from '../../test/memory/index.js';
import { deliver } from '../deliver.js';
import type { FrameOrigin } from '../frame-topics.js';
import { keepCall } from './keep.js';

const text = '[2,"m1","Authorize",{"idTag":"A"}]';
const reply = '[3,"m1",{"idTagInfo":{"status":"Accepted"}}]';

function hearing(stage: Parameters<typeof inMemory>[0] = {}) {
  const memory = inMemory(stage);
  const origin: FrameOrigin = { connectionId: 'c1', protocol: 'ocpp1.6', receivedAt: memory.clock.now() };
  const logged = () => [...memory.messages.items.values()];
  const asked = { chargePointId: 'CP1', text, reply, origin };
  return { memory, origin, logged, asked };
}

describe('a CALL of a charge point', () => {
  it('is logged with its answer, and how long that took', async () => {
    const { memory, logged, asked } = hearing();
    memory.clock.advance(42);
    await keepCall(asked, memory);
    expect(logged()).toEqual([
      {
        ...{ chargePointId: 'CP1', messageId: 'm1', connectionId: 'c1', protocol: 'ocpp1.6' },
        ...{ askedBy: 'charge-point', action: 'Authorize', at: '2026-01-02T03:04:05.000Z' },
        request: { json: '{"idTag":"A"}' },
        answer: { by: 'csms', latency: 42, type: 'CALLRESULT', json: '{"idTagInfo":{"status":"Accepted"}}' },
      },
    ]);
  });

  it('is logged with the error that it is answered', async () => {
    const { memory, logged, asked } = hearing();
    await keepCall({ ...asked, reply: '[4,"m1","NotSupported","no",{}]' }, memory);
    const json = '{"code":"NotSupported","description":"no","details":{}}';
    expect(logged()).toMatchObject([
      { answer: { by: 'csms', type: 'CALLERROR', refusal: 'action-not-for-csms', json } },
    ]);
  });

  it('that is told twice is logged once', async () => {
    const { memory, logged, asked } = hearing();
    await keepCall(asked, memory);
    memory.clock.advance(60_000);
    await keepCall(asked, memory);
    expect(logged()).toMatchObject([{ answer: { latency: 0 } }]);
  });

  it('is logged without an answer when it is a SEND', async () => {
    const { memory, logged, asked, origin } = hearing();
    const sent = '[6,"m1","NotifyPeriodicEventStream",{}]';
    await keepCall({ ...asked, text: sent, reply: undefined, origin: { ...origin, protocol: 'ocpp2.1' } }, memory);
    expect(logged()).toMatchObject([{ action: 'NotifyPeriodicEventStream' }]);
    expect(logged()[0]).not.toHaveProperty('answer');
  });

  it.each(['[3,"m1",{}]', '[4,"m1","GenericError","",{}]', 'no frame'])('is not what %s is', async (other) => {
    const { memory, logged, asked } = hearing();
    await keepCall({ ...asked, text: other }, memory);
    expect(logged()).toEqual([]);
  });

  it('is logged nowhere in a stage without a log', async () => {
    const { memory, logged, asked } = hearing();
    await keepCall(asked, { ...memory, messages: undefined });
    expect(logged()).toEqual([]);
  });
});

describe('a CALL that is answered elsewhere', () => {
  const builtIn = reply;
  const elsewhere = '[3,"m1",{"idTagInfo":{"status":"Blocked"}}]';

  async function contested(order: ('elsewhere' | 'csms')[]) {
    const { memory, logged, asked, origin } = hearing({ stage: { answeredElsewhere: ['Authorize'] } });
    await memory.connections.change('CP1', () => ({
      ...{ current: { connectionId: 'c1', protocol: 'ocpp1.6', since: '2026-01-02T03:04:00.000Z' } },
      ...{ opening: [], replaced: [], replacedAt: [] },
    }));
    memory.sockets.connect('c1');
    await keepCall({ ...asked, reply: undefined }, memory);
    expect(logged()[0]).not.toHaveProperty('answer');
    for (const by of order) {
      memory.clock.advance(1_000);
      const out = by === 'csms' ? { ...origin, text: builtIn } : { text: elsewhere };
      const nobodys = { connectionId: undefined, receivedAt: undefined, isContested: false };
      const message = { chargePointId: 'CP1', publishedAt: memory.clock.now(), ...nobodys };
      await deliver({ ...message, ...out, isContested: by === 'csms' }, memory);
    }
    return logged();
  }

  it('is logged with that answer when the built-in one comes for nothing', async () => {
    const json = '{"idTagInfo":{"status":"Blocked"}}';
    expect(await contested(['elsewhere', 'csms'])).toMatchObject([
      { action: 'Authorize', answer: { by: 'elsewhere', latency: 1_000, json } },
    ]);
  });

  it('is logged with the built-in answer when nobody else was faster', async () => {
    expect(await contested(['csms', 'elsewhere'])).toMatchObject([{ answer: { by: 'csms', latency: 1_000 } }]);
  });
});

describe('a CALL of ours', () => {
  it('is logged when it is answered', async () => {
    const { memory, ask, reply: answerIt } = await connectedTo('ocpp1.6');
    const messageId = await ask('ClearCache', {});
    const sentAt = memory.clock.now().toISOString();
    await answerIt(messageId, { status: 'Accepted' }, 2);
    expect([...memory.messages.items.values()]).toEqual([
      {
        ...{ chargePointId: 'CP1', messageId, connectionId: 'c1', protocol: 'ocpp1.6', askedBy: 'csms' },
        ...{ action: 'ClearCache', at: sentAt, commandId: messageId, status: 'accepted', request: { json: '{}' } },
        answer: { by: 'charge-point', latency: 2_000, type: 'CALLRESULT', json: '{"status":"Accepted"}' },
      },
    ]);
  });

  it('is logged when it is given up, and with its answer when that comes late', async () => {
    const { memory, ask, reply: answerIt } = await connectedTo('ocpp1.6');
    const messageId = await ask('ClearCache', {});
    await elapse(memory, 31_000);
    const logged = () => [...memory.messages.items.values()];
    expect(logged()).toMatchObject([{ messageId, protocol: 'ocpp1.6', status: 'timed-out' }]);
    expect(logged()[0]).not.toHaveProperty('answer');
    await answerIt(messageId, { status: 'Accepted' });
    expect(logged()).toMatchObject([{ messageId, status: 'accepted', answer: { latency: 31_000 } }]);
  });
});
