import { readFile } from 'node:fs/promises';
import { only, read, UsageError, wholeNumber } from '../arguments.js';
import { answerOf, itemsOf, Refused } from '../client.js';
import type { Command, Surroundings } from '../command.js';
import { printed, printList } from '../print.js';
import { time } from '../table.js';

const options = { group: { type: 'string' }, limit: { type: 'string', default: '50' } } as const;
type Values = ReturnType<typeof read<typeof options>>['values'];

/** The API takes more at once; so many it takes in a second or two. */
const mostRows = 500;

/** Lists, imports and exports id tokens. */
export const tokens: Command = {
  summary: 'Id tokens: a list, and CSV in and out',
  usage: `csms tokens [list]            by their text
csms tokens import <file>     those of a CSV with a row of headings, as docs/api.md has them
csms tokens export            all as CSV

  --group <id>      those of a group
  --limit <n>       of a list, so many at most (50)

csms tokens import tokens.csv
csms tokens export --group FLEET > fleet.csv`,
  async run(args, surroundings) {
    const { values, positionals } = read(args, options);
    const [what, ...more] = positionals;
    if (what === 'import') return importFile(only(more, 'which file'), values, surroundings);
    if (more[0] !== undefined) throw new UsageError(`${more[0]} is too much.`);
    if (what === undefined || what === 'list') return list(values, surroundings);
    if (what === 'export') return exportAll(values, surroundings);
    throw new UsageError('Say import or export, or nothing for a list.');
  },
};

const groupOf = ({ group }: Values) => (group === undefined ? {} : { groupId: group });

async function list(values: Values, surroundings: Surroundings): Promise<number> {
  const api = surroundings.client(values);
  const items = await itemsOf(wholeNumber('limit', values.limit), (page) =>
    api.GET('/id-tokens', { params: { query: { ...page, ...groupOf(values) } } }),
  );
  return printList(
    items,
    [
      { heading: 'token', of: (one) => one.idToken },
      { heading: 'type', of: (one) => one.type },
      { heading: 'status', of: (one) => one.status },
      { heading: 'group', of: (one) => one.groupId },
      { heading: 'until', of: (one) => time(one.expiry) },
      {
        heading: 'in transaction',
        of: (one) => one.heldBy && `${one.heldBy.chargePointId} ${one.heldBy.transactionId}`,
      },
    ],
    values,
    surroundings,
  );
}

async function importFile(file: string, values: Values, { client, print }: Surroundings): Promise<number> {
  const [headings = '', ...rows] = (await textOf(file)).split(/\r?\n/).filter((line) => line.trim() !== '');
  const api = client(values);
  const total = { imported: 0, isNew: 0 };
  for (let first = 0; first < Math.max(1, rows.length); first += mostRows) {
    const body = [headings, ...rows.slice(first, first + mostRows), ''].join('\n');
    const options = { body, bodySerializer: (text: string) => text, headers: { 'content-type': 'text/csv' } };
    try {
      const { imported, isNew } = await answerOf(api.POST('/id-tokens.csv', options));
      total.imported += imported;
      total.isNew += isNew;
    } catch (error) {
      if (!(error instanceof Refused) || first === 0) throw error;
      throw new Refused(
        `${error.message} The ${first} rows before are imported; those from row ${first + 1} on are not.`,
      );
    }
  }
  if (values.json) return printed(total, print);
  print(`Tokens imported: ${total.imported}, of them new: ${total.isNew}.`);
  return 0;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Refused(code === 'ENOENT' ? `There is no file ${file}.` : `${file} can't be read: ${message}.`);
  }
}

async function exportAll(values: Values, { client, print }: Surroundings): Promise<number> {
  const api = client(values);
  let cursor: string | undefined;
  let isFirst = true;
  do {
    const query = { ...groupOf(values), ...(cursor !== undefined && { cursor }) };
    const asked = api.GET('/id-tokens.csv', { params: { query }, parseAs: 'text' });
    const [headings = '', ...rows] = (await answerOf(asked)).trimEnd().split(/\r?\n/);
    for (const line of isFirst ? [headings, ...rows] : rows) print(line);
    isFirst = false;
    const { response } = await asked;
    const [, next] = /[?&]cursor=([^&>]+)/.exec(response.headers.get('link') ?? '') ?? [];
    cursor = next === undefined ? undefined : decodeURIComponent(next);
  } while (cursor !== undefined);
  return 0;
}
