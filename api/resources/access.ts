import * as z from 'zod/mini';
import { roles } from '../../csms/access/ports.js';
import { marksOf, newToken } from '../../csms/access/token.js';
import { basePath } from '../base-path.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging, rangeOf, timeRange } from '../pages.js';
import { chargePointId, nothing, text } from '../params.js';
import { Problem } from '../problem.js';

const scope = z
  .strictObject({
    sites: z.optional(z.array(text).check(z.minLength(1), z.maxLength(50))),
    chargePointIds: z.optional(z.array(chargePointId).check(z.minLength(1), z.maxLength(100))),
  })
  .check(z.refine(({ sites, chargePointIds }) => sites ?? chargePointIds, 'names neither sites nor chargePointIds'));

const day = 24 * 60 * 60_000;

const shownToken = z.object({
  tokenId: z.string(),
  name: z.string(),
  role: z.enum(roles),
  scope: z.optional(
    z.object({ sites: z.optional(z.array(z.string())), chargePointIds: z.optional(z.array(z.string())) }),
  ),
  createdAt: z.string(),
  createdBy: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.optional(z.string()),
});

const listApiTokens = operation({
  id: 'listApiTokens',
  method: 'GET',
  path: '/api-tokens',
  summary: 'API tokens: whose they are, and when they were last used, never the tokens themselves',
  role: 'admin',
  params: nothing,
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page of them', schema: pageOf(shownToken) } },
  example: { status: 200 },
  async handle({ query }, { apiTokens }) {
    return pageReply(await apiTokens.list(query), (token) => token);
  },
});

const createApiToken = operation({
  id: 'createApiToken',
  method: 'POST',
  path: '/api-tokens',
  summary: 'Makes an API token, which is told this once',
  role: 'admin',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
    role: z.enum(roles),
    scope: z.optional(scope),
    expiresInDays: z._default(z.int().check(z.minimum(1), z.maximum(366)), 90),
  }),
  isSecret: true,
  answers: { 201: { description: 'The token', schema: z.extend(shownToken, { token: z.string() }) } },
  example: {
    body: { name: 'billing', role: 'viewer', scope: { sites: ['Depot North'] }, expiresInDays: 30 },
    status: 201,
  },
  async handle({ body: { name, role, scope, expiresInDays }, caller }, { apiTokens, clock }) {
    const now = clock.now();
    const token = newToken();
    const { tokenId, hash } = marksOf(token);
    const expiresAt = new Date(now.getTime() + expiresInDays * day).toISOString();
    const limits = scope && { scope };
    const known = { tokenId, name, role, ...limits, createdAt: now.toISOString(), createdBy: caller.id, expiresAt };
    await apiTokens.add(known, hash);
    return { status: 201, body: { ...known, token }, headers: { location: `${basePath}/api-tokens/${tokenId}` } };
  },
});

const ofToken = z.strictObject({ tokenId: z.string().check(z.regex(/^[0-9a-f]{20}$/)) });

const getApiToken = operation({
  id: 'getApiToken',
  method: 'GET',
  path: '/api-tokens/{tokenId}',
  summary: 'What is known of an API token',
  role: 'admin',
  params: ofToken,
  query: nothing,
  answers: { 200: { description: 'It', schema: shownToken } },
  example: { params: { tokenId: '00112233445566778899' }, status: 200 },
  async handle({ params }, { apiTokens }) {
    const found = await apiTokens.find(params.tokenId);
    if (!found) throw unknown();
    return { status: 200, body: found.token };
  },
});

const deleteApiToken = operation({
  id: 'deleteApiToken',
  method: 'DELETE',
  path: '/api-tokens/{tokenId}',
  summary: 'Revokes an API token, at once',
  role: 'admin',
  params: ofToken,
  query: nothing,
  answers: { 204: { description: 'It is of no use any more' } },
  example: { params: { tokenId: '00112233445566778899' }, status: 204 },
  async handle({ params }, { apiTokens }) {
    if (!(await apiTokens.find(params.tokenId))) throw unknown();
    await apiTokens.remove(params.tokenId);
    return { status: 204 };
  },
});

function unknown(): Problem {
  return new Problem('api-token-unknown', 'List the API tokens for those that there are.');
}

const listChanges = operation({
  id: 'listChanges',
  method: 'GET',
  path: '/audit',
  summary: 'Who changed what, and when, the newest first; all, or what is about one thing, as charge-points/CP1',
  role: 'admin',
  params: nothing,
  query: z.strictObject({
    ...paging,
    ...timeRange,
    about: z.optional(z.string().check(z.regex(/^[\w.-]+(\/[^/?#]{1,500})?$/))),
  }),
  answers: {
    200: {
      description: 'A page of them; one without a status was interrupted, and nobody knows how far it came',
      schema: pageOf(
        z.object({
          ...{ at: z.string(), id: z.string(), by: z.string(), role: z.enum(roles), method: z.string() },
          byName: z.optional(z.string()),
          ...{ path: z.string(), about: z.string(), body: z.optional(z.string()), status: z.optional(z.number()) },
        }),
      ),
    },
  },
  example: { query: { about: 'charge-points/CP1' }, status: 200 },
  async handle({ query: { about, from, to, ...page } }, { audit }) {
    return pageReply(await audit.list({ about, ...rangeOf({ from, to }) }, page), (entry) => entry);
  },
});

export const accessOperations = [listApiTokens, createApiToken, getApiToken, deleteApiToken, listChanges];
