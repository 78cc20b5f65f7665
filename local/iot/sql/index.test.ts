import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../broker.js';
import { compileRule, RuleError, SqlError } from './index.js';

const HEARTBEAT = '[2,"19223201","Heartbeat",{}]';

function message(payload: string | Buffer | object, rest: Partial<Message> = {}): Message {
  const text = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload);
  return {
    topic: 'CP1/in',
    payload: Buffer.from(text as string),
    qos: 1,
    userProperties: [],
    timestamp: 1_767_225_600_000,
    ...rest,
  };
}

function select(sql: string, payload: string | Buffer | object, rest?: Partial<Message>): unknown {
  return compileRule(sql).select(message(payload, rest));
}

/** What an expression is for a payload; undefined is left out of the answer. */
function value(expression: string, payload: string | Buffer | object = {}, rest?: Partial<Message>): unknown {
  return (select(`SELECT ${expression} AS it FROM '+/in'`, payload, rest) as { it?: unknown }).it;
}

describe('the statements of the system', () => {
  const toCsms = compileRule(`SELECT encode(*, 'base64') AS frame, topic(1) AS chargePointId,
    get(get_user_properties('connectionId'), 0) AS connectionId, get(get_user_properties('protocol'), 0) AS protocol,
    get(get_user_properties('receivedAt'), 0) AS receivedAt, timestamp() AS publishedAt FROM '+/in'`);

  it('hand on the frame as it was sent, with its socket and version', () => {
    const userProperties = [
      ['connectionId', 'abc='],
      ['protocol', 'ocpp1.6'],
      ['receivedAt', '2026-01-01T00:00:00.000Z'],
    ] as const;
    expect(toCsms.select(message(HEARTBEAT, { userProperties }))).toEqual({
      frame: Buffer.from(HEARTBEAT).toString('base64'),
      chargePointId: 'CP1',
      connectionId: 'abc=',
      protocol: 'ocpp1.6',
      receivedAt: '2026-01-01T00:00:00.000Z',
      publishedAt: 1_767_225_600_000,
    });
  });

  it('leave out what a publisher did not say', () => {
    expect(Object.keys(toCsms.select(message('[2,')) as object)).toEqual(['frame', 'chargePointId', 'publishedAt']);
  });

  it('hand on any bytes, JSON or not', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const { frame } = toCsms.select(message(Buffer.from(bytes))) as { frame: string };
        expect(Buffer.from(frame, 'base64')).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it("select a user's own Heartbeats", () => {
    const sql = `SELECT topic(1) AS chargePointId, timestamp() AS lastTimestamp FROM '+/in' WHERE get(*, 2) = 'Heartbeat'`;
    expect(select(sql, HEARTBEAT)).toEqual({ chargePointId: 'CP1', lastTimestamp: 1_767_225_600_000 });
    expect(select(sql, [2, '1', 'Authorize', {}])).toBeUndefined();
    expect(select(sql, [3, '1'])).toBeUndefined();
  });

  it('wrap a frame as a message', () => {
    expect(select(`SELECT * as message, topic(1) as chargePointId FROM '+/in'`, HEARTBEAT)).toEqual({
      message: [2, '19223201', 'Heartbeat', {}],
      chargePointId: 'CP1',
    });
  });

  it('receive the events of the registry', () => {
    const rule = compileRule(`SELECT * FROM '$aws/events/thing/+/+'`);
    expect(rule.matches('$aws/events/thing/CP1/created')).toBe(true);
    expect(rule.matches('$aws/events/thingType/CP1/created')).toBe(false);
    expect(rule.select(message({ eventType: 'THING_EVENT' }))).toEqual({ eventType: 'THING_EVENT' });
  });
});

describe('SELECT', () => {
  it('* alone hands on an array as an array', () => {
    expect(select(`SELECT * FROM '+/in'`, HEARTBEAT)).toEqual(JSON.parse(HEARTBEAT));
  });

  it('re-serialises the payload: nobody may rely on the order of members', () => {
    const payload = '{"a":1,"b":{"c":2,"d":3}}';
    expect(JSON.stringify(select(`SELECT * FROM '+/in'`, payload))).toBe('{"b":{"d":3,"c":2},"a":1}');
    expect(JSON.stringify(select(`SELECT * AS m FROM '+/in'`, payload))).toBe('{"m":{"b":{"d":3,"c":2},"a":1}}');
  });

  it('* takes further columns beside the members of an object, which win', () => {
    expect(select(`SELECT *, 15 AS speed FROM '+/in'`, { color: 'red', speed: 1 })).toEqual({
      color: 'red',
      speed: 15,
    });
    expect(() => select(`SELECT *, 15 AS speed FROM '+/in'`, [1])).toThrow(RuleError);
  });

  it('names an attribute after its last part', () => {
    expect(select(`SELECT state.reported.color, b FROM '+/in'`, { state: { reported: { color: 'red' } } })).toEqual({
      color: 'red',
    });
  });

  it('keeps null and leaves out what is undefined', () => {
    expect(select(`SELECT a, b, a.c FROM '+/in'`, { a: null })).toEqual({ a: null });
    expect(select(`SELECT constructor, toString AS s FROM '+/in'`, {})).toEqual({});
  });

  it.each(['', 'not json', '[2,', '80', '"text"', 'null', Buffer.from([0xff])])(
    'fails on %j, which is no JSON object or array',
    (payload) => {
      for (const columns of ['*', '* AS m', 'a', 'get(*, 0) AS a', 'isUndefined(a) AS a']) {
        expect(() => select(`SELECT ${columns} FROM '+/in'`, payload)).toThrow(RuleError);
      }
      expect(() => select(`SELECT topic() AS t FROM '+/in' WHERE a = 1`, payload)).toThrow(RuleError);
      expect(select(`SELECT topic() AS t FROM '+/in'`, payload)).toEqual({ t: 'CP1/in' });
    },
  );

  it('does not read the payload when WHERE says no without it', () => {
    expect(select(`SELECT * FROM '+/in' WHERE topic(1) = 'CP2'`, 'not json')).toBeUndefined();
  });
});

describe('FROM', () => {
  it.each([
    ['+/in', 'CP1/in', true],
    ['+/in', '/in', true],
    ['+/in', 'a/CP1/in', false],
    ['+/in', 'CP1/in/x', false],
    ['+/in', '$aws/in', false],
    ['CP1/#', 'CP1', true],
    ['CP1/#', 'CP1/events/connected', true],
    ['CP1/#', 'CP10/in', false],
    ['#', 'CP1/in', true],
    ['#', '$aws/things/CP1/shadow/update/delta', false],
    ['$aws/things/+/shadow/update/delta', '$aws/things/CP1/shadow/update/delta', true],
  ])('%s and the topic %s: %s', (filter, topic, matches) => {
    expect(compileRule(`SELECT * FROM '${filter}'`).matches(topic)).toBe(matches);
  });

  it.each([
    ...['', 'a/#/b', 'a#', 'a+/b', '1/2/3/4/5/6/7/8/9', 'x'.repeat(257)],
    ...['$aws/#', '$aws/events/presence/connected/+', '$aws/things/+/shadow/name/+/update/delta', '$SYS/#'],
  ])('refuses the filter %j', (filter) => {
    expect(() => compileRule(`SELECT * FROM '${filter}'`)).toThrow(SqlError);
  });
});

describe('operators', () => {
  it.each([
    [`a = 1`, true],
    [`a = '1'`, false],
    [`a <> '1'`, true],
    [`a != 1`, false],
    [`n = null`, true],
    [`n <> null`, false],
    [`list = same`, true],
    [`list <> other`, true],
    [`missing = 1`, undefined],
    [`missing <> 1`, undefined],
    [`NOT a = 2`, true],
    [`NOT 'TRUE'`, false],
    [`NOT a`, undefined],
    [`a = 2 OR a = 1 AND a = 1`, true],
    [`(a = 1 OR a = 1) AND a = 2`, false],
    [`a = 1 AND 'true'`, true],
    [`a = 1 OR missing = 1`, undefined],
    [`a = 2 AND missing = 1`, undefined],
  ])('%s is %s', (expression, expected) => {
    const list = [1, 'two', null, -3.5];
    expect(value(expression, { a: 1, n: null, list, same: list, other: [1] })).toBe(expected);
  });

  it('WHERE lets through what is true, and not what is undefined', () => {
    expect(select(`SELECT a FROM '+/in' WHERE a = 1`, { a: 1 })).toEqual({ a: 1 });
    expect(select(`SELECT a FROM '+/in' WHERE b = 1`, { a: 1 })).toBeUndefined();
    expect(select(`SELECT a FROM '+/in' WHERE NOT b = 1`, { a: 1 })).toBeUndefined();
  });
});

describe('functions', () => {
  it.each([
    [`topic()`, 'CP1/in'],
    [`topic(1)`, 'CP1'],
    [`topic('2')`, 'in'],
    [`topic(0)`, undefined],
    [`topic(3)`, undefined],
    [`get(list, 1)`, 'b'],
    [`get(list, 2)`, undefined],
    [`get(list, -1)`, undefined],
    [`get('abc', 0)`, 'a'],
    [`get(object, 'x')`, 1],
    [`get(object, 'toString')`, undefined],
    [`get(missing, 0)`, undefined],
    [`get_user_properties('none')`, undefined],
    [`get(get_user_properties('none'), 0)`, undefined],
    [`TimeStamp()`, 1_767_225_600_000],
    [`clientid()`, 'n/a'],
    [`isUndefined(missing)`, true],
    [`isNull(missing)`, false],
  ])('%s is %s', (expression, expected) => {
    expect(value(expression, { list: ['a', 'b'], object: { x: 1 } })).toEqual(expected);
  });

  it('get_user_properties has every value of a key, in order', () => {
    const userProperties = [
      ['k', '1'],
      ['other', '2'],
      ['k', '3'],
    ] as const;
    expect(value(`get_user_properties('k')`, {}, { userProperties })).toEqual(['1', '3']);
  });

  it('clientid is the MQTT client that published', () => {
    expect(value('clientid()', {}, { clientId: 'operator' })).toBe('operator');
  });

  it('encode reads a payload that is no JSON', () => {
    expect(value(`encode(*, 'base64')`, 'hi')).toBe('aGk=');
  });
});

describe('what is not known is refused when the rule is created, by name and position', () => {
  it.each([
    [`SELECT newuuid() AS id FROM 'a'`, /newuuid\(\).*character 8 /],
    [`SELECT aws_lambda('arn', *) AS x FROM 'a'`, /aws_lambda\(\).*character 8 /],
    [`SELECT a + 1 AS b FROM 'a'`, /not \+.*character 10 /],
    [`SELECT a * 5 AS b FROM 'a'`, /not \*.*character 10 /],
    [`SELECT * FROM 'a' GROUP BY b`, /not GROUP.*character 19 /],
    [`SELECT * FROM 'a' WHERE a LIKE 'b'`, /not LIKE.*character 27 /],
    [`SELECT VALUE a FROM 'a'`, /not a.*character 14 /],
    [`SELECT CASE a WHEN 1 THEN 2 END AS b FROM 'a'`, /not CASE.*character 8 /],
    [`SET @a = 1 SELECT @a AS b FROM 'a'`, /not SET.*character 1 /],
    [`SELECT {'a': 1} AS b FROM 'a'`, /not \{.*character 8 /],
    [`SELECT concat(a, 1) AS b FROM 'a'`, /concat\(\).*character 8 /],
    [`SELECT decode(a, 'base64') AS b FROM 'a'`, /decode\(\).*character 8 /],
    [`SELECT lower(a) AS b FROM 'a'`, /lower\(\).*character 8 /],
    [`SELECT upper(a) AS b FROM 'a'`, /upper\(\).*character 8 /],
    [`SELECT * FROM 'a' WHERE startswith(a, 'b')`, /startswith\(\).*character 25 /],
    [`SELECT * FROM 'a' WHERE endswith(a, 'b')`, /endswith\(\).*character 25 /],
    [`SELECT * FROM 'a' WHERE a IN [1, 2]`, /not IN.*character 27 /],
    [`SELECT * FROM 'a' WHERE a < 1`, /not <.*character 27 /],
    [`SELECT * FROM 'a' WHERE a <= 1`, /not <.*character 27 /],
    [`SELECT * FROM 'a' WHERE a > 1`, /not >.*character 27 /],
    [`SELECT * FROM 'a' WHERE a >= 1`, /not >.*character 27 /],
    [`SELECT [a, 1] AS b FROM 'a'`, /not \[.*character 8 /],
    [`SELECT (SELECT a FROM b) AS c FROM 'a'`, /not SELECT.*character 9 /],
    [`SELECT 'a\${topic()}\\'' AS b FROM 'a'`, /character 8 /],
    [`SELECT a AS b.c FROM 'a'`, /not \..*character 14 /],
    [`SELECT * FROM 'a' -- comment`, /not -.*character 19 /],
    [`SELECT *`, /FROM, not the end.*character 9 /],
    [`SELECT * FROM a`, /quotes, not a.*character 15 /],
    [`SELECT a, b AS a FROM 'a'`, /two columns are named a.*character 11 /i],
    [`SELECT *, * FROM 'a'`, /named \*.*character 11 /],
    [`SELECT get(*) AS a FROM 'a'`, /2 arguments, not 1/],
    [`SELECT topic(1, 2) AS a FROM 'a'`, /0 to 1 arguments, not 2/],
    [`SELECT encode(*, 'base32') AS a FROM 'a'`, /'base64', not 'base32'.*character 18 /],
    [`SELECT encode(*, b) AS a FROM 'a'`, /'base64', not b.*character 18 /],
    [`SELECT encode(a, 'base64') AS a FROM 'a'`, /\*, not a.*character 15 /],
    [`SELECT * FROM 'a' WHERE * = 1`, /not \*.*character 25 /],
    [`SELECT 1 AS a FROM 'a' WHERE a = 1e9`, /not e9.*character 35 /],
  ])('%s', (sql, message) => {
    expect(() => compileRule(sql)).toThrow(SqlError);
    expect(() => compileRule(sql)).toThrow(message);
  });

  it.each(['topic(1)', 'null', 'NOT a', 'a = b', '1', "get(*, 'a').b"])('a column %s without a name', (column) => {
    expect(() => compileRule(`SELECT ${column} FROM 'a'`)).toThrow(/needs a name.*character 8 /);
  });

  it('nesting without end', () => {
    expect(() => compileRule(`SELECT ${'('.repeat(100_000)} FROM 'a'`)).toThrow(SqlError);
  });

  it('whatever the text: a rule or an SqlError, never anything else', () => {
    const words = `SELECT FROM WHERE AS AND OR NOT IN null true a.b get( topic( encode( * ) ( [ ] , = <> ' 'base64' '+/in' 1 -2.5 + . "`;
    const statement = fc.array(fc.constantFrom(...words.split(' ')), { maxLength: 25 }).map((parts) => parts.join(' '));
    const afterSelect = statement.map((rest) => `SELECT * FROM '+/in' WHERE ${rest}`);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), statement, afterSelect), (sql) => {
        try {
          expect(compileRule(sql).matches('CP1/in')).toBeTypeOf('boolean');
        } catch (error) {
          expect(error).toBeInstanceOf(SqlError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('whatever the payload: a selection or a RuleError, never anything else', () => {
    const rule = compileRule(`SELECT *, get(a, 0) AS c FROM '+/in' WHERE a = b OR a.b = get(*, 'b')`);
    const nested = fc.integer({ min: 1, max: 60_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth));
    const deep = nested.map((array) => `{"a":${array},"b":${array}}`);
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), deep), (payload) => {
        try {
          rule.select(message(payload));
        } catch (error) {
          expect(error).toBeInstanceOf(RuleError);
        }
      }),
    );
  });
});
