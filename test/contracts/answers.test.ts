import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answers } from '../../csms/answers/ports.js';
import { MemoryAnswers } from '../memory/answers.js';
import { SettableClock } from '../memory/clock.js';
import { atOnce } from '../memory/turn.js';
import { item, startDynamoDb } from './dynamodb.js';

const clock = new SettableClock();
const answer = { chargePointId: 'CP1', connectionId: 'c1', messageId: 'm1', text: '[3,"m1",{}]' };

function contract(make: () => Promise<Answers>) {
  it('the first answer of a CALL is, and no other', async () => {
    const answers = await make();
    expect(await answers.claim(answer)).toBe(true);
    expect(await answers.claim({ ...answer, text: '[4,"m1","GenericError","",{}]' })).toBe(false);
    expect(await answers.claim(answer)).toBe(true);
  });

  it('the first is known, and when it was given', async () => {
    const answers = await make();
    expect(await answers.find(answer)).toBeUndefined();
    await answers.claim(answer);
    await answers.claim({ ...answer, text: '[4,"m1","GenericError","",{}]' });
    expect(await answers.find(answer)).toEqual({ text: answer.text, at: clock.now() });
  });

  it('another charge point’s, connection’s or message’s is another CALL', async () => {
    const answers = await make();
    await answers.claim(answer);
    for (const other of [{ chargePointId: 'CP2' }, { connectionId: 'c2' }, { messageId: 'm2' }]) {
      expect(await answers.claim({ ...answer, ...other, text: '[3,"m1",{"x":1}]' })).toBe(true);
    }
  });
}

describe('Answers in memory', () => contract(async () => new MemoryAnswers(clock, atOnce)));

describe('Answers in DynamoDB', () => {
  let stop: () => Promise<void>;
  let tests = 0;
  const dynamo = async () => {
    const { dynamoAnswers } = await import('../../aws/answers.js');
    const answers = dynamoAnswers('CommandsTable', clock);
    const prefix = `${++tests}-`;
    return {
      claim: (claimed: typeof answer) =>
        answers.claim({ ...claimed, chargePointId: `${prefix}${claimed.chargePointId}` }),
      find: (call: Omit<typeof answer, 'text'>) =>
        answers.find({ ...call, chargePointId: `${prefix}${call.chargePointId}` }),
    };
  };
  beforeAll(async () => {
    stop = await startDynamoDb();
  });
  afterAll(() => stop());

  contract(dynamo);

  it('are kept for an hour', async () => {
    await (await dynamo()).claim(answer);
    const stored = await item('CommandsTable', { chargePointId: `${tests}-CP1`, item: 'answer#c1#m1' });
    expect(stored?.expires).toBe(Math.floor(clock.millis / 1000) + 3_600);
  });
});
