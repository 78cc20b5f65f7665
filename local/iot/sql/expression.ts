import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../json.js';
import type { Message } from '../broker.js';
import { codecs, encode, functions } from './functions.js';
import { type Reader, SqlError } from './reader.js';
import { jsonOf, member, toBoolean, toDecimal, toText, type Value } from './values.js';

/** A part of a statement, ready to be applied to messages. @throws {RuleError} when it needs a JSON payload and there is none */
export type Expression = (message: Message) => Value;

/** Of two values that are there. No conversion: values of different types differ, and the order of members does not count. */
const comparisons: [operator: string, compare: (left: Json, right: Json) => boolean | undefined][] = [
  ['=', (left, right) => isDeepStrictEqual(left, right)],
  ['<>', (left, right) => !isDeepStrictEqual(left, right)],
  ['!=', (left, right) => !isDeepStrictEqual(left, right)],
  ['<=', ofNumbers((left, right) => left <= right)],
  ['<', ofNumbers((left, right) => left < right)],
  ['>=', ofNumbers((left, right) => left >= right)],
  ['>', ofNumbers((left, right) => left > right)],
  ['in', (left, right) => (Array.isArray(right) ? right.some((item) => isDeepStrictEqual(left, item)) : undefined)],
];

/** Order is for numbers and what spells one; text has none in AWS IoT SQL. */
function ofNumbers(compare: (left: number, right: number) => boolean) {
  return (left: Json, right: Json) => {
    const [a, b] = [toDecimal(left), toDecimal(right)];
    return a === undefined || b === undefined ? undefined : compare(a, b);
  };
}

/** `*` where the whole payload may stand (a column or an argument), or an expression. */
export function readPayloadOrExpression(sql: Reader): Expression {
  return sql.accept('*') ? jsonOf : readExpression(sql);
}

/** OR binds loosest, then AND, NOT, the comparisons. */
export function readExpression(sql: Reader): Expression {
  return sql.nested(() => readChain(sql, 'or', () => readChain(sql, 'and', () => readNegation(sql))));
}

function readChain(sql: Reader, keyword: 'and' | 'or', readOne: () => Expression): Expression {
  const first = readOne();
  const operands = [first];
  while (sql.accept(keyword)) operands.push(readOne());
  if (operands.length === 1) return first;
  return (message) => {
    const values = operands.map((operand) => toBoolean(operand(message)));
    // Every operand counts: one that is no boolean makes the whole Undefined.
    if (values.includes(undefined)) return undefined;
    return keyword === 'and' ? !values.includes(false) : values.includes(true);
  };
}

function readNegation(sql: Reader): Expression {
  if (!sql.accept('not')) return readComparison(sql);
  const operand = readComparison(sql);
  return (message) => {
    const value = toBoolean(operand(message));
    return value === undefined ? undefined : !value;
  };
}

function readComparison(sql: Reader): Expression {
  const left = readOperand(sql);
  const [, compare] = comparisons.find(([operator]) => sql.accept(operator)) ?? [];
  if (!compare) return left;
  const right = readOperand(sql);
  return (message) => {
    const [a, b] = [left(message), right(message)];
    return a === undefined || b === undefined ? undefined : compare(a, b);
  };
}

function readOperand(sql: Reader): Expression {
  if (sql.accept('(')) {
    const inner = readExpression(sql);
    sql.expect(')');
    return inner;
  }
  const literal = sql.accept('[') ? readArray(sql) : readLiteral(sql);
  if (literal !== undefined) return () => literal;

  const { position } = sql;
  const name = sql.name('an expression');
  return readPath(sql, sql.accept('(') ? readCall(sql, name, position) : (message) => member(jsonOf(message), name));
}

function readLiteral(sql: Reader): Json | undefined {
  if (sql.accept('null')) return null;
  if (sql.accept('true')) return true;
  if (sql.accept('false')) return false;
  const number = sql.match(/^-?\d+(\.\d+)?/);
  return number === undefined ? sql.string() : Number(number);
}

// Only literals: what AWS makes of an undefined item in an array is not documented.
function readArray(sql: Reader): Json[] {
  if (sql.accept(']')) return [];
  const items = sql.list(() => {
    const item = readLiteral(sql);
    return item === undefined ? sql.fail('a literal') : item;
  });
  sql.expect(']');
  return items;
}

function readPath(sql: Reader, of: Expression): Expression {
  if (!sql.accept('.')) return of;
  const name = sql.match(/^[a-z_]\w*/i) ?? sql.fail('an attribute');
  return readPath(sql, (message) => member(of(message), name));
}

/** Reads a call's arguments. */
function readCall(sql: Reader, name: string, position: number): Expression {
  const codec = codecs.get(name.toLowerCase());
  if (codec) return readCodec(sql, codec);
  const known = functions.get(name.toLowerCase());
  if (!known) throw new SqlError(`The embedded AWS does not know the function ${name}()`, position);
  const [fewest, most, call] = known;

  const args = sql.accept(')') ? [] : sql.list(() => readPayloadOrExpression(sql));
  if (args.length > 0) sql.expect(')');
  if (args.length < fewest || args.length > most) {
    const expected = fewest === most ? fewest : `${fewest} to ${most}`;
    throw new SqlError(`${name}() takes ${expected} arguments, not ${args.length}`, position);
  }
  return (message) => call(message, ...args.map((argument) => argument(message)));
}

/** Reads the arguments of `encode` or `decode`, of which base64 is known. */
function readCodec(sql: Reader, codec: (text: string | undefined) => Value): Expression {
  const source = readPayloadOrExpression(sql);
  sql.expect(',');
  if (!sql.accept("'base64'")) sql.fail("'base64'");
  sql.expect(')');
  // The bytes, whatever they are, and not the JSON that they spell.
  if (codec === encode && source === jsonOf) return ({ payload }) => payload.toString('base64');
  return (message) => codec(toText(source(message)));
}
