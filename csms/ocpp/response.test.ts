import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { calling } from '../../test/memory/calling.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { answer } from '../answer.js';
import type { Protocol } from './protocol.js';
import type { Validation } from './validate.js';

const stage = (protocol: Protocol, validation: Validation) =>
  connectedTo(protocol, inMemory({ stage: { validation } }));
const told = (memory: Memory) => memory.events.named('protocol-deviation');
const settled = (memory: Memory) => memory.events.named('command-settled');

const start = { idTag: 'TAG', connectorId: 1 };
const long = 'x'.repeat(1_500);

describe('a sloppy answer, where the stage is tolerant', () => {
  it('is that which was meant: the command, what it leaves, and what is told of it', async () => {
    const { memory, told: answered } = await stage('ocpp1.6', 'tolerant');
    expect(await answered('RemoteStartTransaction', start, { status: 'accepted', info: 'x' })).toBe('accepted');
    expect(settled(memory)).toMatchObject([{ status: 'accepted', response: { status: 'Accepted' } }]);
    const { call, transaction } = calling(memory, 'ocpp1.6');
    const timestamp = memory.clock.now().toISOString();
    const { transactionId } = await call('StartTransaction', { ...start, meterStart: 0, timestamp });
    expect(transaction(transactionId)?.commandId).toBe('ask-1');
  });

  it('5.8: of a configuration every key that can be understood is kept', async () => {
    const { memory, told: answered } = await stage('ocpp1.6', 'tolerant');
    const configurationKey = [
      { key: 'HeartbeatInterval', readonly: 'false', value: 300 },
      { key: 'MeterValuesSampledData', readonly: false, value: long },
      { key: 'Vendor', value: 'no word of who may write it' },
      { key: 'TooLong', readonly: false, value: 'x'.repeat(2_001) },
      { key: 'Perhaps', readonly: 'perhaps', value: '1' },
    ];
    expect(await answered('GetConfiguration', {}, { configurationKey })).toBe('accepted');
    const { variables = [] } = (await memory.components.find('CP1', { name: 'Configuration' })) ?? {};
    expect(
      variables.map(({ name, attributes: [actual] }) => [name, actual?.value?.is, actual?.traits?.mutability]),
    ).toEqual([
      ['HeartbeatInterval', '300', 'ReadWrite'],
      ['MeterValuesSampledData', long, 'ReadWrite'],
      ['Vendor', 'no word of who may write it', 'ReadWrite'],
    ]);
  });

  it.each(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'] as const)('%s: data of others may be any JSON', async (protocol) => {
    const { memory, told: answered } = await stage(protocol, 'tolerant');
    const data = { temperature: 17 };
    expect(await answered('DataTransfer', { vendorId: 'acme' }, { status: 'Accepted', data })).toBe('accepted');
    const understood = protocol === 'ocpp1.6' ? '{"temperature":17}' : data;
    expect(settled(memory)).toMatchObject([{ response: { data: understood } }]);
  });

  it('that nothing can be made of is none', async () => {
    const { memory, told: answered } = await stage('ocpp2.0.1', 'tolerant');
    const perhaps = { status: 'Perhaps' };
    expect(await answered('ClearCache', {}, perhaps)).toBe('failed');
    expect(settled(memory)).toMatchObject([{ code: 'answer-invalid', response: perhaps }]);
    expect(told(memory)).toMatchObject([{ refused: true, deviations: [{ path: '/status', what: 'not-understood' }] }]);
  });

  it('2.1: is told that it is wrong only when nothing can be made of it', async () => {
    const { memory, ask } = await stage('ocpp2.1', 'tolerant');
    const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol: 'ocpp2.1' as const };
    const say = async (payload: object) =>
      answer(JSON.stringify([3, await ask('ClearCache', {}), payload]), { ...context, receivedAt: memory.clock.now() });
    expect(await say({ status: 'Accepted', info: 'x' })).toBeUndefined();
    expect(JSON.parse((await say({ status: 'Perhaps' })) ?? 'null').slice(0, 2)).toEqual([5, 'ask-2']);
  });

  it('counts as it was said in the log of messages', async () => {
    const { memory, told: answered } = await stage('ocpp1.6', 'tolerant');
    const said = { status: 'accepted', info: 'x' };
    await answered('ClearCache', {}, said);
    expect([...memory.messages.items.values()]).toMatchObject([{ answer: { json: JSON.stringify(said) } }]);
  });
});

describe('a sloppy answer, where the stage is strict', () => {
  it('is none, with the first fault', async () => {
    const { memory, told: answered } = await stage('ocpp1.6', 'strict');
    expect(await answered('RemoteStartTransaction', start, { status: 'Accepted', info: 'x' })).toBe('failed');
    expect(settled(memory)).toMatchObject([{ code: 'answer-invalid', response: { status: 'Accepted', info: 'x' } }]);
    expect(told(memory)).toMatchObject([{ refused: true, deviations: [{ path: '/info', what: 'unknown-member' }] }]);
  });

  it('may be tolerated of one charge point', async () => {
    const { memory, told: answered } = await stage('ocpp1.6', 'strict');
    memory.chargePoints.put({ chargePointId: 'CP1', validation: 'tolerant' });
    expect(await answered('ClearCache', {}, { status: 'Accepted', info: 'x' })).toBe('accepted');
  });
});

describe('event protocol-deviation', () => {
  it('says of which command the answer is, and is told once', async () => {
    const { memory, told: answered, reply } = await stage('ocpp1.6', 'tolerant');
    await answered('ClearCache', {}, { status: 'accepted' });
    await reply('ask-1', { status: 'accepted' }, 1);
    const [first, second] = told(memory);
    expect(first).toMatchObject({
      ...{ protocol: 'ocpp1.6', action: 'ClearCache', commandId: 'ask-1' },
      deviations: [{ path: '/status', what: 'case', was: '"accepted"' }],
    });
    expect(second?.id).toBe(first?.id);
  });

  it('is not told of what is as it should be, for which nobody looks the charge point up', async () => {
    const { memory, ask, reply } = await stage('ocpp1.6', 'tolerant');
    const id = await ask('ClearCache', {});
    memory.chargePoints.find = () => Promise.reject(new Error('nobody asked'));
    await reply(id, { status: 'Accepted' });
    expect(told(memory)).toEqual([]);
  });

  it('has no secret in it', async () => {
    const { memory, told: answered } = await stage('ocpp1.6', 'tolerant');
    const key = { key: 'AuthorizationKey', readonly: false };
    const configurationKey = [
      { ...key, value: 'hush'.repeat(200) },
      { ...key, value: { hush: 1 } },
    ];
    await answered('GetConfiguration', {}, { configurationKey });
    expect(told(memory)).toMatchObject([
      {
        deviations: [
          { path: '/configurationKey/*/value', what: 'too-long', was: '"***"' },
          { path: '/configurationKey/*', what: 'left-out', was: '"***"' },
        ],
      },
    ]);
  });
});
