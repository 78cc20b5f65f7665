import { withoutSecrets } from '../without-secrets.js';

/** What is kept of a payload. */
export interface Shown {
  /** JSON without secrets, or how it begins. */
  json: string;
  /** How many characters it had, where it is cut off. */
  cutFrom?: number;
}

/** Characters of a request, and as many of its answer. */
export const longest = 4_096;

/** A payload as it may be kept, and shown to whoever may see messages. */
export function shown(payload: unknown): Shown {
  const json = JSON.stringify(withoutSecrets(payload)) ?? 'null';
  return json.length > longest ? { json: json.slice(0, longest), cutFrom: json.length } : { json };
}
