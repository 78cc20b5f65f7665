import {
  ConflictException,
  DeleteThingShadowCommand,
  GetThingShadowCommand,
  RequestEntityTooLargeException,
  ResourceNotFoundException,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectMqtt, heard, json, startTestIot, testClock } from './test-endpoint.js';

let iot: Awaited<ReturnType<typeof startTestIot>>;
beforeEach(async () => {
  iot = await startTestIot();
});
afterEach(() => iot.close());

const parsed = (payload: Uint8Array | undefined) => JSON.parse(Buffer.from(payload ?? []).toString());
const updateRaw = async (payload: string | Buffer, shadowName?: string) =>
  parsed((await iot.data.send(new UpdateThingShadowCommand({ thingName: 'CP1', shadowName, payload }))).payload);
const update = (document: object, shadowName?: string) => updateRaw(JSON.stringify(document), shadowName);
const get = async (shadowName?: string) =>
  parsed((await iot.data.send(new GetThingShadowCommand({ thingName: 'CP1', shadowName }))).payload);
const remove = (shadowName?: string) => iot.data.send(new DeleteThingShadowCommand({ thingName: 'CP1', shadowName }));
const now = () => Math.floor(testClock.ms / 1000);

describe('update', () => {
  it('creates the shadow of a thing that nobody registered, and echoes what was asked', async () => {
    expect(await update({ state: { reported: { vendor: 'ACME' } }, clientToken: 't' })).toEqual({
      state: { reported: { vendor: 'ACME' } },
      metadata: { reported: { vendor: { timestamp: now() } } },
      version: 1,
      timestamp: now(),
      clientToken: 't',
    });
  });

  it('merges members, replaces arrays, and null removes', async () => {
    await update({ state: { desired: { a: { x: 1, y: 2 }, list: [1, 2], gone: true } } });
    await update({ state: { desired: { a: { y: 3 }, list: [3], gone: null } } });
    expect((await get()).state.desired).toEqual({ a: { x: 1, y: 3 }, list: [3] });
    await update({ state: { desired: null } });
    expect((await get()).state).toEqual({});
  });

  it('keeps when each member was last written', async () => {
    await update({ state: { reported: { a: 1, b: 1 } } });
    const first = now();
    testClock.ms += 10_000;
    await update({ state: { reported: { b: 2 } } });
    expect((await get()).metadata).toEqual({
      reported: { a: { timestamp: first }, b: { timestamp: first + 10 } },
    });
  });

  it('is refused with 409 when the version is not the current one', async () => {
    await update({ state: { reported: { a: 1 } }, version: 0 });
    const stale = update({ state: { reported: { a: 2 } }, version: 7 });
    await expect(stale).rejects.toBeInstanceOf(ConflictException);
    await update({ state: { reported: { a: 2 } }, version: 1 });
  });

  it('is refused with 413 when both sections together exceed 8 KB', async () => {
    await update({ state: { desired: { a: 'x'.repeat(5000) } } });
    const second = update({ state: { reported: { a: 'x'.repeat(5000) } } });
    await expect(second).rejects.toBeInstanceOf(RequestEntityTooLargeException);
    expect((await get()).version).toBe(1);
  });

  it('takes five levels below a section, not six', async () => {
    await update({ state: { desired: { a: { b: { c: { d: { e: { f: 1 } } } } } } } });
    const deeper = update({ state: { desired: { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } } } });
    await expect(deeper).rejects.toThrow('too many levels');
  });

  it.each([
    ['{"state":', 'Invalid JSON'],
    ['{}', 'Missing required node: state'],
    ['{"state":1}', 'State node must be an object'],
    ['{"state":{"desired":1}}', 'Desired node must be an object'],
    ['{"state":{"reported":[]}}', 'Reported node must be an object'],
    ['{"state":{"wanted":{}}}', 'State contains an invalid node'],
    ['{"state":{"reported":{"a":[null]}}}', 'State contains an invalid node'],
    ['{"state":{},"version":"1"}', 'Invalid version'],
    [`{"state":{},"clientToken":"${'x'.repeat(65)}"}`, 'Invalid clientToken'],
  ])('refuses %s', async (payload, message) => {
    await expect(updateRaw(payload)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining(message),
    });
  });

  it('refuses what is not UTF-8', async () => {
    const name = 'UnsupportedDocumentEncodingException';
    await expect(updateRaw(Buffer.from([0x22, 0xff, 0x22]))).rejects.toMatchObject({ name });
  });
});

describe('topics', () => {
  const topics = /^\$aws\/things\/CP1\/shadow\/update\//;

  it('an update publishes accepted, documents and the delta', async () => {
    await update({ state: { reported: { interval: 300, on: true } } });
    const messages = heard(iot.broker, topics, 3);
    await update({ state: { desired: { interval: 60, on: true, extra: { a: 1 } } }, clientToken: 't' });
    const [accepted, documents, delta] = await messages;
    expect(json(accepted)).toMatchObject({ version: 2, state: { desired: { interval: 60 } } });
    expect(json(documents)).toMatchObject({
      previous: { version: 1, state: { reported: { interval: 300 } } },
      current: { version: 2, state: { desired: { interval: 60 }, reported: { interval: 300 } } },
    });
    expect(delta?.topic).toBe('$aws/things/CP1/shadow/update/delta');
    expect(json(delta)).toEqual({
      version: 2,
      timestamp: now(),
      state: { interval: 60, extra: { a: 1 } },
      metadata: { interval: { timestamp: now() }, extra: { a: { timestamp: now() } } },
      clientToken: 't',
    });
  });

  it('no delta when the sections agree', async () => {
    const messages = heard(iot.broker, topics, 4);
    await update({ state: { desired: { a: [1] }, reported: { a: [1], b: 2 } } });
    await update({ state: { reported: { b: 3 } } });
    expect((await messages).map(({ topic }) => topic.replace(topics, ''))).toEqual([
      'accepted',
      'documents',
      'accepted',
      'documents',
    ]);
  });

  it('a named shadow has its own', async () => {
    const messages = heard(iot.broker, /^\$aws\/things\/CP1\/shadow\/name\/config\/update\/accepted$/);
    await update({ state: { desired: { a: 1 } } }, 'config');
    expect(json((await messages)[0]).version).toBe(1);
    await expect(get()).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('a refusal over HTTP is not published', async () => {
    const messages = heard(iot.broker, topics);
    await expect(updateRaw('{')).rejects.toThrow();
    await update({ state: { reported: { a: 1 } } });
    expect((await messages)[0]?.topic).toMatch(/accepted$/);
  });
});

describe('get and delete', () => {
  it('get shows both sections and their delta', async () => {
    await update({ state: { desired: { a: 1, b: 2 }, reported: { a: 1 } } });
    expect((await get()).state).toEqual({ desired: { a: 1, b: 2 }, reported: { a: 1 }, delta: { b: 2 } });
  });

  it('there is nothing to get or delete before the first update', async () => {
    await expect(get()).rejects.toThrow("No shadow exists with name: 'CP1'");
    await expect(remove('config')).rejects.toThrow("No shadow exists with name: 'CP1~config'");
  });

  it('a shadow deleted within 48 hours goes on counting', async () => {
    await update({ state: { reported: { a: 1 } } });
    await remove();
    await expect(get()).rejects.toBeInstanceOf(ResourceNotFoundException);
    expect((await update({ state: { reported: { a: 1 } } })).version).toBe(2);
    await remove();
    testClock.ms += 49 * 3_600_000;
    expect((await update({ state: { reported: { a: 1 } } })).version).toBe(1);
  });
});

describe('over MQTT', () => {
  const ask = async (operation: string, payload: string, answer: string) => {
    const client = await connectMqtt(iot.broker, 'CP1');
    const messages = heard(iot.broker, new RegExp(`/${operation}/${answer}$`));
    await client.publishAsync(`$aws/things/CP1/shadow/${operation}`, payload, { qos: 1 });
    const [message] = await messages;
    await client.endAsync();
    return json(message);
  };

  it('update, get and delete are accepted', async () => {
    await ask('update', '{"state":{"reported":{"a":1}}}', 'accepted');
    expect(await ask('get', '{"clientToken":"t"}', 'accepted')).toMatchObject({
      ...{ state: { reported: { a: 1 } }, version: 1, clientToken: 't' },
    });
    expect(await ask('delete', '', 'accepted')).toEqual({ version: 1, timestamp: now() });
  });

  it('what is refused is answered on rejected, with code and client token', async () => {
    expect(await ask('update', '{"state":{},"version":9,"clientToken":"t"}', 'rejected')).toEqual({
      code: 409,
      message: 'Version conflict',
      timestamp: now(),
      clientToken: 't',
    });
    expect(await ask('get', '', 'rejected')).toMatchObject({ code: 404 });
  });
});
