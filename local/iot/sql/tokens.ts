import { SqlError } from './errors.js';

export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'symbol' | 'end';
  /** As written; of a string what stands between its quotes. */
  readonly text: string;
  /** Counted from 1. */
  readonly position: number;
}

// Neither escapes in strings nor comments: AWS documents none for the first and refuses the second.
const TOKEN =
  /(?<word>[A-Za-z_]\w*)|(?<number>-?\d+(?:\.\d+)?(?:[eE]-?\d+)?)|'(?<single>[^'\\]*)'|"(?<double>[^"\\]*)"|(?<symbol><>|!=|<=|>=|[-+*/%=<>(),.:[\]{}])/y;

const SPACE = /\s*/y;

function* tokenize(sql: string): Generator<Token> {
  let at = 0;
  while (true) {
    SPACE.lastIndex = at;
    SPACE.test(sql);
    at = SPACE.lastIndex;
    if (at === sql.length) return;
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(sql)?.groups;
    if (!groups) throw new SqlError(`Can't read ${JSON.stringify(sql.slice(at, at + 20))}`, at + 1);
    const position = at + 1;
    at = TOKEN.lastIndex;
    const { word, number, single, double, symbol } = groups;
    if (word !== undefined) yield { kind: 'word', text: word, position };
    else if (number !== undefined) yield { kind: 'number', text: number, position };
    else if (symbol !== undefined) yield { kind: 'symbol', text: symbol, position };
    else yield { kind: 'string', text: single ?? double ?? '', position };
  }
}

/** A statement's tokens, read from left to right. */
export class Tokens {
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  #at = 0;

  constructor(sql: string) {
    this.#tokens = [...tokenize(sql)];
    this.#end = { kind: 'end', text: 'the end', position: sql.length + 1 };
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? this.#end;
  }

  next(): Token {
    const token = this.peek();
    this.#at++;
    return token;
  }

  /** Whether a keyword (in any case) or symbol stands here. */
  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === 'word' || token.kind === 'symbol') && token.text.toLowerCase() === text;
  }

  /** Reads a keyword or symbol if it stands here. */
  accept(text: string): boolean {
    const found = this.is(text);
    if (found) this.#at++;
    return found;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.fail(text.toUpperCase());
  }

  /** @throws {SqlError} naming what stands here instead of what is expected */
  fail(expected: string): never {
    const { kind, text, position } = this.peek();
    const found = kind === 'string' ? `'${text}'` : text;
    throw new SqlError(
      `Expected ${expected}, not ${found}, which AWS or the embedded AWS does not know here`,
      position,
    );
  }
}
