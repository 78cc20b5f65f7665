import { createHash } from 'node:crypto';
import type { Caller, KeptAnswer, KeyedRequest } from '../csms/access/ports.js';
import { isChange, type Operation } from './operation.js';
import type { ApiPorts } from './ports.js';
import { Problem } from './problem.js';

const hash = (...parts: string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('base64url');

/** The request as its idempotency key names it; undefined where it has none. @throws {Problem} for a key that can't be one */
function keyed(one: Operation, request: Request, path: string, text: string, { id }: Caller): KeyedRequest | undefined {
  const key = request.headers.get('idempotency-key');
  if (key === null || !isChange(one) || one.isSecret) return undefined;
  if (!/^[\x21-\x7e]{1,128}$/.test(key)) {
    throw new Problem('bad-parameter', 'Send in Idempotency-Key 1 to 128 printable characters, such as a UUID.');
  }
  return { key: hash(id, key), fingerprint: hash(one.method, path, text) };
}

/** Does what was asked for, or answers what was answered to whoever asked it before under the same key. */
export async function once(
  about: { one: Operation; request: Request; path: string; text: string; caller: Caller },
  act: () => Promise<KeptAnswer>,
  { idempotency, clock }: Pick<ApiPorts, 'idempotency' | 'clock'>,
): Promise<KeptAnswer> {
  const request = keyed(about.one, about.request, about.path, about.text, about.caller);
  if (!request) return act();
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
    case 'new':
      try {
        const answer = await act();
        await idempotency.end(request, answer, clock.now());
        return answer;
      } catch (error) {
        await idempotency.abandon(request);
        throw error;
      }
  }
}
