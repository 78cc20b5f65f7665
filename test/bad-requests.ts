import fc from 'fast-check';
import type { Operation } from '../api/operation.js';
import { operations } from '../api/operations.js';

/** Texts as somebody might send them who means ill, or has a fault. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    '..',
    '%00',
    '%2F',
    '~',
    '~====',
    '__proto__',
    'constructor',
    '\u0000',
    '\ud800',
    'CP1',
    '-1',
    '1e9',
  ),
  fc.constantFrom('2026-13-45T99:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z', 'a'.repeat(5_000)),
);
/** Names of members and parameters that exist, and others. */
const name = fc.oneof(
  fc.constantFrom('limit', 'cursor', 'from', 'to', 'site', 'kind', 'about', 'status', 'labels', 'chargePointId'),
  fc.constantFrom('type', 'name', 'role', 'expiry', 'groupId', 'expiresIn', 'measurand', 'displayName'),
  text,
);
const value = fc.oneof(text, fc.jsonValue({ maxDepth: 3 }));
const body = fc.oneof(
  value.map((each) => JSON.stringify(each)),
  fc.dictionary(name, value, { maxKeys: 6 }).map((each) => JSON.stringify(each)),
  text,
);
const header = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(
    '"1.x"',
    '*',
    'W/"3"',
    'wait=99999999999999999999',
    'wait=20, wait=1',
    'Bearer ',
    'Basic x',
    'a'.repeat(300),
  ),
);
const request = fc.record({
  id: fc.constantFrom(...operations.map(({ id }) => id)),
  method: fc.option(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'), { freq: 6 }),
  params: fc.dictionary(
    fc.constantFrom('chargePointId', 'commandId', 'transactionId', 'idToken', 'tokenId', 'action'),
    text,
  ),
  query: fc.dictionary(name, text, { maxKeys: 4 }),
  body: fc.option(body, { nil: undefined }),
  type: fc.option(fc.constantFrom('application/json', 'text/csv', 'text/plain', 'nonsense'), { nil: undefined }),
  headers: fc.dictionary(fc.constantFrom('if-match', 'if-none-match', 'prefer', 'idempotency-key', 'accept'), header),
});

const isHeader = (each: string) => /^[\t\x20-\x7e]*$/.test(each);
const wellFormed = (each: string) => each.replace(/[\ud800-\udfff]/g, '?');

/** A request of the API as nobody should send it, or seldom. */
export const badRequest = request.map(({ id, method, params, query, body, type, headers }) => {
  const one = operations.find((each) => each.id === id) as Operation;
  const path = one.path.replace(/\{(\w+)\}/g, (_, each: string) =>
    encodeURIComponent(wellFormed(params[each] ?? one.example.params?.[each] ?? '')),
  );
  const asked = `${method ?? one.method} ${path}?${new URLSearchParams(Object.entries(query))}`;
  const sent = Object.entries(headers).filter(([, each]) => isHeader(each));
  const hasBody = body !== undefined && !/^(GET|HEAD)/.test(asked);
  return {
    asked,
    headers: { ...Object.fromEntries(sent), ...(type && { 'content-type': type }) },
    ...(hasBody && { body }),
  };
});
