import type { ApiPorts } from './ports.js';

/** Seconds. API Gateway waits for 30. */
const longestWait = 20;
const betweenLooks = 250;

/** RFC 7240: for how many seconds the answer may be held back. */
export function waitOf(headers: Headers): number {
  const [, seconds] = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?:[,;]|$)/i.exec(headers.get('prefer') ?? '') ?? [];
  return Math.min(Number(seconds ?? 0), longestWait);
}

/** What is told of the waiting. */
export function waited(seconds: number): Record<string, string> {
  return seconds > 0 ? { 'preference-applied': `wait=${seconds}` } : {};
}

/** Looks at something until it is settled, or the time is over. @returns it as it was seen last */
export async function settledWithin<T>(
  seconds: number,
  first: T,
  { isSettled, look }: { isSettled(one: T): boolean; look(): Promise<T | undefined> },
  { clock, wait }: Pick<ApiPorts, 'clock' | 'wait'>,
): Promise<T> {
  const until = clock.now().getTime() + seconds * 1_000;
  let latest = first;
  while (!isSettled(latest) && clock.now().getTime() < until) {
    await wait(betweenLooks);
    latest = (await look()) ?? latest;
  }
  return latest;
}
