import { isDeepStrictEqual } from 'node:util';
import type { Json } from '../../json.js';
import type { Message } from '../broker.js';
import { functions } from './functions.js';
import { type Reader, SqlError } from './reader.js';
import { jsonOf, member, toBoolean, toDecimal, type Value } from './values.js';

/** A part of a statement, ready to be applied to messages. */
export interface Expression {
  /** @throws {RuleError} when it needs a JSON payload and there is none */
  evaluate(message: Message): Value;
  literal?: Json;
  /** What its column is called without AS: `*`, or the last part of an attribute. */
  column?: string;
}

const payload: Expression = { evaluate: jsonOf, column: '*' };
/** The bytes, whatever they are, and not the JSON that they spell. */
const payloadInBase64: Expression = { evaluate: (message) => message.payload.toString('base64') };

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
  return sql.accept('*') ? payload : readExpression(sql);
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
  return {
    evaluate(message) {
      const values = operands.map((operand) => toBoolean(operand.evaluate(message)));
      // Every operand counts: one that is no boolean makes the whole Undefined.
      if (values.includes(undefined)) return undefined;
      return keyword === 'and' ? !values.includes(false) : values.includes(true);
    },
  };
}

function readNegation(sql: Reader): Expression {
  if (!sql.accept('not')) return readComparison(sql);
  const operand = readComparison(sql);
  return {
    evaluate(message) {
      const value = toBoolean(operand.evaluate(message));
      return value === undefined ? undefined : !value;
    },
  };
}

function readComparison(sql: Reader): Expression {
  const left = readOperand(sql);
  const [, compare] = comparisons.find(([operator]) => sql.accept(operator)) ?? [];
  if (!compare) return left;
  const right = readOperand(sql);
  return {
    evaluate(message) {
      const [a, b] = [left.evaluate(message), right.evaluate(message)];
      return a === undefined || b === undefined ? undefined : compare(a, b);
    },
  };
}

function readOperand(sql: Reader): Expression {
  if (sql.accept('(')) {
    const inner = readExpression(sql);
    sql.expect(')');
    return inner;
  }
  const literal = sql.accept('[') ? readArray(sql) : readLiteral(sql);
  if (literal !== undefined) return { evaluate: () => literal, literal };

  const { position } = sql;
  const name = sql.name('an expression');
  if (sql.accept('(')) return readPath(sql, readCall(sql, name, position));
  return readPath(sql, { evaluate: (message) => member(jsonOf(message), name), column: name });
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
  const column = of.column === undefined ? {} : { column: name };
  return readPath(sql, { evaluate: (message) => member(of.evaluate(message), name), ...column });
}

/** Reads a call's arguments. */
function readCall(sql: Reader, name: string, position: number): Expression {
  const known = functions.get(name.toLowerCase());
  if (!known) throw new SqlError(`The embedded AWS does not know the function ${name}()`, position);
  const { fewest, most, encoding, call } = known;

  const args = sql.accept(')') ? [] : sql.list(() => readPayloadOrExpression(sql));
  if (args.length > 0) sql.expect(')');
  if (args.length < fewest || args.length > most) {
    const expected = fewest === most ? fewest : `${fewest} to ${most}`;
    throw new SqlError(`${name}() takes ${expected} arguments, not ${args.length}`, position);
  }
  if (encoding && args.at(-1)?.literal !== encoding) {
    throw new SqlError(`The last argument of ${name}() must be '${encoding}'`, position);
  }
  if (known === functions.get('encode') && args[0] === payload) return payloadInBase64;
  return { evaluate: (message) => call(message, ...args.map((argument) => argument.evaluate(message))) };
}
