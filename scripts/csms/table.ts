/** What a table has of each row, under which heading. */
export interface Column<T> {
  heading: string;
  of(row: T): string | number | boolean | undefined;
}

/** What comes from charge points may not move the cursor or colour the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

/** Bold on a terminal, as it is otherwise. */
export function strong(text: string, colours: boolean): string {
  return colours ? `\u001b[1m${text}\u001b[0m` : text;
}

/** Columns side by side, without borders: as wide as their widest text, two spaces between, nothing at the end of a line. */
export function table<T>(columns: Column<T>[], rows: T[], colours: boolean): string[] {
  const cells = rows.map((row) => columns.map(({ of }) => printable(String(of(row) ?? ''))));
  const widths = columns.map(({ heading }, i) =>
    Math.max(heading.length, ...cells.map((line) => line[i]?.length ?? 0)),
  );
  const lineOf = (texts: string[]) =>
    texts
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const head = lineOf(columns.map(({ heading }) => heading));
  return [strong(head, colours), ...cells.map(lineOf)];
}

/** Names and values below each other; what has no value is left out. */
export function details(values: Record<string, string | number | boolean | undefined>): string[] {
  const known = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(0, ...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${name.padEnd(width)}  ${printable(String(value))}`);
}

/** An ISO time to the second, as people read it; in UTC, as all times here. */
export function time(iso: string | undefined): string | undefined {
  return iso?.replace('T', ' ').replace(/(\.\d+)?Z$/, '');
}
