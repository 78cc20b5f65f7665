import { createHash } from 'node:crypto';
import type { Caller, KeptAnswer, KeyedRequest } from '../csms/access/ports.js';
import { isChange, type Operation } from './operation.js';
import type { ApiPorts } from './ports.js';
import { Problem } from './problem.js';
import { ulid } from './ulid.js';

const hash = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

interface About {
  one: Operation;
  request: Request;
  path: string;
  text: string;
  caller: Caller;
}

/** The request as its idempotency key names it; undefined where it has none. @throws {Problem} for a key that can't be one */
function keyed({ one, request, path, text, caller }: About, id: string): KeyedRequest | undefined {
  const key = request.headers.get('idempotency-key');
  if (key === null || !isChange(one) || one.isSecret) return undefined;
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw new Problem('bad-parameter', 'Send in Idempotency-Key 1 to 128 printable characters, such as a UUID.');
  }
  const { search } = new URL(request.url);
  return { key: hash(caller.id, key), fingerprint: hash(one.method, path + search, text), id };
}

/**
 * Does what was asked for, or answers what was answered to whoever asked it before under the same key.
 *
 * @param act given the id of what it makes: the same again under the same key, should nobody know how far it came before
 */
export async function once(
  about: About,
  act: (id: string) => Promise<KeptAnswer>,
  { idempotency, clock, onError }: Pick<ApiPorts, 'idempotency' | 'clock' | 'onError'>,
): Promise<KeptAnswer> {
  const id = ulid(clock.now());
  const request = keyed(about, id);
  if (!request) return act(id);
  const begun = await idempotency.begin(request, clock.now());
  switch (begun.outcome) {
    case 'answered':
      return { ...begun.answer, headers: { ...begun.answer.headers, 'idempotency-replayed': 'true' } };
    case 'another request':
      throw new Problem('idempotency-key-reused', 'Take a new key for each new request.');
    case 'under way':
      throw new Problem(
        'request-under-way',
        'Ask again in a few seconds, with the same key.',
        {},
        { 'retry-after': '5' },
      );
    case 'new': {
      const taken = { ...request, id: begun.id };
      const answer = await act(begun.id).catch(async (error) => {
        await idempotency.abandon(taken, clock.now());
        throw error;
      });
      // It is done all the same. Whoever asks again meanwhile hears that it is under way.
      await idempotency
        .end(taken, answer, clock.now())
        .catch((error) => onError('answer could not be kept for its idempotency key', { path: about.path }, error));
      return answer;
    }
  }
}
