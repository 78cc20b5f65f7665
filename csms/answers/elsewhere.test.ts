import { describe, expect, it } from 'vitest';
import { chargePoint } from '../../test/memory/charge-point.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory } from '../../test/memory/index.js';
import { answer } from '../answer.js';
import { deliver } from '../deliver.js';
import { give } from './elsewhere.js';

const second = 1_000;
const protocol = 'ocpp2.0.1';
const authorize = '[2,"m1","Authorize",{"idToken":{"idToken":"DE-1","type":"eMAID"}}]';
const theirs = '[3,"m1",{"idTokenInfo":{"status":"Accepted"}}]';
const ours = '[3,"m1",{"idTokenInfo":{"status":"Unknown"}}]';

/** CP1, connected by c1, in a stage where somebody else answers `answeredElsewhere`. */
async function system(answeredElsewhere = ['Authorize', 'DataTransfer:com.acme']) {
  const memory = inMemory({ stage: { answeredElsewhere } });
  memory.chargePoints.put({ chargePointId: 'CP1' });
  await chargePoint(memory).connect('c1');
  await elapse(memory, second);
  const { topics, clock } = memory;
  const published = () => ({ chargePointId: 'CP1', publishedAt: clock.now() });
  return {
    memory,
    /** The charge point says something, and what is answered here is given. */
    async say(text: string, receivedAt = clock.now()): Promise<void> {
      const origin = { connectionId: 'c1', protocol, receivedAt } as const;
      const reply = await answer(text, { ...memory, chargePointId: 'CP1', ...origin });
      if (reply) await give({ chargePointId: 'CP1', text, reply, origin }, memory);
    },
    /** All that the system published so far is delivered, each twice. */
    async deliverAll(): Promise<void> {
      for (const { connectionId, receivedAt, text, isContested = false } of topics.answered.splice(0)) {
        for (let i = 0; i < 2; i++) {
          await deliver({ ...published(), text, connectionId, receivedAt, isContested }, memory);
        }
      }
    },
    /** Somebody else answers. */
    reply: (text: string) =>
      deliver({ ...published(), text, connectionId: undefined, receivedAt: undefined, isContested: false }, memory),
    /** What arrived on the socket; a repetition is no news. */
    heard: () => [...new Set(memory.sockets.frames('c1'))],
  };
}

describe('a CALL that is answered elsewhere', () => {
  it('hears whoever answers first', async () => {
    const { memory, say, reply, deliverAll, heard } = await system();
    await say(authorize);
    await deliverAll();
    expect(heard()).toEqual([]);
    expect(await reply(theirs)).toBe('delivered');
    await elapse(memory, 20 * second);
    await deliverAll();
    expect(heard()).toEqual([theirs]);
  });

  it('hears the built-in answer when nobody has answered in time, and nothing else then', async () => {
    const { memory, say, reply, deliverAll, heard } = await system();
    await say(authorize);
    await elapse(memory, 10 * second - 1);
    await deliverAll();
    expect(heard()).toEqual([]);
    await elapse(memory, 1);
    await deliverAll();
    expect(await reply(theirs)).toBe('answered already');
    expect(heard()).toEqual([ours]);
  });

  it('has its time from when it was received', async () => {
    const { memory, say, deliverAll, heard } = await system();
    const receivedAt = memory.clock.now();
    memory.clock.advance(9 * second);
    await say(authorize, receivedAt);
    await elapse(memory, second);
    await deliverAll();
    expect(heard()).toEqual([ours]);
  });

  it('told twice hears one answer', async () => {
    const { memory, say, deliverAll, heard } = await system();
    for (let i = 0; i < 2; i++) await say(authorize);
    await elapse(memory, 10 * second);
    await deliverAll();
    expect(heard()).toEqual([ours]);
  });

  it('hears one who answers before the CALL is handled here', async () => {
    const { memory, say, reply, deliverAll, heard } = await system();
    await reply(theirs);
    await say(authorize);
    await elapse(memory, 10 * second);
    await deliverAll();
    expect(heard()).toEqual([theirs]);
  });

  it('may be told again that answer: who delivered it may have died', async () => {
    const { reply } = await system();
    expect(await reply(theirs)).toBe('delivered');
    expect(await reply(theirs)).toBe('delivered');
  });

  it('has its effects here', async () => {
    const { memory, say } = await system();
    await say('[2,"m1","DataTransfer",{"vendorId":"com.acme"}]');
    expect(memory.events.named('data-transfer')).toMatchObject([{ vendorId: 'com.acme' }]);
  });

  it('hears at once what is wrong with it, and nothing else', async () => {
    const { say, reply, deliverAll, heard } = await system();
    await say('[2,"m1","Authorize",{}]');
    await deliverAll();
    expect(await reply(theirs)).toBe('answered already');
    expect(heard()).toEqual([expect.stringContaining('OccurrenceConstraintViolation')]);
  });
});

describe('a CALL that is not', () => {
  it.each(['[2,"m1","Heartbeat",{}]', '[2,"m1","DataTransfer",{"vendorId":"com.other"}]'])(
    '%s is answered at once, and claims nothing',
    async (text) => {
      const { memory, say, deliverAll, heard } = await system();
      await say(text);
      await deliverAll();
      expect(heard()).toHaveLength(1);
      expect(memory.answers.given.size).toBe(0);
    },
  );

  it('is none, where nothing is answered elsewhere', async () => {
    const { memory, say, reply, deliverAll, heard } = await system([]);
    await say(authorize);
    await deliverAll();
    await reply(theirs);
    expect(heard()).toEqual([ours, theirs]);
    expect(memory.answers.given.size).toBe(0);
  });

  it('is, where all of DataTransfer is, whoever the vendor', async () => {
    const { say, deliverAll, heard } = await system(['DataTransfer']);
    await say('[2,"m1","DataTransfer",{"vendorId":"com.other"}]');
    await deliverAll();
    expect(heard()).toEqual([]);
  });
});
