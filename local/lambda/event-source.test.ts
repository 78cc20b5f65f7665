import { expect, it } from 'vitest';
import { deployed } from '../../test/local/testing.js';
import type { Consumer, QueueRecord } from '../sqs.js';
import { mapQueue } from './event-source.js';

const records: QueueRecord[] = ['a', 'b'].map((messageId) => ({
  messageId,
  body: messageId,
  attributes: {},
}));

/** Which messages are told again when the function returns, or throws, this. */
async function failed(result: unknown, properties: object = { FunctionResponseTypes: ['ReportBatchItemFailures'] }) {
  const consumers: [number, Consumer][] = [];
  mapQueue(deployed({ EventSourceArn: 'arn:queue', FunctionName: 'timers', ...properties }), {
    sqs: { consume: (_, batchSize, consumer) => consumers.push([batchSize, consumer]) },
    lambda: {
      async invoke(_, event) {
        expect(event).toEqual({ Records: records });
        if (result instanceof Error) throw result;
        return result;
      },
    },
    onError: () => {},
  });
  const [[batchSize, consume] = []] = consumers;
  expect(batchSize).toBe(10);
  return consume?.(records);
}

const failures = (...ids: unknown[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

it.each([
  ['nothing', null, []],
  ['no failures', failures(), []],
  ['a failure', failures('b'), ['b']],
  ['a failure of no message', failures('c'), ['a', 'b']],
  ['a failure without an id', failures(null), ['a', 'b']],
  ['an error', new Error('no'), ['a', 'b']],
])('a function that answers %s', async (_, result, expected) => {
  expect(await failed(result)).toEqual(expected);
});

it('failures count only for who says that it reports them', async () => {
  expect(await failed(failures('b'), {})).toEqual([]);
});

it('a mapping can be off', async () => {
  const sqs = { consume: () => expect.unreachable() };
  const properties = { EventSourceArn: 'arn:queue', FunctionName: 'timers', Enabled: false };
  mapQueue(deployed(properties), { sqs, lambda: { invoke: async () => null }, onError: () => {} });
});
