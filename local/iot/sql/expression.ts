import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../json.js';
import type { Message } from '../broker.js';
import { functions } from './functions.js';
import { type Reader, SqlError } from './reader.js';
import { jsonOf, member, toBoolean, type Value } from './values.js';

/** A part of a statement, ready to be applied to messages. @throws {RuleError} when it needs a JSON payload and there is none */
export type Expression = (message: Message) => Value;

/** `*` where the whole payload may stand (a column or an argument), or an expression. */
export function readPayloadOrExpression(sql: Reader): Expression {
  return sql.accept('*') ? jsonOf : readExpression(sql);
}

/** OR binds loosest, then AND, NOT, `=` and `<>`. */
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

/** Values of different types differ, none is converted, and the order of members does not count. */
function readComparison(sql: Reader): Expression {
  const left = readOperand(sql);
  const isEqual = sql.accept('=');
  if (!isEqual && !sql.accept('<>') && !sql.accept('!=')) return left;
  const right = readOperand(sql);
  return (message) => {
    const [a, b] = [left(message), right(message)];
    return a === undefined || b === undefined ? undefined : isDeepStrictEqual(a, b) === isEqual;
  };
}

function readOperand(sql: Reader): Expression {
  if (sql.accept('(')) {
    const inner = readExpression(sql);
    sql.expect(')');
    return inner;
  }
  const literal = readLiteral(sql);
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

function readPath(sql: Reader, of: Expression): Expression {
  if (!sql.accept('.')) return of;
  const name = sql.match(/^[a-z_]\w*/i) ?? sql.fail('an attribute');
  return readPath(sql, (message) => member(of(message), name));
}

/** Reads a call's arguments. */
function readCall(sql: Reader, name: string, position: number): Expression {
  if (name.toLowerCase() === 'encode') return readEncode(sql);
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

/** Of nothing but the payload, in base64: its bytes, whatever they are, and not the JSON that they spell. */
function readEncode(sql: Reader): Expression {
  for (const part of ['*', ',', "'base64'", ')']) sql.expect(part);
  return ({ payload }) => payload.toString('base64');
}
