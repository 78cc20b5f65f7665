import type { AuditEntry, Caller } from '../csms/access/ports.js';
import { withoutSecrets } from '../csms/without-secrets.js';
import type { ApiPorts } from './ports.js';
import { Problem, problems } from './problem.js';
import { ulid } from './ulid.js';

const longestBody = 2_000;

/** Writes down who changes what before it is changed, and what came of it afterwards. */
export async function audited<T extends { status: number }>(
  { method, path, text, value, caller }: { method: string; path: string; text: string; value: unknown; caller: Caller },
  act: () => Promise<T>,
  { audit, clock, onError }: Pick<ApiPorts, 'audit' | 'clock' | 'onError'>,
): Promise<T> {
  const now = clock.now();
  const entry: AuditEntry = {
    at: now.toISOString(),
    id: ulid(now),
    by: caller.id,
    ...(caller.name !== undefined && { byName: caller.name }),
    role: caller.role,
    method,
    path,
    about: path.split('/').slice(1, 3).join('/'),
    ...(text && { body: told(value).slice(0, longestBody) }),
  };
  // It is done or refused all the same, and the entry says that nobody knows.
  const end = (status: number) =>
    audit.end(entry, status).catch((error) => onError('audit entry could not be ended', { path }, error));
  await audit.begin(entry);
  try {
    const answer = await act();
    await end(answer.status);
    return answer;
  } catch (error) {
    if (error instanceof Problem) await end(problems[error.code].status);
    throw error;
  }
}

/** The body, without what nobody may read. */
function told(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(withoutSecrets(value));
}
