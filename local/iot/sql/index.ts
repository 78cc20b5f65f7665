import { isObject } from '../../json.js';
import { RuleError } from './errors.js';
import { evaluate, type Input, inputOf } from './evaluate.js';
import type { Rule } from './rule.js';
import { type Column, parseStatement } from './statement.js';
import { compileTopicFilter } from './topic-filter.js';

export { RuleError, SqlError } from './errors.js';
export type { Rule, RuleMessage } from './rule.js';

/**
 * Compiles an AWS IoT rule's statement (SQL version 2016-03-23).
 * @throws {SqlError} naming what it does not know (function, operator, clause) with its position
 */
export function compileRule(sql: string): Rule {
  const { columns, from, where } = parseStatement(sql);
  return {
    matches: compileTopicFilter(from.text, from.position),
    select(message) {
      const input = inputOf(message);
      if (where && evaluate(where, input) !== true) return undefined;
      return project(columns, input);
    },
  };
}

function project(columns: readonly Column[], input: Input): unknown {
  const all = columns.some(({ name }) => name === undefined) ? input.payload() : {};
  if (columns.length === 1 && columns[0]?.name === undefined) return all;
  if (!isObject(all))
    throw new RuleError('SELECT * with further columns needs a JSON object: name it, as in * AS payload.');
  const selected = columns.flatMap(({ name, expression }) => {
    const value = name === undefined ? undefined : evaluate(expression, input);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries([...Object.entries(all), ...selected]);
}
