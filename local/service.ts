import type { Permission } from './iam.js';

/** One request of an AWS SDK, as it arrived at the embedded endpoint. */
export interface AwsRequest {
  method: string;
  /** Path below the service's own prefix, as it was sent, beginning with `/`. */
  path: string;
  query: URLSearchParams;
  /** Header names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  /** Who calls: a function's name, or `user` for everybody outside the stack. */
  caller: string;
  /** @throws {AwsError} when the caller may not */
  authorize(permission: Permission): void;
}

export interface AwsResponse {
  status: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body?: string | Buffer | object;
}

/** What a request asks for. */
export interface Call {
  /** What the caller has to be allowed, before the service looks any further; nothing where the service itself decides. */
  needs?: Permission;
  /** Does it. @throws {AwsError} what AWS would answer with that code */
  answer(): AwsResponse | Promise<AwsResponse>;
}

/** What SDK clients see of a service. */
export interface Handler {
  /** Reads one request. @throws {AwsError} for what is not known */
  read(request: AwsRequest): Call;
  /** An error as the service's clients expect it; without it, in JSON. */
  told?(error: AwsError): AwsResponse;
}

/** An error as an SDK expects it: `code` becomes the exception's name (`ResourceNotFoundException`). */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** What AWS would answer; a defect of ours is a failure of the service's. */
export function asAwsError(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  return new AwsError('InternalFailure', String((error as Error)?.stack ?? error), 500);
}

/** For an operation that the embedded AWS does not know: it is named, never ignored. */
export function notImplemented(what: string): AwsError {
  return new AwsError('NotImplementedException', `The embedded AWS does not know ${what}.`, 501);
}
