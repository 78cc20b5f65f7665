import type { TimeRange } from '../csms/page.js';

/** Bounds for a Query over keys that begin with a time, behind `prefix`: `~` comes after all that may follow one. */
export function bounds({ from = '', to = '~' }: TimeRange, prefix = ''): { ':from': string; ':to': string } {
  return { ':from': `${prefix}${from || '0'}`, ':to': `${prefix}${to}~` };
}
