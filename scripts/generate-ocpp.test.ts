import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages as messages16 } from '../schemas/generated/ocpp1.6/messages.js';
import type { Requests as Requests16 } from '../schemas/generated/ocpp1.6/types.js';
import { messages as messages201 } from '../schemas/generated/ocpp2.0.1/messages.js';
import type { Requests, Responses } from '../schemas/generated/ocpp2.0.1/types.js';
import { type Action, actions } from '../schemas/generated/ocpp2.1/actions.js';
import { messages as messages21 } from '../schemas/generated/ocpp2.1/messages.js';
import type { Requests as Requests21, Responses as Responses21 } from '../schemas/generated/ocpp2.1/types.js';
import { ordered } from '../schemas/generated/runtime.js';
import { readSchemas } from './generate-ocpp/read-schemas.mjs';
import { generate } from './generate-ocpp.mjs';

const directory = mkdtempSync(join(tmpdir(), 'generate-ocpp-'));
const output = join(directory, 'generated');
const bootNotification16 = messages16.BootNotification();
const changeAvailability16 = messages16.ChangeAvailability();
const setChargingProfile16 = messages16.SetChargingProfile();
const transactionEvent201 = messages201.TransactionEvent();
const notifyPeriodicEventStream21 = messages21.NotifyPeriodicEventStream();
let first: Awaited<ReturnType<typeof generate>>;

beforeAll(async () => {
  first = await generate(output);
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('generate', () => {
  it('makes 39 actions of 1.6, 64 of 2.0.1 and 91 of 2.1', () => {
    expect(first?.actions).toEqual({ 'ocpp1.6': 39, 'ocpp2.0.1': 64, 'ocpp2.1': 91 });
    expect(actions).toHaveLength(91);
  });

  it('does nothing when the output is up to date', async () => {
    expect(await generate(output)).toBeUndefined();
  });

  it('starts again when the output is of another generator or package', async () => {
    writeFileSync(join(output, '.stamp'), 'another');
    writeFileSync(join(output, 'left-over.js'), '');
    expect(await generate(output)).toEqual(first);
    expect(readdirSync(output).sort()).toEqual(['.stamp', 'ocpp1.6', 'ocpp2.0.1', 'ocpp2.1', 'runtime.js']);
  });

  it('made what the project now uses', () => {
    const stamp = (of: string) => readFileSync(join(of, '.stamp'), 'utf8');
    expect(stamp('schemas/generated'), 'run node scripts/generate-ocpp.mjs').toBe(stamp(output));
  });

  it('fits into a Lambda: every validator of all versions is below 100 kB minified', async () => {
    const lines = ['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'].map(
      (version, i) => `export * as v${i} from './${version}/messages.js'`,
    );
    const bundle = await build({
      stdin: { contents: lines.join('\n'), resolveDir: output },
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
    });
    expect(bundle.outputFiles[0]?.contents.length).toBeLessThan(100_000);
  });

  it('makes the validators of an action once', () => {
    expect(messages16.BootNotification()).toBe(bootNotification16);
  });
});

describe('readSchemas', () => {
  const read = (...schemas: object[]) => {
    const file = join(directory, 'schemas.json');
    writeFileSync(file, JSON.stringify(schemas));
    return readSchemas(file);
  };

  it.each([
    [{ $id: 'urn:A.req', type: 'object', minProperties: 1 }, 'urn:A.req: the generator does not know minProperties 1'],
    [
      { $id: 'urn:A.req', type: 'object', properties: { b: { type: 'string', format: 'ipv4' } } },
      'urn:A.req/b: the generator does not know format "ipv4"',
    ],
    [{ $id: 'urn:A.req', $ref: '#/definitions/B', maxItems: 1 }, 'urn:A.req: expected nothing beside $ref'],
    [
      { $id: 'urn:A.req', type: 'object', properties: { b: { $ref: '#/definitions/B' } } },
      'A B: expected a definition',
    ],
  ])('refuses what it does not know: %j', (schema, message) => {
    expect(() => read(schema)).toThrow(message);
  });

  it('refuses values of an enum that it could not write as one text', () => {
    expect(() => read({ $id: 'urn:A.req', type: 'string', enum: ['a,b', 'c'] })).toThrow('values without commas');
  });

  it('refuses two meanings of one name', () => {
    const definition = (maxLength: number) => ({ definitions: { B: { type: 'string', maxLength } } });
    expect(() => read({ $id: 'urn:A.req', ...definition(1) }, { $id: 'urn:C.req', ...definition(2) })).toThrow(
      'urn:C.req B: expected the definition that the other messages have',
    );
  });
});

describe('a validator', () => {
  const boot = { chargePointVendor: 'Acme', chargePointModel: 'One' };
  const started: Requests['TransactionEvent'] = {
    eventType: 'Started',
    timestamp: '2026-01-31T12:00:00Z',
    triggerReason: 'Authorized',
    seqNo: 0,
    transactionInfo: { transactionId: 'T1' },
    meterValue: [{ timestamp: '2026-01-31T12:00:00Z', sampledValue: [{ value: 0.5 }] }],
  };

  it.each<[string, (data: unknown) => boolean, unknown]>([
    ['1.6 BootNotification', bootNotification16.request, boot],
    ['1.6 BootNotification', bootNotification16.request, { ...boot, chargePointModel: '😀'.repeat(20) }],
    ['1.6 ChangeAvailability', changeAvailability16.response, { status: 'Scheduled' }],
    ['2.0.1 TransactionEvent', transactionEvent201.request, started],
    ['2.0.1 TransactionEvent', transactionEvent201.request, { ...started, customData: { vendorId: 'Acme', a: [1] } }],
    ['2.0.1 TransactionEvent', transactionEvent201.response, {}],
  ])('accepts %s', (_, validate, data) => {
    expect(validate(data)).toBe(true);
  });

  it.each([
    [bootNotification16.request, { ...boot, chargePointModel: undefined }, '', 'required'],
    [bootNotification16.request, { ...boot, chargePointModel: 'x'.repeat(21) }, '/chargePointModel', 'maxLength'],
    [bootNotification16.request, { ...boot, model: 'x' }, '', 'additionalProperties'],
    [
      bootNotification16.request,
      JSON.parse('{"chargePointVendor":"a","chargePointModel":"b","__proto__":1}'),
      '',
      'additionalProperties',
    ],
    [bootNotification16.request, [], '', 'type'],
    [bootNotification16.request, null, '', 'type'],
    [changeAvailability16.response, { status: 'Later' }, '/status', 'enum'],
    [transactionEvent201.request, { ...started, timestamp: 'yesterday' }, '/timestamp', 'format'],
    [transactionEvent201.request, { ...started, seqNo: 0.5 }, '/seqNo', 'type'],
    [transactionEvent201.request, { ...started, seqNo: Infinity }, '/seqNo', 'type'],
    [transactionEvent201.request, { ...started, meterValue: [] }, '/meterValue', 'minItems'],
    [
      transactionEvent201.request,
      { ...started, meterValue: [...(started.meterValue ?? []), { timestamp: started.timestamp, sampledValue: [{}] }] },
      '/meterValue/1/sampledValue/0',
      'required',
    ],
  ])('%# refuses, saying where and why', (validate, data, instancePath, keyword) => {
    expect(validate(data)).toBe(false);
    expect(validate.errors).toEqual([expect.objectContaining({ instancePath, keyword })]);
  });

  it('forgets its errors when the next message is valid', () => {
    bootNotification16.request({});
    bootNotification16.request(boot);
    expect(bootNotification16.request.errors).toBeNull();
  });

  it('refuses every answer to a SEND', () => {
    expect(notifyPeriodicEventStream21.response({})).toBe(false);
  });

  const profile = (limit: number) => ({
    connectorId: 1,
    csChargingProfiles: {
      chargingProfileId: 1,
      stackLevel: 0,
      chargingProfilePurpose: 'TxProfile',
      chargingProfileKind: 'Absolute',
      chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
    },
  });

  it('accepts every limit with one decimal, although 0.3 / 0.1 is not 3 in binary', () => {
    const limits = Array.from({ length: 999 }, (_, i) => Number(`${Math.floor((i + 1) / 10)}.${(i + 1) % 10}`));
    expect(limits.filter((limit) => !setChargingProfile16.request(profile(limit)))).toEqual([]);
  });

  it.each([0.35, 16.01, 99.99])('refuses a limit of %d', (limit) => {
    expect(setChargingProfile16.request(profile(limit))).toBe(false);
  });
});

describe('ordered', () => {
  it('puts members into the order of the schema, through definitions and arrays, and what it does not name last', () => {
    const event = {
      transactionInfo: { remoteStartId: 7, transactionId: 'T1' },
      meterValue: [{ timestamp: 't', sampledValue: [{ measurand: 'Voltage', value: 230 }] }],
      vendorExtra: { z: 1, a: 2 },
      eventType: 'Started',
      customData: { b: 1, vendorId: 'Acme', a: 2 },
    };
    expect(JSON.stringify(ordered(transactionEvent201.request.schema, event))).toBe(
      '{"customData":{"vendorId":"Acme","b":1,"a":2},"eventType":"Started",' +
        '"meterValue":[{"sampledValue":[{"value":230,"measurand":"Voltage"}],"timestamp":"t"}],' +
        '"transactionInfo":{"transactionId":"T1","remoteStartId":7},"vendorExtra":{"z":1,"a":2}}',
    );
  });

  it('keeps a member called __proto__ a member', () => {
    const { schema } = bootNotification16.request;
    expect(JSON.stringify(ordered(schema, JSON.parse('{"__proto__":{"a":1}}')))).toBe('{"__proto__":{"a":1}}');
  });
});

describe('types', () => {
  it('compile: what is written here is checked by tsc', () => {
    const boot: Requests['BootNotification'] = {
      reason: 'PowerUp',
      chargingStation: { model: 'One', vendorName: 'Acme' },
    };
    const answer: Responses['BootNotification'] = {
      status: 'Accepted',
      currentTime: '2026-01-31T12:00:00Z',
      interval: 300,
    };
    const newer: Requests21['BootNotification'] = boot;
    const transfer: Requests16['DataTransfer'] = { vendorId: 'com.acme' };
    const action: Action = 'NotifyPeriodicEventStream';
    // @ts-expect-error a member of an enum
    const wrong: Requests['BootNotification'] = { ...boot, reason: 'Whim' };
    // @ts-expect-error exactOptionalPropertyTypes: an optional member is there or not
    const absent: Requests16['DataTransfer'] = { vendorId: 'com.acme', data: undefined };
    // @ts-expect-error nothing answers a SEND
    const response: Responses21['NotifyPeriodicEventStream'] = {};
    expect([answer, newer, transfer, action, wrong, absent, response]).toHaveLength(7);
  });

  it('narrow a payload', () => {
    const payload: unknown = { status: 'Accepted' };
    if (changeAvailability16.response(payload))
      expect(payload.status satisfies 'Accepted' | 'Rejected' | 'Scheduled').toBe('Accepted');
  });
});
