import type { Protocol } from '../../csms/ocpp/protocol.js';

/** A frame of a charge point, and what it hears: a CALLRESULT, silence, or the code of a CALLERROR, and where the fault is. */
export type Vector = [
  protocol: Protocol,
  what: string,
  frame: string,
  answer: 'CALLRESULT' | 'silence' | `${string}Violation` | `${string}Error` | `Not${string}` | `${string}NotSupported`,
  path?: string,
];

const at = '"2026-01-31T12:00:00Z"';
const call = (action: string, payload: string) => `[2,"m1","${action}",${payload}]`;
const status16 = (members: string) => call('StatusNotification', `{"connectorId":1,"errorCode":"NoError",${members}}`);
const status2x = (members: string) => call('StatusNotification', `{"evseId":1,"connectorId":1,${members}}`);
const start16 = (members: string) => call('StartTransaction', `{"idTag":"T","meterStart":0,${members}}`);
const meter16 = (sampled: string) =>
  call('MeterValues', `{"connectorId":1,"meterValue":[{"timestamp":${at},"sampledValue":${sampled}}]}`);
const event2x = (members: string) =>
  call(
    'TransactionEvent',
    `{"eventType":"Started","timestamp":${at},"triggerReason":"Authorized","transactionInfo":{"transactionId":"T1"},${members}}`,
  );
const boot2x = (station: string) => call('BootNotification', `{"reason":"PowerUp","chargingStation":${station}}`);

/** Written by hand from OCPP-J 4.2.3 (1.6), Part 4 4.3 (2.0.1, 2.1) and the messages' own chapters. */
export const vectors: Vector[] = [
  // 1.6: the frame
  ['ocpp1.6', 'no JSON: its id is unknown', 'hello', 'silence'],
  ['ocpp1.6', 'no array', '{}', 'silence'],
  ['ocpp1.6', 'an unknown message type', '[9,"m1",{}]', 'silence'],
  ['ocpp1.6', 'no payload', '[2,"m1","Heartbeat"]', 'FormationViolation'],
  ['ocpp1.6', 'an action of no version', call('Invented', '{}'), 'NotImplemented'],
  ['ocpp1.6', 'an action of 2.x', call('TransactionEvent', '{}'), 'NotImplemented'],
  ['ocpp1.6', 'an action in lower case', call('heartbeat', '{}'), 'NotImplemented'],
  ['ocpp1.6', 'an action of the CSMS', call('Reset', '{"type":"Hard"}'), 'NotSupported'],
  // 1.6: the payload
  ['ocpp1.6', 'valid', call('Heartbeat', '{}'), 'CALLRESULT'],
  ['ocpp1.6', 'valid', call('BootNotification', '{"chargePointVendor":"A","chargePointModel":"B"}'), 'CALLRESULT'],
  ['ocpp1.6', 'valid', status16('"status":"Available"'), 'CALLRESULT'],
  ['ocpp1.6', 'a payload that is an array', call('Heartbeat', '[]'), 'FormationViolation'],
  ['ocpp1.6', 'a payload that is null', call('Heartbeat', 'null'), 'FormationViolation'],
  ['ocpp1.6', 'a member where none is', call('Heartbeat', '{"a":1}'), 'FormationViolation', ''],
  ['ocpp1.6', 'a member of another case', status16('"Status":"Available"'), 'OccurenceConstraintViolation', ''],
  ['ocpp1.6', 'customData, which 1.6 has not', call('Heartbeat', '{"customData":{}}'), 'FormationViolation', ''],
  ['ocpp1.6', 'no vendor', call('BootNotification', '{"chargePointModel":"B"}'), 'OccurenceConstraintViolation', ''],
  ['ocpp1.6', 'no status', status16('"info":"x"'), 'OccurenceConstraintViolation', ''],
  ['ocpp1.6', 'no timestamp', start16('"connectorId":1'), 'OccurenceConstraintViolation', ''],
  [
    'ocpp1.6',
    'a sampled value without value',
    meter16('[{"unit":"Wh"}]'),
    'OccurenceConstraintViolation',
    '/meterValue/0/sampledValue/0',
  ],
  [
    'ocpp1.6',
    'null for an optional member',
    status16('"status":"Available","info":null'),
    'TypeConstraintViolation',
    '/info',
  ],
  [
    'ocpp1.6',
    'a number as text',
    start16(`"connectorId":"1","timestamp":${at}`),
    'TypeConstraintViolation',
    '/connectorId',
  ],
  ['ocpp1.6', 'a fraction', start16(`"connectorId":1.5,"timestamp":${at}`), 'TypeConstraintViolation', '/connectorId'],
  ['ocpp1.6', 'a list for an object', meter16('{}'), 'TypeConstraintViolation', '/meterValue/0/sampledValue'],
  [
    'ocpp1.6',
    'a value as number',
    meter16('[{"value":1}]'),
    'TypeConstraintViolation',
    '/meterValue/0/sampledValue/0/value',
  ],
  ['ocpp1.6', 'a status of 2.x', status16('"status":"Occupied"'), 'PropertyConstraintViolation', '/status'],
  ['ocpp1.6', 'a status in lower case', status16('"status":"available"'), 'PropertyConstraintViolation', '/status'],
  [
    'ocpp1.6',
    'info of 51 characters',
    status16(`"status":"Available","info":"${'x'.repeat(51)}"`),
    'PropertyConstraintViolation',
    '/info',
  ],
  ['ocpp1.6', 'info of 50 characters', status16(`"status":"Available","info":"${'x'.repeat(50)}"`), 'CALLRESULT'],
  [
    'ocpp1.6',
    'a token of 21 characters',
    call('Authorize', `{"idTag":"${'x'.repeat(21)}"}`),
    'PropertyConstraintViolation',
    '/idTag',
  ],
  [
    'ocpp1.6',
    'a time without zone',
    start16('"connectorId":1,"timestamp":"2026-01-31T12:00:00"'),
    'PropertyConstraintViolation',
    '/timestamp',
  ],
  [
    'ocpp1.6',
    'an unknown measurand',
    meter16('[{"value":"1","measurand":"Mood"}]'),
    'PropertyConstraintViolation',
    '/meterValue/0/sampledValue/0/measurand',
  ],
  ...(['ocpp2.0.1', 'ocpp2.1'] as const).flatMap((protocol): Vector[] => [
    // 2.x: the frame
    [protocol, 'no JSON', 'hello', 'RpcFrameworkError'],
    [protocol, 'an id that is a number', '[2,1,"Heartbeat",{}]', 'RpcFrameworkError'],
    [protocol, 'no payload', '[2,"m1","Heartbeat"]', 'RpcFrameworkError'],
    [protocol, 'an unknown message type', '[9,"m1",{}]', 'MessageTypeNotSupported'],
    [protocol, 'an action of 1.6', call('StartTransaction', '{}'), 'NotImplemented'],
    [protocol, 'an action of the CSMS', call('Reset', '{"type":"Immediate"}'), 'NotSupported'],
    // 2.x: the payload
    [protocol, 'valid', call('Heartbeat', '{}'), 'CALLRESULT'],
    [protocol, 'customData, with anything', call('Heartbeat', '{"customData":{"vendorId":"A","a":[1]}}'), 'CALLRESULT'],
    [protocol, 'valid', boot2x('{"model":"A","vendorName":"B"}'), 'CALLRESULT'],
    [protocol, 'valid', status2x(`"timestamp":${at},"connectorStatus":"Occupied"`), 'CALLRESULT'],
    [protocol, 'a payload that is text', call('Heartbeat', '"x"'), 'FormatViolation'],
    [protocol, 'a member where none is', call('Heartbeat', '{"a":1}'), 'FormatViolation', ''],
    [
      protocol,
      'a member where none is, within',
      boot2x('{"model":"A","vendorName":"B","color":"red"}'),
      'FormatViolation',
      '/chargingStation',
    ],
    [protocol, 'no reason', call('BootNotification', '{}'), 'OccurrenceConstraintViolation', ''],
    [protocol, 'no vendor', boot2x('{"model":"A"}'), 'OccurrenceConstraintViolation', '/chargingStation'],
    [
      protocol,
      'customData without vendor',
      call('Heartbeat', '{"customData":{}}'),
      'OccurrenceConstraintViolation',
      '/customData',
    ],
    [protocol, 'no seqNo', event2x('"offline":true'), 'OccurrenceConstraintViolation', ''],
    [
      protocol,
      'no meter value in a list',
      event2x('"seqNo":0,"meterValue":[]'),
      'OccurrenceConstraintViolation',
      '/meterValue',
    ],
    [protocol, 'text for an object', boot2x('"One"'), 'TypeConstraintViolation', '/chargingStation'],
    [protocol, 'a number as text', event2x('"seqNo":"0"'), 'TypeConstraintViolation', '/seqNo'],
    [protocol, 'yes as text', event2x('"seqNo":0,"offline":"true"'), 'TypeConstraintViolation', '/offline'],
    [
      protocol,
      'a value as text',
      event2x(`"seqNo":0,"meterValue":[{"timestamp":${at},"sampledValue":[{"value":"1"}]}]`),
      'TypeConstraintViolation',
      '/meterValue/0/sampledValue/0/value',
    ],
    [
      protocol,
      'a status of 1.6',
      status2x(`"timestamp":${at},"connectorStatus":"Charging"`),
      'PropertyConstraintViolation',
      '/connectorStatus',
    ],
    [
      protocol,
      'a time that is none',
      status2x('"timestamp":"2026-02-30T12:00:00Z","connectorStatus":"Occupied"'),
      'PropertyConstraintViolation',
      '/timestamp',
    ],
    [
      protocol,
      'a model of 21 characters',
      boot2x(`{"model":"${'x'.repeat(21)}","vendorName":"B"}`),
      'PropertyConstraintViolation',
      '/chargingStation/model',
    ],
  ]),
  ['ocpp2.0.1', 'an action of 2.1', call('BatterySwap', '{}'), 'NotImplemented'],
  ['ocpp2.0.1', 'a SEND, which 2.0.1 has not', '[6,"m1","NotifyPeriodicEventStream",{}]', 'MessageTypeNotSupported'],
  ['ocpp2.0.1', 'a negative EVSE, which 2.0.1 does not forbid', event2x('"seqNo":0,"evse":{"id":-1}'), 'CALLRESULT'],
  ['ocpp2.1', 'a negative EVSE', event2x('"seqNo":0,"evse":{"id":-1}'), 'PropertyConstraintViolation', '/evse/id'],
  ['ocpp2.1', 'a negative seqNo', event2x('"seqNo":-1'), 'PropertyConstraintViolation', '/seqNo'],
  ['ocpp2.1', 'a SEND is never answered', '[6,"m1","NotifyPeriodicEventStream",{}]', 'silence'],
  ['ocpp2.1', 'a CALLRESULTERROR is never answered', '[5,"m1","GenericError","",{}]', 'silence'],
];
