import * as z from 'zod/mini';
import { ChangedMeanwhile } from '../../csms/changed-meanwhile.js';
import { normalised } from '../../csms/id-tokens/normalised.js';
import type { IdTokenRecord } from '../../csms/id-tokens/records.js';
import { basePath } from '../base-path.js';
import { segmentOf, textOf } from '../names.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging } from '../pages.js';
import { nothing } from '../params.js';
import { Problem } from '../problem.js';
import { printable, said, tokenOf, tokenText } from './id-token-schema.js';
import { columns, inShort, readCsv, writeCsv } from './id-tokens-csv.js';

const ofToken = z.strictObject({ idToken: z.string().check(z.minLength(1), z.maxLength(500)) });

const shownToken = z.object({
  idToken: z.string(),
  type: z.optional(z.string()),
  status: z.string(),
  expiry: z.optional(z.string()),
  groupId: z.optional(z.string()),
  oneTransaction: z.boolean(),
  language: z.optional(z.string()),
  cacheSeconds: z.optional(z.number()),
  heldBy: z.optional(z.object({ chargePointId: z.string(), transactionId: z.string() })),
});

function shown({ revision: _, expiry, ...token }: IdTokenRecord): object {
  return { ...token, ...(expiry && { expiry: expiry.toISOString() }) };
}

/** @throws {Problem} for a text that no token has */
function normalisedText(segment: string): string {
  const text = normalised(textOf(segment));
  if (text !== undefined && tokenText.safeParse(text).success) return text;
  throw new Problem('bad-parameter', 'Take a token of 1 to 255 printable ASCII characters.');
}

const listIdTokens = operation({
  id: 'listIdTokens',
  method: 'GET',
  path: '/id-tokens',
  summary: 'Id tokens by their text, all or those of a group',
  role: 'viewer',
  params: nothing,
  query: z.strictObject({ ...paging, groupId: z.optional(printable(20)) }),
  answers: { 200: { description: 'A page of them', schema: pageOf(shownToken) } },
  example: { query: { groupId: 'FLEET' }, status: 200 },
  async handle({ query: { groupId, ...page } }, { idTokenRecords }) {
    return pageReply(await idTokenRecords.list({ groupId }, page), shown);
  },
});

const getIdToken = operation({
  id: 'getIdToken',
  method: 'GET',
  path: '/id-tokens/{idToken}',
  summary: 'An id token',
  role: 'viewer',
  params: ofToken,
  query: nothing,
  answers: { 200: { description: 'It', schema: shownToken } },
  example: { params: { idToken: '04A2B3' }, status: 200 },
  async handle({ params }, { idTokenRecords }) {
    const token = await idTokenRecords.read(normalisedText(params.idToken));
    if (!token) throw unknown();
    return { status: 200, body: shown(token), revision: token.revision };
  },
});

const putIdToken = operation({
  id: 'putIdToken',
  method: 'PUT',
  path: '/id-tokens/{idToken}',
  summary: 'Puts an id token there, in place of what was said of it before',
  role: 'operator',
  params: ofToken,
  query: nothing,
  body: said,
  isConditional: true,
  answers: {
    200: { description: 'It was known, and is as you say now', schema: shownToken },
    201: { description: 'It is known now', schema: shownToken },
  },
  example: { params: { idToken: '04C4D5' }, body: { type: 'ISO14443', groupId: 'FLEET' }, status: 201 },
  async handle({ params, body, expected, headers: asked }, { idTokenRecords }) {
    const idToken = normalisedText(params.idToken);
    // One that was put there by hand has no revision.
    if (asked.has('if-none-match') && (await idTokenRecords.read(idToken))) throw new ChangedMeanwhile();
    const token = await idTokenRecords.put(tokenOf(idToken, body), expected);
    const isNew = token.revision === 1;
    const headers = { location: `${basePath}/id-tokens/${segmentOf(idToken)}` };
    return { status: isNew ? 201 : 200, body: shown(token), headers, revision: token.revision };
  },
});

const deleteIdToken = operation({
  id: 'deleteIdToken',
  method: 'DELETE',
  path: '/id-tokens/{idToken}',
  summary: 'Forgets an id token',
  role: 'operator',
  params: ofToken,
  query: nothing,
  isConditional: true,
  answers: { 204: { description: 'Nobody knows it any more' } },
  example: { params: { idToken: '04A2B3' }, status: 204 },
  async handle({ params, expected }, { idTokenRecords }) {
    const idToken = normalisedText(params.idToken);
    if (!(await idTokenRecords.read(idToken))) throw unknown();
    await idTokenRecords.remove(idToken, expected);
    return { status: 204 };
  },
});

const exportIdTokens = operation({
  id: 'exportIdTokens',
  method: 'GET',
  path: '/id-tokens.csv',
  summary: `Id tokens as CSV, 1,000 at once; the header Link leads to the next. Columns: ${columns.join(', ')}`,
  role: 'viewer',
  params: nothing,
  query: z.strictObject({ cursor: paging.cursor, groupId: z.optional(printable(20)) }),
  answers: { 200: { description: 'A page of them', type: 'text/csv' } },
  example: { status: 200 },
  async handle({ query: { groupId, cursor } }, { idTokenRecords }) {
    const { items, cursor: next } = await idTokenRecords.list({ groupId }, { limit: 1_000, cursor });
    const query = new URLSearchParams({ ...(groupId && { groupId }), ...(next && { cursor: next }) });
    return {
      status: 200,
      body: writeCsv(items),
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        ...(next && { link: `<${basePath}/id-tokens.csv?${query}>; rel="next"` }),
      },
    };
  },
});

const importIdTokens = operation({
  id: 'importIdTokens',
  method: 'POST',
  path: '/id-tokens.csv',
  summary: 'Puts the id tokens of a CSV there, at most 2,000. When a row is wrong, none is',
  role: 'operator',
  params: nothing,
  query: nothing,
  body: z.string(),
  bodyType: 'text/csv',
  inShort,
  answers: {
    200: { description: 'They are known now', schema: z.object({ imported: z.number(), isNew: z.number() }) },
  },
  example: { body: 'idToken,status,groupId\n04E6F7,Accepted,FLEET\n04E6F8,Blocked,\n', status: 200 },
  async handle({ body }, { idTokenRecords }) {
    const tokens = readCsv(body);
    let isNew = 0;
    // Twenty at once, which an environment's connections can carry.
    for (let i = 0; i < tokens.length; i += 20) {
      const put = await Promise.all(tokens.slice(i, i + 20).map((token) => idTokenRecords.put(token)));
      isNew += put.filter(({ revision }) => revision === 1).length;
    }
    return { status: 200, body: { imported: tokens.length, isNew } };
  },
});

function unknown(): Problem {
  return new Problem('id-token-unknown', 'Put it there first: PUT /id-tokens/{idToken}.');
}

export const idTokenOperations = [
  ...[listIdTokens, getIdToken, putIdToken, deleteIdToken],
  ...[exportIdTokens, importIdTokens],
];
