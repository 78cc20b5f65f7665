import { isDeepStrictEqual } from 'node:util';
import { Differs } from './probe.js';

/** @throws {Differs} unless both are the same */
export function same(what: string, actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected))
    throw new Differs(`${what}: ${shown(actual)} instead of ${shown(expected)}`);
}

/** @throws {Differs} */
export function holds(what: string, condition: unknown, actual: unknown): void {
  if (!condition) throw new Differs(`${what}: not so of ${shown(actual)}`);
}

/** The name of the error that a request of an SDK client ends with. @throws {Differs} when it succeeds */
export async function refusal(what: string, request: Promise<unknown>): Promise<{ name: string; status: number }> {
  let result: unknown;
  try {
    result = await request;
  } catch (error) {
    const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
    if (!$metadata) throw error;
    return { name, status: $metadata.httpStatusCode ?? 0 };
  }
  throw new Differs(`${what} was not refused: ${shown(result)}`);
}

/** Asks until the answer is there. @throws {Differs} when it does not come */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
  const until = performance.now() + patience;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > until) throw new Differs(`${what} did not come within ${patience / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** @throws {Differs} when it does not come */
export async function within<T>(what: string, expected: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Differs(`${what} did not come within ${patience / 1000} s`)), patience);
  });
  try {
    return await Promise.race([expected, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** In milliseconds: longer than anything takes on AWS, where a function may have to be started first. */
const patience = 15_000;

function shown(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text && text.length > 300 ? `${text.slice(0, 300)}…` : String(text);
}
