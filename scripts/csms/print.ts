import type { Surroundings } from './command.js';
import { type Column, details, table } from './table.js';

type Terminal = Pick<Surroundings, 'print' | 'colours'>;

/** Prints a value for programs. @returns the exit code */
export function printed(value: unknown, print: Surroundings['print']): number {
  print(JSON.stringify(value, null, 2));
  return 0;
}

/** Prints what was listed, for programs as it came, for people as a table. @returns the exit code */
export function printList<T>(
  items: T[],
  columns: Column<T>[],
  { json }: { json: boolean },
  terminal: Terminal,
): number {
  if (json) return printed(items, terminal.print);
  printTable(items, columns, terminal);
  return 0;
}

/** Prints a row of each, under headings. */
export function printTable<T>(rows: T[], columns: Column<T>[], { print, colours }: Terminal): void {
  for (const line of table(columns, rows, colours)) print(line);
}

/** Prints names and values below each other. */
export function printDetails(values: Parameters<typeof details>[0], print: Surroundings['print']): void {
  for (const line of details(values)) print(line);
}
