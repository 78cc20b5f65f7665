import { SqlError } from './errors.js';
import { type Expression, parseExpression, parseName, parsePayloadOrExpression } from './expression.js';
import { type Token, Tokens } from './tokens.js';

export interface Column {
  /** Absent for the `*` that stands for every member of the payload. */
  readonly name?: string;
  readonly expression: Expression;
}

export interface Statement {
  readonly columns: readonly Column[];
  readonly from: Token;
  readonly where?: Expression;
}

/** @throws {SqlError} for everything that is not `SELECT … FROM '…' [WHERE …]` of known parts */
export function parseStatement(sql: string): Statement {
  const tokens = new Tokens(sql);
  tokens.expect('select');
  const columns: Column[] = [];
  do columns.push(parseColumn(tokens, columns));
  while (tokens.accept(','));

  tokens.expect('from');
  if (tokens.peek().kind !== 'string') tokens.fail('a topic filter in quotes');
  const from = tokens.next();

  const where = tokens.accept('where') ? parseExpression(tokens) : undefined;
  if (tokens.peek().kind !== 'end') tokens.fail(where ? 'the end' : 'WHERE or the end');
  return { columns, from, ...(where && { where }) };
}

function parseColumn(tokens: Tokens, before: readonly Column[]): Column {
  const { position } = tokens.peek();
  const expression = parsePayloadOrExpression(tokens);
  const name = tokens.accept('as') ? parseName(tokens, 'a name') : impliedName(expression, position);
  if (before.some((column) => column.name === name))
    throw new SqlError(name === undefined ? '* is selected twice' : `Two columns are named ${name}`, position);
  return name === undefined ? { expression } : { name, expression };
}

/** An attribute's column is named as its last part. */
function impliedName(expression: Expression, position: number): string | undefined {
  if (expression.kind === 'payload') return undefined;
  if (expression.kind === 'path' && expression.of.kind === 'payload') return expression.names.at(-1);
  throw new SqlError('This column needs a name: AS …', position);
}
