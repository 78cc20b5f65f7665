import { isObject } from '../../json.js';
import type { Message } from '../broker.js';
import { filterProblem, topicMatcher } from '../topics.js';
import { type Expression, readExpression, readPayloadOrExpression } from './expression.js';
import { Reader, SqlError } from './reader.js';
import { jsonOf, RuleError } from './values.js';

export { RuleError, SqlError };

export interface Rule {
  /** Whether the topic matches FROM, with `+` and `#` as MQTT means them. */
  matches(topic: string): boolean;
  /**
   * What the actions receive, or undefined when WHERE says no.
   * @throws {RuleError} when the payload can't be read as the SQL needs it
   */
  select(message: Message): unknown | undefined;
}

interface Column {
  /** `*` stands for every member of the payload. */
  name: string;
  position: number;
  valueFor: Expression;
}

/**
 * Compiles an AWS IoT rule's statement (SQL version 2016-03-23): `SELECT … FROM '…' [WHERE …]`.
 * @throws {SqlError} naming what it does not know (function, operator, clause) with its position
 */
export function compileRule(sql: string): Rule {
  const reader = new Reader(sql);
  reader.expect('SELECT');
  const columns = reader.list(() => readColumn(reader));
  const twice = columns.find(({ name }, index) => columns.slice(0, index).some((before) => before.name === name));
  if (twice) throw new SqlError(`Two columns are named ${twice.name}`, twice.position);

  reader.expect('FROM');
  const { position } = reader;
  const filter = reader.string() ?? reader.fail('a topic filter in quotes');
  const problem = filterProblem(filter);
  if (problem) throw new SqlError(problem, position);

  const where = reader.accept('where') ? readExpression(reader) : undefined;
  if (!reader.isAtEnd) reader.fail(where ? 'the end' : 'WHERE or the end');
  return {
    matches: topicMatcher(filter),
    select: (message) => (where && where(message) !== true ? undefined : project(columns, message)),
  };
}

function readColumn(reader: Reader): Column {
  const { position } = reader;
  const valueFor = readPayloadOrExpression(reader);
  // Without a name, `*` and attributes are called as they are written, or as the last part of that.
  const [, implied] = /^(?!null$|true$|false$)(?:\w+\.)*([a-z_]\w*|\*)$/i.exec(reader.textSince(position)) ?? [];
  const name = reader.accept('as') ? reader.name('a name') : implied;
  if (name === undefined) throw new SqlError('This column needs a name: AS …', position);
  return { name, position, valueFor };
}

function project(columns: Column[], message: Message): unknown {
  const named = columns.filter(({ name }) => name !== '*');
  const all = named.length < columns.length ? jsonOf(message) : {};
  if (named.length === 0) return all;
  if (!isObject(all)) throw new RuleError('SELECT * with further columns needs a JSON object: name it, as in * AS it.');
  const selected = named.map(({ name, valueFor }) => [name, valueFor(message)] as const);
  return Object.fromEntries([...Object.entries(all), ...selected.filter(([, value]) => value !== undefined)]);
}
