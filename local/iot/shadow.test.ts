import {
  ConflictException,
  DeleteThingShadowCommand,
  GetThingShadowCommand,
  RequestEntityTooLargeException,
  ResourceNotFoundException,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { heard, json, startTestIot, testClock } from '../../test/local/iot.js';

let iot: Awaited<ReturnType<typeof startTestIot>>;
beforeEach(async () => {
  iot = await startTestIot();
});
afterEach(() => iot.close());

const thingName = 'CP1';
const parsed = (payload: Uint8Array | undefined) => JSON.parse(Buffer.from(payload ?? []).toString());
const updateRaw = async (payload: string | Buffer) =>
  parsed((await iot.data.send(new UpdateThingShadowCommand({ thingName, payload }))).payload);
const update = (document: object) => updateRaw(JSON.stringify(document));
const get = async () => parsed((await iot.data.send(new GetThingShadowCommand({ thingName }))).payload);
const remove = () => iot.data.send(new DeleteThingShadowCommand({ thingName }));
const now = () => Math.floor(testClock.ms / 1000);

describe('update', () => {
  it('creates the shadow of a thing that nobody registered, and echoes what was asked', async () => {
    expect(await update({ state: { reported: { vendor: 'ACME' } } })).toEqual({
      state: { reported: { vendor: 'ACME' } },
      version: 1,
      timestamp: now(),
    });
  });

  it('merges members, replaces arrays, and null removes', async () => {
    await update({ state: { desired: { a: { x: 1, y: 2 }, list: [1, 2], gone: true } } });
    await update({ state: { desired: { a: { y: 3 }, list: [3], gone: null } } });
    expect((await get()).state.desired).toEqual({ a: { x: 1, y: 3 }, list: [3] });
    await update({ state: { desired: { a: {} }, reported: {} } });
    expect((await get()).state.desired).toEqual({ a: { x: 1, y: 3 }, list: [3] });
    await update({ state: { desired: null } });
    expect((await get()).state).toEqual({});
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
    ['[]', 'Invalid JSON'],
    [Buffer.from('{"state":{"reported":{"a":"\xff"}}}', 'latin1'), 'Invalid JSON'],
    ['{}', 'Missing required node: state'],
    ['{"state":1}', 'State node must be an object'],
    ['{"state":{"desired":1}}', 'Desired node must be an object'],
    ['{"state":{"reported":[]}}', 'Reported node must be an object'],
    ['{"state":{"wanted":{}}}', 'State contains an invalid node'],
    ['{"state":{"reported":{"a":[null]}}}', 'State contains an invalid node'],
    ['{"state":{},"version":"1"}', 'Invalid version'],
  ])('refuses %s', async (payload, message) => {
    await expect(updateRaw(payload)).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['a client token', { payload: '{"state":{},"clientToken":"t"}' }, 'clientToken'],
    ['a name', { payload: '{"state":{}}', shadowName: 'config' }, 'iot:UpdateThingShadow with name'],
  ])('with %s is not known', async (_, input, named) => {
    const command = new UpdateThingShadowCommand({ thingName, ...input });
    await expect(iot.data.send(command)).rejects.toMatchObject({
      $metadata: { httpStatusCode: 501 },
      message: expect.stringContaining(named),
    });
  });

  it('of what can be no thing is refused', async () => {
    const command = new UpdateThingShadowCommand({ thingName: 'CP 1', payload: '{"state":{}}' });
    await expect(iot.data.send(command)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });
});

describe('topics', () => {
  const topics = /^\$aws\/things\/CP1\/shadow\/update\//;

  it('an update publishes accepted, documents and the delta', async () => {
    await update({ state: { reported: { interval: 300, on: true } } });
    const messages = heard(iot.broker, topics, 3);
    await update({ state: { desired: { interval: 60, on: true, extra: { a: 1 } } } });
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

  it('a refusal is not published', async () => {
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
    await expect(remove()).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('what is deleted is gone, and its topic tells', async () => {
    await update({ state: { reported: { a: 1 } } });
    const deleted = heard(iot.broker, /^\$aws\/things\/CP1\/shadow\/delete\/accepted$/);
    await remove();
    expect(json((await deleted)[0])).toEqual({ version: 1, timestamp: now() });
    await expect(get()).rejects.toBeInstanceOf(ResourceNotFoundException);
  });
});
