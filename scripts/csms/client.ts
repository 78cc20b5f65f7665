import createClient, { type Client as OfPaths } from 'openapi-fetch';
import type { paths } from './api-types.js';
import { isLocal } from './url.js';

export type Client = OfPaths<paths>;

/** What the API, or the way to it, has against what was asked: in one sentence. */
export class Refused extends Error {
  constructor(
    message: string,
    /** What the API calls it. */
    readonly code?: string,
  ) {
    super(message);
  }
}

interface Answered<T> {
  data?: T | undefined;
  error?: unknown;
  response: Response;
}

/** @param url where the API is, without its path: `http://localhost:9000` */
export function connectTo(url: string, token: string): Client {
  const baseUrl = `${url.replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1`;
  return createClient<paths>({
    baseUrl,
    headers: { authorization: `Bearer ${token}` },
    fetch: async (request) => {
      try {
        return await fetch(request);
      } catch (error) {
        const { code } = ((error as Error).cause ?? {}) as { code?: string };
        const todo = isLocal(url) ? 'is the system running (npm start)?' : "is that the stage's output ApiUrl?";
        throw new Refused(`Nothing answers at ${url} (${code ?? error}): ${todo}`);
      }
    },
  });
}

/** For whoever has no token that is good. */
export const whereTokensAre = 'npm start prints one, and npm run token makes the first one of a deployed stage';

/** What is to be done, where the API says it in words of HTTP. @param about what follows `/api/v1/{resource}/` */
const inOwnWords: Record<string, (about: string) => string> = {
  'charge-point-unknown': (id) => `Register ${id} first: csms charge-points add ${id}.`,
  'charge-point-exists': () => 'It is registered already: csms charge-points shows it.',
  'knock-unknown': (id) =>
    `Nobody has knocked as ${id}: csms knocks has those who did, csms charge-points add ${id} registers it.`,
  'no-credentials': () => `Set CSMS_TOKEN, or say --token; ${whereTokensAre}.`,
  'bad-token': () => `Use a token that is known to this stage and has not expired: ${whereTokensAre}.`,
};

/** What was asked for. @throws {Refused} with what is to be done */
export async function answerOf<T>(asked: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await asked;
  if (response.ok) return data as T;
  const problem = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const { code, detail, instance, message } = problem;
  const own = inOwnWords[String(code)]?.(decodeURIComponent(String(instance).split('/')[4] ?? ''));
  const told = String(own ?? detail ?? `The API answered ${response.status}: ${message ?? response.statusText}.`);
  throw new Refused(told, String(code));
}

/** The items of a list, so many at most, from as many pages as it takes. */
export async function itemsOf<T>(
  most: number,
  ask: (page: { limit: number; cursor?: string }) => Promise<Answered<{ items: T[]; next?: string }>>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const limit = Math.min(100, most - items.length);
    const page = await answerOf(ask({ limit, ...(cursor !== undefined && { cursor }) }));
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined && items.length < most);
  return items;
}
