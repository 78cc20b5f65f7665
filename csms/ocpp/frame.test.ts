import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFrame, parseOutgoing } from './frame.js';
import { type Protocol, protocols } from './protocol.js';

/** The answer as [id, code], or silence. */
type Answer = [id: string, code: string] | undefined;

const unreadable: Answer = ['-1', 'RpcFrameworkError'];
const unsupported: Answer = ['m1', 'MessageTypeNotSupported'];
const notACall: [Answer, Answer, Answer] = [
  ['m1', 'FormationViolation'],
  ['m1', 'RpcFrameworkError'],
  ['m1', 'RpcFrameworkError'],
];

const malformed: [what: string, text: string, in16: Answer, in201: Answer, in21: Answer][] = [
  ['nothing', '', undefined, unreadable, unreadable],
  ['no JSON', 'hello', undefined, unreadable, unreadable],
  ['an object', '{"action":"Heartbeat"}', undefined, unreadable, unreadable],
  ['null', 'null', undefined, unreadable, unreadable],
  ['an empty array', '[]', undefined, unreadable, unreadable],
  ['an id that is a number', '[2,1,"Heartbeat",{}]', undefined, unreadable, unreadable],
  ['an empty id', '[2,"","Heartbeat",{}]', undefined, unreadable, unreadable],
  ['an answer cut off', '[3,"m1",{"a":', undefined, unreadable, unreadable],
  ['a CALL cut off behind its id', '[2,"m1","Heartbeat",{', ...notACall],
  ['a CALL cut off within its id', '[2,"m1', undefined, unreadable, unreadable],
  ['a CALL without payload', '[2,"m1","Heartbeat"]', ...notACall],
  ['a CALL with one member more', '[2,"m1","Heartbeat",{},{}]', ...notACall],
  ['a CALL whose action is no string', '[2,"m1",7,{}]', ...notACall],
  ['type 1', '[1,"m1",{}]', undefined, unsupported, unsupported],
  ['type 5 before 2.1', '[5,"m1","GenericError","",{}]', undefined, unsupported, undefined],
  ['type 6 before 2.1', '[6,"m1","NotifyPeriodicEventStream",{}]', undefined, unsupported, undefined],
  ['type 7', '[7,"m1",{}]', undefined, unsupported, unsupported],
  ['type "2"', '["2","m1","Heartbeat",{}]', undefined, unsupported, unsupported],
  ['type 2.5', '[2.5,"m1","Heartbeat",{}]', undefined, unsupported, unsupported],
  ['a SEND without payload: a SEND is never answered', '[6,"m1","X"]', undefined, unsupported, undefined],
];

const table = malformed.flatMap(([what, text, ...answers]) =>
  protocols.map((protocol, i) => ({ what, text, protocol, expected: answers[i] })),
);

function answerTo(text: string, protocol: Protocol): unknown[] | undefined {
  const frame = parseFrame(text, protocol);
  return frame.type === 'malformed' && frame.answer ? JSON.parse(frame.answer) : undefined;
}

describe('OCPP-J 4: a frame that is none', () => {
  it.each(table)('$protocol: $what → $expected', ({ text, protocol, expected }) => {
    const [type, id, code, description, details] = answerTo(text, protocol) ?? [];
    expect(id === undefined ? undefined : [id, code]).toEqual(expected);
    if (!expected) return;
    expect(type).toBe(4);
    expect(description).toMatch(/^The message /);
    expect(details).toEqual({});
  });

  it('describes itself in 255 characters at most', () => {
    const [, , , description] = answerTo(JSON.stringify(['x'.repeat(1_000), 'm1', {}]), 'ocpp2.0.1') ?? [];
    expect(description).toHaveLength(255);
  });

  it.each(protocols)('%s: is read although it nests deeper than a stack', (protocol) => {
    const deep = '['.repeat(16_000) + ']'.repeat(16_000);
    expect(parseFrame(`[${deep},"m1",{}]`, protocol).type).toBe('malformed');
    expect(parseFrame(`[2,"m1","Heartbeat",${deep}]`, protocol).type).toBe('CALL');
  });
});

describe('a frame', () => {
  it.each(protocols)('%s: 2 is a CALL, 3 a CALLRESULT, 4 a CALLERROR', (protocol) => {
    expect(parseFrame('[2,"m1","Heartbeat",{}]', protocol)).toEqual({
      ...{ type: 'CALL', id: 'm1', action: 'Heartbeat', payload: {} },
    });
    expect(parseFrame('[3,"m1",{"a":1}]', protocol)).toEqual({ type: 'CALLRESULT', id: 'm1', payload: { a: 1 } });
    expect(parseFrame('[4,"m1","GenericError","why",{}]', protocol)).toEqual({
      ...{ type: 'CALLERROR', id: 'm1', code: 'GenericError', description: 'why', details: {} },
    });
  });

  it('2.1: 5 is a CALLRESULTERROR, 6 a SEND', () => {
    expect(parseFrame('[5,"m1","GenericError","why",{}]', 'ocpp2.1')).toMatchObject({
      type: 'CALLRESULTERROR',
      id: 'm1',
    });
    expect(parseFrame('[6,"m1","X",{}]', 'ocpp2.1')).toEqual({ type: 'SEND', id: 'm1', action: 'X', payload: {} });
  });

  it('may have white space around its members', () => {
    expect(parseFrame(' [ 2 , "m1" ,\n"Heartbeat", { } ] ', 'ocpp1.6').type).toBe('CALL');
  });
});

const anyProtocol = fc.constantFrom(...protocols);
const frameLike = fc.tuple(
  fc.oneof(fc.integer({ min: 0, max: 9 }), fc.jsonValue()),
  fc.jsonValue(),
  fc.jsonValue(),
  fc.jsonValue(),
);

describe('any text', () => {
  it('is read without a throw, and answered with a CALLERROR or not at all', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(fc.jsonValue()).map((a) => JSON.stringify(a)),
      frameLike.map((a) => JSON.stringify(a)),
    );
    fc.assert(
      fc.property(text, anyProtocol, (text, protocol) => {
        const answer = answerTo(text, protocol);
        if (!answer) return;
        expect(answer).toHaveLength(5);
        expect(answer[0]).toBe(4);
        expect(String(answer[3]).length).toBeLessThanOrEqual(255);
      }),
    );
  });

  it('in 1.6 is answered only when its id can be read', () => {
    fc.assert(fc.property(fc.string(), (text) => answerTo(text, 'ocpp1.6')?.[1] !== '-1'));
  });

  it('on its way down is a frame, or is none, without a throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseOutgoing(text)));
  });
});

describe('a frame on its way down', () => {
  it.each([
    ['[2,"m1","Reset",{}]', { type: 'CALL', id: 'm1', action: 'Reset', payload: '{}' }],
    [
      '[ 2 , "m\\"1" ,"Reset",\n{ "n" : 1.50 ,"a":[2] }\n]\n',
      { type: 'CALL', id: 'm"1', action: 'Reset', payload: '{ "n" : 1.50 ,"a":[2] }' },
    ],
    ['[2.0,"m1","Reset",{"n":2}]', { type: 'CALL', id: 'm1', action: 'Reset', payload: '{"n":2}' }],
    ['[ 20E-1 ,"m1","Reset",{"n":2}]', { type: 'CALL', id: 'm1', action: 'Reset', payload: '{"n":2}' }],
    ['[2,"m1","Reset"]', undefined],
    ['[2,"m1","Reset",{},{}]', undefined],
    ['[3,"m1",{}]', { type: 'answer', id: 'm1' }],
    ['[4,"m1","GenericError","",{}]', { type: 'answer', id: 'm1' }],
    ['[5,"m1","GenericError","",{}]', { type: 'answer', id: 'm1' }],
    ['[6,"m1","NotifyPeriodicEventStream",{}]', { type: 'SEND' }],
    ['[7,"m1"]', undefined],
    ['[2,1]', undefined],
    ['[2,"","Reset",{}]', undefined],
    ['[2,"m1",7,{}]', undefined],
    ['{}', undefined],
    ['hello', undefined],
  ])('%s → %o', (text, expected) => {
    expect(parseOutgoing(text)).toEqual(expected);
  });
});
