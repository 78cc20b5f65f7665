import { GetRetainedMessageCommand, PublishCommand, type PublishCommandInput } from '@aws-sdk/client-iot-data-plane';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heard, startTestIot, testClock } from '../../test/local/iot.js';

let iot: Awaited<ReturnType<typeof startTestIot>>;
beforeAll(async () => {
  iot = await startTestIot();
});
afterAll(() => iot.close());

const publish = (input: PublishCommandInput) => iot.data.send(new PublishCommand(input));

describe('Publish', () => {
  it('brings the bytes as they are to the topic', async () => {
    const message = heard(iot.broker, /^CP 1\/in$/);
    const payload = Buffer.from([0, 0xff, 0x7b]);
    await publish({ topic: 'CP 1/in', qos: 1, payload });
    expect((await message)[0]).toEqual({
      ...{ topic: 'CP 1/in', payload, qos: 1, userProperties: [], timestamp: testClock.ms },
    });
  });

  it('is QoS 0 unless it says otherwise', async () => {
    const message = heard(iot.broker, /^plain$/);
    await publish({ topic: 'plain' });
    expect((await message)[0]?.qos).toBe(0);
  });

  it('keeps user properties, their order and repetitions', async () => {
    const message = heard(iot.broker, /^properties$/);
    const userProperties = JSON.stringify([{ connectionId: 'abc=' }, { key: 'ü' }, { key: '2' }]);
    await publish({ topic: 'properties', userProperties });
    expect((await message)[0]?.userProperties).toEqual([
      ['connectionId', 'abc='],
      ['key', 'ü'],
      ['key', '2'],
    ]);
  });

  it.each(['{"a":"b"}', '[{"a":"b","c":"d"}]', '[{"a":1}]', '[["a"]]', '[null]'])(
    'refuses the user properties %s',
    async (userProperties) => {
      await expect(publish({ topic: 'a', userProperties })).rejects.toMatchObject({ name: 'InvalidRequestException' });
    },
  );

  it.each([
    ['a payload above 128 KB', { topic: 'a', payload: Buffer.alloc(128 * 1024 + 1) }, 413],
    ['a topic above 256 bytes', { topic: 'a'.repeat(257) }, 400],
    ['a topic with more than 7 slashes', { topic: 'a/b/c/d/e/f/g/h/i' }, 400],
    ['a wildcard', { topic: '+/in' }, 400],
    ['QoS 2', { topic: 'a', qos: 2 }, 400],
    ['a reserved topic', { topic: '$aws/events/thing/CP1/created' }, 403],
    ['what the shadow does not hear here', { topic: '$aws/things/CP1/shadow/update' }, 501],
    ['Basic Ingest', { topic: '$aws/rules/r/a' }, 501],
    ['a message to be retained', { topic: 'a', retain: true }, 501],
    ['an unknown parameter', { topic: 'a', responseTopic: 'b' }, 501],
    ['an unknown header', { topic: 'a', correlationData: 'b' }, 501],
  ])('refuses %s', async (_what, input, httpStatusCode) => {
    await expect(publish(input)).rejects.toMatchObject({ $metadata: { httpStatusCode } });
  });
});

it('an operation that is not known is named', async () => {
  const command = new GetRetainedMessageCommand({ topic: 'kept' });
  await expect(iot.data.send(command)).rejects.toThrow('iot:GET /retainedMessage/kept');
});
