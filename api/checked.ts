import type * as z from 'zod/mini';
import { Problem } from './problem.js';

/** The value as its schema makes it. @throws {Problem} that names each member which is wrong, by its JSON pointer */
export function checked(schema: z.ZodMiniType, value: unknown, code: 'bad-parameter' | 'bad-body'): unknown {
  const { data, error, success } = schema.safeParse(value);
  if (success) return data;
  const errors = error.issues.slice(0, 20).map(({ path, message }) => ({ pointer: pointerOf(path), detail: message }));
  const [first] = errors;
  const where = first?.pointer ? `${first.pointer.slice(1).replaceAll('/', '.')}: ` : '';
  throw new Problem(code, `Correct this: ${where}${first?.detail ?? 'it is not valid'}.`, { errors });
}

/** The JSON pointer of what a path leads to. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((each) => `/${String(each).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
