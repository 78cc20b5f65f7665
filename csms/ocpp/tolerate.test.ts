import { describe, expect, it } from 'vitest';
import type { Protocol } from './protocol.js';
import { understandPayload } from './validate.js';

const receivedAt = new Date('2026-01-02T03:04:05.678Z');
const understand = (protocol: Protocol, action: string, payload: unknown) =>
  understandPayload({ protocol, action, kind: 'request', payload }, receivedAt);

const time = '2026-01-31T12:00:00Z';
const status16 = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
const start16 = { connectorId: 1, idTag: 'TAG', meterStart: 100, timestamp: time };
const stop16 = { transactionId: 7, meterStop: 200, timestamp: time };
const sampled = (...sampledValue: object[]) => [{ timestamp: time, sampledValue }];
const status2x = { timestamp: time, connectorStatus: 'Available', evseId: 1, connectorId: 1 };
const event2x = {
  ...{ eventType: 'Ended', timestamp: time, triggerReason: 'RemoteStop', seqNo: 3 },
  transactionInfo: { transactionId: 't1' },
};
const signed = { signedMeterData: 'U0lHTkVE', encodingMethod: 'OCMF' };

type Case = [protocol: Protocol, what: string, action: string, sent: object, meant: object, deviation: string];
const in2x = (...[what, action, sent, meant, deviation]: [string, string, object, object, string]): Case[] =>
  (['ocpp2.0.1', 'ocpp2.1'] as const).map((protocol) => [protocol, what, action, sent, meant, deviation]);

const understood: Case[] = [
  ...(
    [
      ['an unknown member', { ...status16, firmware: '1.2' }, status16, 'unknown-member /firmware'],
      ['a member in the wrong case', { ...status16, Info: 'hot' }, { ...status16, info: 'hot' }, 'case /info'],
      [
        'a member twice',
        { ...status16, Info: 'no', info: 'hot' },
        { ...status16, info: 'hot' },
        'unknown-member /Info',
      ],
      [
        'a member twice in the wrong case',
        { ...status16, Info: 'hot', INFO: 'no' },
        { ...status16, info: 'hot' },
        'unknown-member /INFO',
      ],
      ['a text that is too long', { ...status16, info: 'x'.repeat(51) }, 'as it is', 'too-long /info'],
      [
        'a number for a text',
        { ...status16, vendorErrorCode: 17 },
        { ...status16, vendorErrorCode: '17' },
        'no-text /vendorErrorCode',
      ],
      ['a text for a whole number', { ...status16, connectorId: '1' }, status16, 'number /connectorId'],
      ['a text with decimals for a whole number', { ...status16, connectorId: '1.0' }, status16, 'number /connectorId'],
      ['null for what is absent', { ...status16, info: null }, status16, 'empty /info'],
      ['an empty text for a time that is absent', { ...status16, timestamp: '' }, status16, 'empty /timestamp'],
      ['a word in the wrong case', { ...status16, status: 'AVAILABLE' }, status16, 'case /status'],
      ['a word with white space', { ...status16, status: ' Available ' }, status16, 'case /status'],
      [
        'a loose time',
        { ...status16, timestamp: '2026-1-31 12:00' },
        { ...status16, timestamp: time },
        'date-time /timestamp',
      ],
      ['a missing error code', { connectorId: 1, status: 'Available' }, status16, 'missing /errorCode'],
      [
        'an unknown error code',
        { ...status16, errorCode: 'E17' },
        { ...status16, errorCode: 'OtherError' },
        'unknown-value /errorCode',
      ],
    ] as const
  ).map(
    ([what, sent, meant, deviation]): Case => [
      ...(['ocpp1.6', what, 'StatusNotification', sent] as const),
      ...([meant === 'as it is' ? sent : meant, deviation] as const),
    ],
  ),
  [
    'ocpp1.6',
    'no time',
    'StartTransaction',
    { ...start16, timestamp: undefined },
    { ...start16, timestamp: receivedAt.toISOString() },
    'missing /timestamp',
  ],
  [
    'ocpp1.6',
    'a fraction of a Wh',
    'StartTransaction',
    { ...start16, meterStart: 100.4 },
    start16,
    'fraction /meterStart',
  ],
  [
    'ocpp1.6',
    'a fraction of a Wh in a text',
    'StopTransaction',
    { ...stop16, meterStop: '199.5' },
    stop16,
    'fraction /meterStop',
  ],
  [
    'ocpp1.6',
    'an unknown reason',
    'StopTransaction',
    { ...stop16, reason: 'Bored' },
    { ...stop16, reason: 'Other' },
    'unknown-value /reason',
  ],
  [
    'ocpp1.6',
    'one meter value without a list',
    'MeterValues',
    { connectorId: 1, meterValue: { timestamp: time, sampledValue: { value: '1' } } },
    { connectorId: 1, meterValue: sampled({ value: '1' }) },
    'no-list /meterValue',
  ],
  [
    'ocpp1.6',
    'a number for a value',
    'MeterValues',
    { connectorId: 1, meterValue: sampled({ value: 12.5 }) },
    { connectorId: 1, meterValue: sampled({ value: '12.5' }) },
    'no-text /meterValue/*/sampledValue/*/value',
  ],
  [
    'ocpp1.6',
    'an unknown context',
    'MeterValues',
    { connectorId: 1, meterValue: sampled({ value: '1', context: 'Boot' }) },
    { connectorId: 1, meterValue: sampled({ value: '1', context: 'Other' }) },
    'unknown-value /meterValue/*/sampledValue/*/context',
  ],
  [
    'ocpp1.6',
    'a unit in another word',
    'MeterValues',
    { connectorId: 1, meterValue: sampled({ value: '80', measurand: 'SoC', unit: '%' }) },
    { connectorId: 1, meterValue: sampled({ value: '80', measurand: 'SoC', unit: 'Percent' }) },
    'unknown-value /meterValue/*/sampledValue/*/unit',
  ],
  [
    'ocpp1.6',
    'a unit that 1.6 has no word for',
    'MeterValues',
    { connectorId: 1, meterValue: sampled({ value: '50.01', measurand: 'Frequency', unit: 'Hz' }) },
    { connectorId: 1, meterValue: sampled({ value: '50.01', measurand: 'Frequency' }) },
    'unknown-value /meterValue/*/sampledValue/*/unit',
  ],
  [
    'ocpp1.6',
    'an unknown measurand',
    'StopTransaction',
    { ...stop16, transactionData: sampled({ value: '1', measurand: 'Humidity' }, { value: '2' }) },
    { ...stop16, transactionData: sampled({ value: '2' }) },
    'left-out /transactionData/*/sampledValue/*',
  ],
  [
    'ocpp1.6',
    'a meter value that is none',
    'StopTransaction',
    { ...stop16, transactionData: [{ value: 3 }, ...sampled({ value: '2' })] },
    { ...stop16, transactionData: sampled({ value: '2' }) },
    'left-out /transactionData/*',
  ],
  [
    'ocpp1.6',
    'an object for its JSON',
    'DataTransfer',
    { vendorId: 'a', data: { b: [1] } },
    { vendorId: 'a', data: '{"b":[1]}' },
    'no-text /data',
  ],
  ['ocpp1.6', 'an empty list for an object', 'Heartbeat', [], {}, 'no-object '],
  ['ocpp1.6', 'an unknown member of an empty message', 'Heartbeat', { status: 'fine' }, {}, 'unknown-member /status'],
  ...in2x(
    'a boolean in a text',
    'TransactionEvent',
    { ...event2x, offline: 'False' },
    { ...event2x, offline: false },
    'boolean /offline',
  ),
  ...in2x(
    'a boolean as a number',
    'TransactionEvent',
    { ...event2x, offline: 1 },
    { ...event2x, offline: true },
    'boolean /offline',
  ),
  ...in2x(
    'an empty list of meter values',
    'TransactionEvent',
    { ...event2x, meterValue: [] },
    event2x,
    'empty /meterValue',
  ),
  ...in2x(
    'meter values without one that is understood',
    'TransactionEvent',
    { ...event2x, meterValue: [{ timestamp: time, sampledValue: [{ value: 1, measurand: 'Humidity' }] }] },
    event2x,
    'left-out /meterValue/*',
  ),
  ...in2x(
    'an unknown reason to stop',
    'TransactionEvent',
    { ...event2x, transactionInfo: { transactionId: 't1', stoppedReason: 'Bored' } },
    { ...event2x, transactionInfo: { transactionId: 't1', stoppedReason: 'Other' } },
    'unknown-value /transactionInfo/stoppedReason',
  ),
  ...in2x(
    'an unknown state',
    'TransactionEvent',
    { ...event2x, transactionInfo: { transactionId: 't1', chargingState: 'Bored' } },
    event2x,
    'unknown-value /transactionInfo/chargingState',
  ),
  ...in2x(
    'a transaction id that is too long',
    'TransactionEvent',
    { ...event2x, transactionInfo: { transactionId: 't'.repeat(250) } },
    { ...event2x, transactionInfo: { transactionId: 't'.repeat(250) } },
    'too-long /transactionInfo/transactionId',
  ),
  ...in2x(
    'no time',
    'StatusNotification',
    { ...status2x, timestamp: null },
    { ...status2x, timestamp: receivedAt.toISOString() },
    'missing /timestamp',
  ),
  ...in2x(
    'a value in a text',
    'MeterValues',
    { evseId: 1, meterValue: sampled({ value: '1e3' }) },
    { evseId: 1, meterValue: sampled({ value: 1000 }) },
    'number /meterValue/*/sampledValue/*/value',
  ),
  ...in2x(
    'null where anything may be',
    'DataTransfer',
    { vendorId: 'a', data: null, x: 1 },
    { vendorId: 'a', data: null },
    'unknown-member /x',
  ),
  ...in2x('custom data of nobody', 'Heartbeat', { customData: { x: 1 } }, {}, 'unknown-member /customData'),
  ...in2x(
    'an unknown reason to boot',
    'BootNotification',
    { reason: 'Bored', chargingStation: { vendorName: 'a', model: 'b' } },
    { reason: 'Unknown', chargingStation: { vendorName: 'a', model: 'b' } },
    'unknown-value /reason',
  ),
  [
    'ocpp2.0.1',
    'a signature without its key',
    'MeterValues',
    { evseId: 1, meterValue: sampled({ value: 1, signedMeterValue: { ...signed, signingMethod: '' } }) },
    { evseId: 1, meterValue: sampled({ value: 1, signedMeterValue: { ...signed, signingMethod: '', publicKey: '' } }) },
    'missing /meterValue/*/sampledValue/*/signedMeterValue/publicKey',
  ],
];

describe('is understood', () => {
  it.each(understood)('%s: %s, %s', async (protocol, _what, action, sent, meant, deviation) => {
    const asSent = structuredClone(sent);
    const { payload, deviations, fault } = await understand(protocol, action, sent);
    expect(fault).toBeUndefined();
    expect(JSON.parse(JSON.stringify(payload))).toEqual(meant);
    expect(deviations.map(({ what, path }) => `${what} ${path}`)).toContain(deviation);
    expect(sent).toEqual(asSent);
  });

  it('in one deviation each fault that all items of a list have', async () => {
    const values = [1, 2, 3].map((value) => ({ timestamp: '2026-01-31 12:00:00', sampledValue: [{ value }] }));
    const { deviations } = await understand('ocpp1.6', 'MeterValues', { connectorId: 1, meterValue: values });
    expect(deviations).toEqual([
      { path: '/meterValue/*/timestamp', what: 'date-time', value: '2026-01-31 12:00:00' },
      { path: '/meterValue/*/sampledValue/*/value', what: 'no-text', value: 1 },
    ]);
  });
});

const refused: [protocol: Protocol, what: string, action: string, sent: object][] = [
  ['ocpp2.0.1', 'a list without the items that it must have', 'MeterValues', { evseId: 1, meterValue: [] }],
  ['ocpp1.6', 'a status that 1.6 has not', 'StatusNotification', { ...status16, status: 'Occupied' }],
  ['ocpp1.6', 'a missing meter', 'StartTransaction', { ...start16, meterStart: undefined }],
  ['ocpp1.6', 'a missing token', 'StartTransaction', { ...start16, idTag: null }],
  ['ocpp1.6', 'a token of which JSON has rounded the number', 'StartTransaction', { ...start16, idTag: 2 ** 60 }],
  ['ocpp1.6', 'a token that is far too long', 'StartTransaction', { ...start16, idTag: 'x'.repeat(251) }],
  ['ocpp1.6', 'a fraction of a connector', 'StatusNotification', { ...status16, connectorId: 1.5 }],
  ['ocpp1.6', 'a number with a decimal comma', 'StartTransaction', { ...start16, meterStart: '12,5' }],
  ['ocpp1.6', 'an id that no number can be', 'StopTransaction', { ...stop16, transactionId: '12345678901234567890' }],
  ['ocpp1.6', 'a time with something behind it', 'StartTransaction', { ...start16, timestamp: `${time} ok` }],
  ['ocpp1.6', 'the 31st of February', 'StartTransaction', { ...start16, timestamp: '2026-02-31T12:00:00Z' }],
  ['ocpp2.0.1', 'no custom data but no sequence number', 'TransactionEvent', { ...event2x, seqNo: undefined }],
  [
    'ocpp2.0.1',
    'a transaction id that is no id',
    'TransactionEvent',
    { ...event2x, transactionInfo: { transactionId: {} } },
  ],
  ['ocpp2.1', 'a number out of its range', 'TransactionEvent', { ...event2x, numberOfPhasesUsed: 4 }],
];

describe('is not understood', () => {
  it.each(refused)('%s: %s', async (protocol, _what, action, sent) => {
    const { fault, deviations } = await understand(protocol, action, sent);
    expect(fault).toMatchObject({ code: expect.any(String), details: { path: expect.any(String) } });
    expect(deviations.at(-1)).toMatchObject({ what: 'not-understood', value: expect.any(String) });
  });

  it('for not being an object, where members are required', async () => {
    const { fault } = await understand('ocpp1.6', 'StatusNotification', []);
    expect(fault).toMatchObject({ code: 'FormatViolation' });
  });

  it('for what it is that a required member is not', async () => {
    const { fault } = await understand('ocpp1.6', 'StartTransaction', { ...start16, idTag: null });
    expect(fault).toMatchObject({ code: 'TypeConstraintViolation', details: { path: '/idTag' } });
  });

  it('for the fault that nothing can be made of, though others come first', async () => {
    const sent = { ...status16, connectorId: '1', firmware: 1, status: 'Occupied' };
    const { fault, deviations } = await understand('ocpp1.6', 'StatusNotification', sent);
    expect(fault).toMatchObject({ code: 'PropertyConstraintViolation', details: { path: '/status' } });
    expect(deviations.map(({ what }) => what)).toEqual(['number', 'unknown-member', 'not-understood']);
  });
});
