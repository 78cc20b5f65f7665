import type { Protocol } from './protocol.js';

/** What one member of one message may be understood as, beyond what its schema says. */
export interface NaturalRule {
  /** What a required member is when it is missing. */
  missing?: (receivedAt: Date) => unknown;
  /** What a value is that the version has no word for; undefined: the member is left out. */
  unknown?: { as: string | undefined };
  /** What others write for a word, in small letters, and the word; undefined: the version has none, and needs none. */
  words?: Readonly<Record<string, string | undefined>>;
  /** An item of this list that can't be understood is left out, and the others count. */
  items?: 'left out';
  /** A fraction is understood as the nearest whole number. An id that has one is no id, so this is not for all. */
  fraction?: 'rounded';
  /** An object or list is understood as its JSON. */
  json?: 'as text';
}

/** By the member's path, `*` for any item of a list. */
export type NaturalRules = Readonly<Record<string, NaturalRule>>;

const received: NaturalRule = { missing: (at) => at.toISOString() };

/** 7.45: percent in a word, and a frequency, which has no unit of its own. 2.x has no list of units. */
const units16: NaturalRule = { words: { '%': 'Percent', '°c': 'Celsius', '°f': 'Fahrenheit', hz: undefined } };

/** Of a list of meter values. What a session used must not be lost for a sample that says something else. */
const meterValues = (path: string): NaturalRules => ({
  [path]: { items: 'left out' },
  [`${path}/*/timestamp`]: received,
  [`${path}/*/sampledValue`]: { items: 'left out' },
  [`${path}/*/sampledValue/*/context`]: { unknown: { as: 'Other' } },
});

const meterValues16 = (path: string): NaturalRules => ({
  ...meterValues(path),
  [`${path}/*/sampledValue/*/unit`]: units16,
});

/** 2.1 lets these two be absent; for 2.0.1 its editions say that they are then empty. */
const signedValues = (path: string): NaturalRules => ({
  [`${path}/*/sampledValue/*/signedMeterValue/publicKey`]: { missing: () => '' },
  [`${path}/*/sampledValue/*/signedMeterValue/signingMethod`]: { missing: () => '' },
});

const rules16: Readonly<Record<string, NaturalRules>> = {
  DataTransfer: { '/data': { json: 'as text' } },
  MeterValues: meterValues16('/meterValue'),
  SecurityEventNotification: { '/timestamp': received },
  // Whole Wh are asked for: half a Wh at each end of a session is not worth losing it.
  StartTransaction: { '/timestamp': received, '/meterStart': { fraction: 'rounded' } },
  StatusNotification: { '/errorCode': { missing: () => 'NoError', unknown: { as: 'OtherError' } } },
  StopTransaction: {
    '/timestamp': received,
    '/meterStop': { fraction: 'rounded' },
    '/reason': { unknown: { as: 'Other' } },
    ...meterValues16('/transactionData'),
  },
};

const rules2x: Readonly<Record<string, NaturalRules>> = {
  BootNotification: { '/reason': { missing: () => 'Unknown', unknown: { as: 'Unknown' } } },
  MeterValues: { ...meterValues('/meterValue'), ...signedValues('/meterValue') },
  NotifyEvent: { '/generatedAt': received, '/eventData/*/timestamp': received },
  NotifyReport: { '/generatedAt': received },
  SecurityEventNotification: { '/timestamp': received },
  StatusNotification: { '/timestamp': received },
  TransactionEvent: {
    '/timestamp': received,
    '/cableMaxCurrent': { fraction: 'rounded' },
    '/transactionInfo/chargingState': { unknown: { as: undefined } },
    '/transactionInfo/stoppedReason': { unknown: { as: 'Other' } },
    '/transactionInfo/timeSpentCharging': { fraction: 'rounded' },
    ...meterValues('/meterValue'),
    ...signedValues('/meterValue'),
  },
};

/** Of what answers a CALL of ours. */
const responses16: Readonly<Record<string, NaturalRules>> = {
  DataTransfer: { '/data': { json: 'as text' } },
  // One key that is told wrongly must not hide the others.
  GetConfiguration: {
    '/configurationKey': { items: 'left out' },
    '/configurationKey/*/readonly': { missing: () => false },
  },
};

interface Rules {
  request: Readonly<Record<string, NaturalRules>>;
  response: Readonly<Record<string, NaturalRules>>;
}

const rules: Record<Protocol, Rules> = {
  'ocpp1.6': { request: rules16, response: responses16 },
  'ocpp2.0.1': { request: rules2x, response: {} },
  'ocpp2.1': { request: rules2x, response: {} },
};

/** The rules for the requests or the responses of one action. */
export function naturalRules(protocol: Protocol, action: string, kind: keyof Rules): NaturalRules {
  const byAction = rules[protocol][kind];
  return (Object.hasOwn(byAction, action) && byAction[action]) || {};
}
