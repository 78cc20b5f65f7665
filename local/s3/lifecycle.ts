import type { Clock } from '../clock.js';
import type { Objects } from './objects.js';

interface Rule {
  Status: string;
  Prefix?: string;
  ExpirationInDays?: number;
  /** Nobody uploads in parts here. */
  AbortIncompleteMultipartUpload?: object;
}

const day = 24 * 60 * 60_000;
const known = ['AbortIncompleteMultipartUpload', 'ExpirationInDays', 'Id', 'Prefix', 'Status'];

/**
 * Deletes once a day what its rules let expire.
 *
 * @throws for what of a rule is not known
 * @returns what ends it
 */
export function followLifecycle(rules: object[], objects: Objects, clock: Clock): () => void {
  const unknown = rules.flatMap(Object.keys).find((name) => !known.includes(name));
  if (unknown) throw new Error(`The embedded AWS does not know ${unknown} in a bucket's lifecycle.`);
  const expiring = (rules as Rule[]).filter(({ Status, ExpirationInDays }) => Status === 'Enabled' && ExpirationInDays);
  if (expiring.length === 0) return () => {};

  const isExpired = (key: string) =>
    expiring.some(
      ({ Prefix = '', ExpirationInDays = 0 }) =>
        key.startsWith(Prefix) && (objects.find(key)?.at ?? 0) + ExpirationInDays * day <= clock.now(),
    );
  let cancel = clock.after(day, sweep);
  function sweep() {
    for (const key of objects.keys().filter(isExpired)) objects.delete(key);
    cancel = clock.after(day, sweep);
  }
  return () => cancel();
}
