import { normalised } from '../../csms/id-tokens/normalised.js';
import type { IdToken } from '../../csms/id-tokens/ports.js';
import { Problem } from '../problem.js';
import { said, tokenOf, tokenText } from './id-token-schema.js';

/** The columns of a CSV of id tokens. `idToken` must be there, the others may be missing or empty. */
export const columns = [
  ...['idToken', 'type', 'status', 'expiry', 'groupId', 'oneTransaction', 'language', 'cacheSeconds'],
] as const;

const mostRows = 2_000;
const mostFaults = 20;

export function writeCsv(tokens: IdToken[]): string {
  const cell = (value: unknown) => {
    const text = value instanceof Date ? value.toISOString() : String(value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const row = (token: IdToken) => columns.map((name) => cell(token[name as keyof IdToken])).join(',');
  return [columns.join(','), ...tokens.map(row)].map((line) => `${line}\r\n`).join('');
}

/** @throws {Problem} that names each row which is wrong, the header being row 1 */
export function readCsv(text: string): IdToken[] {
  const [header = [], ...rows] = rowsOf(text.replace(/^\uFEFF/, ''));
  const unknown = header.find((name) => !(columns as readonly string[]).includes(name));
  if (unknown !== undefined || !header.includes('idToken') || new Set(header).size !== header.length) {
    throw new Problem(
      'bad-body',
      `Begin with a row of column names, of these: ${columns.join(', ')}; idToken must be there.`,
    );
  }
  if (rows.length > mostRows) throw new Problem('bad-body', `Send at most ${mostRows} rows at once.`);
  const faults: { row: number; detail: string }[] = [];
  const tokens = new Map<string, IdToken>();
  for (const [i, cells] of rows.entries()) {
    const read = readRow(header, cells);
    const fault = typeof read === 'string' ? read : tokens.has(read.idToken) ? 'is there twice' : undefined;
    if (fault) faults.push({ row: i + 2, detail: fault });
    else tokens.set((read as IdToken).idToken, read as IdToken);
  }
  const [first] = faults;
  if (first) {
    const told = `Correct row ${first.row}: it ${first.detail}. Nothing was imported.`;
    throw new Problem('bad-body', told, { errors: faults.slice(0, mostFaults) });
  }
  return [...tokens.values()];
}

/** In characters of JSON: the names of an import that are written down, which an entry of the audit trail has room for. */
const mostNamed = 1_800;

/** How many tokens a CSV has and which, as many as there is room for; of one that none is read of, its text. */
export function inShort(text: string): object | string {
  try {
    const all = readCsv(text).map(({ idToken }) => idToken);
    const idTokens: string[] = [];
    let length = 0;
    for (const one of all) {
      length += JSON.stringify(one).length + 1;
      if (length > mostNamed) break;
      idTokens.push(one);
    }
    return { count: all.length, idTokens, ...(idTokens.length < all.length && { isCut: true }) };
  } catch (error) {
    if (error instanceof Problem) return text;
    throw error;
  }
}

/** @returns the token, or what is wrong with its row */
function readRow(header: string[], cells: string[]): IdToken | string {
  if (cells.length !== header.length) return `has ${cells.length} cells and not ${header.length}`;
  const given = header.map((name, i) => [name, cells[i]?.trim() ?? ''] as const).filter(([, cell]) => cell !== '');
  const { idToken = '', oneTransaction, cacheSeconds, ...others } = Object.fromEntries(given) as Record<string, string>;
  const text = normalised(idToken);
  if (text === undefined || !tokenText.safeParse(text).success)
    return 'has no idToken of 1 to 255 printable ASCII characters';
  const { data, error } = said.safeParse({
    ...others,
    ...(oneTransaction && {
      oneTransaction: { true: true, false: false }[oneTransaction.toLowerCase()] ?? oneTransaction,
    }),
    ...(cacheSeconds && { cacheSeconds: Number(cacheSeconds) }),
  });
  if (data) return tokenOf(text, data);
  const [{ path = [], message = '' } = {}] = error.issues;
  return `has a wrong ${path.join('.')}: ${message}`;
}

/** RFC 4180, with either end of line; empty lines are none. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (cells.lastIndex < text.length) {
    const begin = cells.lastIndex;
    const match = cells.exec(text);
    if (!match)
      throw new Problem('bad-body', `Close each quote, and put nothing behind it: see around character ${begin + 1}.`);
    const [, quoted, bare = '', end] = match;
    rows.at(-1)?.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
    // Behind a comma at the very end there is one more cell.
    else if (cells.lastIndex === text.length) rows.at(-1)?.push('');
  }
  return rows.filter((row) => row.length > 1 || (row.length === 1 && row[0] !== ''));
}
