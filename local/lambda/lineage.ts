import { createHash, randomBytes } from 'node:crypto';

/** How often one event may lead back to a function, unless that allows more. */
export const mostRounds = 16;

/**
 * The trace header of an invocation: its `Lineage` counts, for each function, how often it was invoked on the way here.
 * Functions find it in their environment, the SDK sends it on, and SQS keeps it with a message.
 *
 * @param origins those of the messages that it is invoked with; the largest count of a batch goes on
 */
export function traceOf(functionArn: string, origins: (string | undefined)[]): { header: string; rounds: number } {
  const known = origins.join(' ');
  const counts = new Map<string, number>();
  for (const [, id = '', count] of known.matchAll(/\b([\da-f]{8}):(\d+)/g)) {
    counts.set(id, Math.max(counts.get(id) ?? 0, Number(count)));
  }
  const own = createHash('sha256').update(functionArn).digest('hex').slice(0, 8);
  const rounds = (counts.get(own) ?? 0) + 1;
  const lineage = [...counts.set(own, rounds)].map((each) => each.join(':')).join('|');
  const [root = `Root=1-${randomBytes(4).toString('hex')}-${randomBytes(12).toString('hex')}`] =
    /\bRoot=[^;]+/.exec(known) ?? [];
  return { header: `${root};Lineage=${lineage}`, rounds };
}
