/** A statement that AWS would refuse, or that the embedded AWS does not know: found when the rule is created. */
export class SqlError extends Error {
  override readonly name = 'SqlError';

  /** @param position of what is wrong, counted in characters from 1 */
  constructor(what: string, position: number) {
    super(`${what} (character ${position} of the rule's SQL)`);
  }
}

const deepest = 50;

/** Reads a statement from left to right, each part with the space behind it. */
export class Reader {
  readonly #sql: string;
  #rest: string;
  #depth = 0;

  constructor(sql: string) {
    this.#sql = sql;
    this.#rest = sql.trimStart();
  }

  /** Of what stands here, counted from 1. */
  get position(): number {
    return this.#sql.length - this.#rest.length + 1;
  }

  get isAtEnd(): boolean {
    return this.#rest === '';
  }

  /** What was read since it stood at `position`. */
  textSince(position: number): string {
    return this.#sql.slice(position - 1, this.position - 1).trimEnd();
  }

  /** Reads what matches, if it stands here. @param pattern begins with `^` */
  match(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.#rest)?.[0];
    if (found !== undefined) this.#rest = this.#rest.slice(found.length).trimStart();
    return found;
  }

  /** Reads a symbol, or a keyword in any case, if it stands here. */
  accept(text: string): boolean {
    const end = /\w$/.test(text) ? '\\b' : '';
    return this.match(new RegExp(`^${text.replace(/\W/g, '\\$&')}${end}`, 'i')) !== undefined;
  }

  expect(text: string): void {
    if (!this.accept(text)) this.fail(text);
  }

  /** A name of ours, such as an attribute or a column: no keyword. */
  name(expected: string): string {
    const keyword = /^(select|from|where|as|and|or|not|in|null|true|false|case|when|then|else|end)\b/i;
    const found = keyword.test(this.#rest) ? undefined : this.match(/^[a-z_]\w*/i);
    return found ?? this.fail(expected);
  }

  /** What stands between quotes. Escapes are not documented, and not known. */
  string(): string | undefined {
    return this.match(/^('[^'\\]*'|"[^"\\]*")/)?.slice(1, -1);
  }

  /** Reads what is separated by commas. */
  list<Item>(read: () => Item): Item[] {
    const items: Item[] = [];
    do items.push(read());
    while (this.accept(','));
    return items;
  }

  /** Reads what stands within something else. @throws {SqlError} when that would never end */
  nested<Inner>(read: () => Inner): Inner {
    if (++this.#depth > deepest) throw new SqlError(`Nested deeper than ${deepest} levels`, this.position);
    const inner = read();
    this.#depth--;
    return inner;
  }

  /** @throws {SqlError} naming what stands here instead of what is expected */
  fail(expected: string): never {
    const { position } = this;
    const found = this.match(/^(\w+|'[^']*'|\S)/u) ?? 'the end';
    throw new SqlError(
      `Expected ${expected}, not ${found}, which AWS or the embedded AWS does not know here`,
      position,
    );
  }
}
