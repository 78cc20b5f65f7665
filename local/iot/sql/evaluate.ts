import { isDeepStrictEqual } from 'node:util';
import { isObject, type Json } from '../../json.js';
import { RuleError } from './errors.js';
import type { Comparison, Expression } from './expression.js';
import type { RuleMessage } from './rule.js';
import { member, parseShuffled, toBoolean, toDecimal, type Value } from './values.js';

/** One message, as a rule sees it. */
export interface Input {
  readonly message: RuleMessage;
  /** @throws {RuleError} when the payload is neither a JSON object nor a JSON array: AWS takes nothing else as JSON */
  payload(): Json;
}

export function inputOf(message: RuleMessage): Input {
  let payload: Json | undefined;
  return {
    message,
    payload: () => {
      payload ??= readPayload(message);
      return payload;
    },
  };
}

function readPayload({ payload, topic }: RuleMessage): Json {
  try {
    const json = parseShuffled(payload);
    if (Array.isArray(json) || isObject(json)) return json;
  } catch (cause) {
    throw new RuleError(`The payload on ${topic} can't be read as JSON.`, { cause });
  }
  throw new RuleError(`The payload on ${topic} is neither a JSON object nor a JSON array.`);
}

/** The value of an expression for one message. @throws {RuleError} when it needs a JSON payload and there is none */
export function evaluate(expression: Expression, input: Input): Value {
  switch (expression.kind) {
    case 'payload':
      return input.payload();
    case 'literal':
      return expression.value;
    case 'path':
      return expression.names.reduce(member, evaluate(expression.of, input));
    case 'call': {
      const { function: known, arguments: args } = expression;
      const values = args.map((argument) =>
        known.takesBytes && argument.kind === 'payload' ? input.message.payload : evaluate(argument, input),
      );
      return known.call(input.message, values);
    }
    case 'not': {
      const operand = toBoolean(evaluate(expression.operand, input));
      return operand === undefined ? undefined : !operand;
    }
    case 'and':
    case 'or': {
      // Every operand counts: one that is no boolean makes the whole Undefined.
      const operands = expression.operands.map((operand) => toBoolean(evaluate(operand, input)));
      if (operands.includes(undefined)) return undefined;
      return expression.kind === 'and' ? !operands.includes(false) : operands.includes(true);
    }
    case 'comparison':
      return compare(expression.operator, evaluate(expression.left, input), evaluate(expression.right, input));
  }
}

function compare(operator: Comparison, left: Value, right: Value): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (operator === '=') return equal(left, right);
  if (operator === '<>' || operator === '!=') return !equal(left, right);
  if (operator === 'in') return Array.isArray(right) ? right.some((item) => equal(left, item)) : undefined;

  // Order is for numbers and what spells one; text has none in AWS IoT SQL.
  const [a, b] = [toDecimal(left), toDecimal(right)];
  if (a === undefined || b === undefined) return undefined;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}

/** No conversion: values of different types differ. The order of members does not count. */
function equal(left: Json, right: Json): boolean {
  return left === right || isDeepStrictEqual(left, right);
}
