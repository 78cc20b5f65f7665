import { basePath } from './base-path.js';

/**
 * Why the API refuses something: by code, the status, and what to do. Each code has a heading of its name in
 * docs/troubleshooting.md, which is served as /docs/problems.
 */
export const problems = {
  'not-found': { status: 404, title: 'There is nothing at this path' },
  'method-not-allowed': { status: 405, title: 'This path has other methods' },
  'broken-json': { status: 400, title: 'The body is not JSON' },
  'unsupported-media-type': { status: 415, title: 'The body is of another type than this operation takes' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'bad-parameter': { status: 400, title: 'A parameter is not as it should be' },
  'bad-body': { status: 422, title: 'The body is not as it should be' },
  'bad-cursor': { status: 400, title: 'The cursor is of no use here' },
  'no-credentials': { status: 401, title: 'This needs a token' },
  'bad-token': { status: 401, title: 'The token is not known, or no longer' },
  'no-role': { status: 403, title: 'The token names no role' },
  'role-too-low': { status: 403, title: 'This needs another role' },
  'out-of-scope': { status: 403, title: 'The token is for other charge points' },
  'charge-point-unknown': { status: 404, title: 'There is no charge point of this name' },
  'charge-point-exists': { status: 409, title: 'There is a charge point of this name already' },
  'thing-elsewhere': { status: 409, title: 'The name belongs to another stage' },
  'command-unknown': { status: 404, title: 'There is no command of this id' },
  'command-under-way': { status: 409, title: 'The command is no longer in the queue' },
  'action-unknown': { status: 422, title: "The charge point's version has no such command" },
  'payload-invalid': { status: 422, title: "The payload is none of this command's" },
  'frame-unknown': { status: 404, title: 'There is no kept frame of this id' },
  'frame-done': { status: 409, title: 'The frame is repaired, or about to be' },
  'knock-unknown': { status: 404, title: 'Nobody of this name was refused' },
  'version-unknown': { status: 409, title: 'Nobody knows which version the charge point speaks' },
  'no-number-free': { status: 409, title: 'No number of this kind is left' },
  'too-many-tokens': { status: 422, title: 'There are more id tokens than a local list is made of' },
  'charging-profile-unknown': { status: 404, title: 'There is no charging profile of this name' },
  'reservation-unknown': { status: 404, title: 'There is no reservation of this number' },
  'deadline-wrong': { status: 422, title: 'The deadline is not within 30 days' },
  'task-unknown': { status: 404, title: 'There is no task of this id' },
  'task-over': { status: 409, title: 'The task has ended' },
  'id-token-unknown': { status: 404, title: 'There is no id token of this text' },
  'transaction-unknown': { status: 404, title: 'There is no transaction of this id' },
  'configuration-too-large': { status: 422, title: 'The shadow has no room for so much' },
  'job-unknown': { status: 404, title: 'There is no job of this kind and number' },
  'firmware-unknown': { status: 404, title: 'There is no firmware of this name' },
  'api-token-unknown': { status: 404, title: 'There is no API token of this id' },
  'changed-meanwhile': { status: 412, title: 'Somebody else has changed it' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key was used for another request' },
  'request-under-way': { status: 409, title: 'The same request is under way' },
  'internal-error': { status: 500, title: 'The system is at fault' },
} as const;

export type ProblemCode = keyof typeof problems;

/** What is answered instead of what was asked for. */
export class Problem extends Error {
  /**
   * @param detail one sentence that says what to do
   * @param more members of its own
   */
  constructor(
    readonly code: ProblemCode,
    detail: string,
    readonly more: Record<string, unknown> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(detail);
  }
}

/** RFC 9457. `instance` is the path that was asked for, `help` the place of a page of this API that says more. */
export function problemBody({ code, message: detail, more }: Problem, instance: string): Record<string, unknown> {
  const { status, title } = problems[code];
  const [type, help] = [`urn:serverless-csms:problem:${code}`, `${basePath}/docs/problems#${code}`];
  return { type, title, status, detail, instance, code, help, ...more };
}
