import { type Json } from '../../json.js';
import { SqlError } from './errors.js';
import { functionNamed, type SqlFunction } from './functions.js';
import type { Tokens } from './tokens.js';

export type Comparison = '=' | '<>' | '!=' | '<' | '<=' | '>' | '>=' | 'in';

export type Expression =
  | { kind: 'payload' }
  | { kind: 'literal'; value: Json }
  | { kind: 'path'; of: Expression; names: readonly string[] }
  | { kind: 'call'; function: SqlFunction; arguments: readonly Expression[] }
  | { kind: 'not'; operand: Expression }
  | { kind: 'and' | 'or'; operands: readonly Expression[] }
  | { kind: 'comparison'; operator: Comparison; left: Expression; right: Expression };

const RESERVED = new Set('select from where as and or not in null true false case when then else end'.split(' '));
const CONSTANTS = new Map<string, Json>([
  ['null', null],
  ['true', true],
  ['false', false],
]);
const COMPARISONS: readonly Comparison[] = ['=', '<>', '!=', '<', '<=', '>', '>=', 'in'];
const DEEPEST = 50;

/** Reads an expression: OR binds loosest, then AND, NOT, the comparisons. */
export function parseExpression(tokens: Tokens, depth = 0): Expression {
  if (depth > DEEPEST) throw new SqlError(`Nested deeper than ${DEEPEST} levels`, tokens.peek().position);
  return chain(tokens, 'or', () => chain(tokens, 'and', () => negation(tokens, depth)));
}

/** `*` where the whole payload may stand (a column or an argument), or an expression. */
export function parsePayloadOrExpression(tokens: Tokens, depth = 0): Expression {
  return tokens.accept('*') ? { kind: 'payload' } : parseExpression(tokens, depth);
}

/** A name of ours, such as an attribute or a column: no keyword. */
export function parseName(tokens: Tokens, what: string): string {
  const { kind, text } = tokens.peek();
  if (kind !== 'word' || RESERVED.has(text.toLowerCase())) tokens.fail(what);
  return tokens.next().text;
}

function chain(tokens: Tokens, kind: 'and' | 'or', operand: () => Expression): Expression {
  const first = operand();
  const operands = [first];
  while (tokens.accept(kind)) operands.push(operand());
  return operands.length === 1 ? first : { kind, operands };
}

function negation(tokens: Tokens, depth: number): Expression {
  if (!tokens.accept('not')) return comparison(tokens, depth);
  return { kind: 'not', operand: comparison(tokens, depth) };
}

function comparison(tokens: Tokens, depth: number): Expression {
  const left = operand(tokens, depth);
  const operator = COMPARISONS.find((each) => tokens.accept(each));
  return operator ? { kind: 'comparison', operator, left, right: operand(tokens, depth) } : left;
}

function operand(tokens: Tokens, depth: number): Expression {
  if (tokens.accept('(')) {
    const inner = parseExpression(tokens, depth + 1);
    tokens.expect(')');
    return inner;
  }
  if (tokens.peek().kind === 'word' && tokens.is('(', 1)) return path(tokens, call(tokens, depth), []);
  const value = tokens.is('[') ? arrayOfLiterals(tokens) : literal(tokens);
  if (value !== undefined) return { kind: 'literal', value };
  return path(tokens, { kind: 'payload' }, [parseName(tokens, 'an expression')]);
}

function literal(tokens: Tokens): Json | undefined {
  const { kind, text, position } = tokens.peek();
  let value: Json | undefined;
  if (kind === 'string') value = text;
  else if (kind === 'number') value = Number(text);
  else if (kind === 'word') value = CONSTANTS.get(text.toLowerCase());
  if (value === undefined) return undefined;
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new SqlError(`The number ${text} is too large`, position);
  tokens.next();
  return value;
}

// Only literals: what AWS makes of an undefined item in an array is not documented.
function arrayOfLiterals(tokens: Tokens): Json[] {
  const items: Json[] = [];
  tokens.expect('[');
  if (tokens.accept(']')) return items;
  do {
    const item = literal(tokens);
    if (item === undefined) tokens.fail('a literal');
    items.push(item);
  } while (tokens.accept(','));
  tokens.expect(']');
  return items;
}

function path(tokens: Tokens, of: Expression, first: readonly string[]): Expression {
  const names = [...first];
  while (tokens.accept('.')) {
    if (tokens.peek().kind !== 'word') tokens.fail('an attribute');
    names.push(tokens.next().text);
  }
  return names.length === 0 ? of : { kind: 'path', of, names };
}

function call(tokens: Tokens, depth: number): Expression {
  const { text: name, position } = tokens.next();
  const known = functionNamed(name);
  if (!known) throw new SqlError(`The embedded AWS does not know the function ${name}()`, position);

  const args: Expression[] = [];
  tokens.expect('(');
  if (!tokens.accept(')')) {
    do args.push(parsePayloadOrExpression(tokens, depth + 1));
    while (tokens.accept(','));
    tokens.expect(')');
  }
  const [fewest, most] = known.arguments;
  if (args.length < fewest || args.length > most)
    throw new SqlError(
      `${name}() takes ${fewest === most ? fewest : `${fewest} to ${most}`} arguments, not ${args.length}`,
      position,
    );
  const last = args.at(-1);
  if (known.scheme && !(last?.kind === 'literal' && last.value === known.scheme))
    throw new SqlError(`The last argument of ${name}() must be '${known.scheme}'`, position);
  return { kind: 'call', function: known, arguments: args };
}
