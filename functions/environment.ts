import * as z from 'zod/mini';
import { type Environment, environment } from '../schemas/environment.js';

/**
 * The variables of a function's environment, read once at its cold start. Nothing else reads `process.env`.
 *
 * @throws an error that names each variable that is missing or wrong
 */
export function readEnvironment<const K extends keyof Environment>(...names: K[]): Pick<Environment, K> {
  const mask = Object.fromEntries(names.map((name) => [name, true])) as Record<K, true>;
  const parsed = z.pick(environment, mask as never).safeParse(process.env);
  if (parsed.success) return parsed.data as Pick<Environment, K>;
  throw new Error(`The environment of this function is wrong. ${explain(parsed.error)}`);
}

function explain({ issues }: z.core.$ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}.`).join(' ');
}
