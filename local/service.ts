/** One request of an AWS SDK, as it arrived at the embedded endpoint. */
export interface AwsRequest {
  method: string;
  /** Path below the service's own prefix, still percent-encoded, beginning with `/`. */
  path: string;
  query: URLSearchParams;
  /** Header names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  /** Who calls: a function's name, or `user` for everybody outside the stack. */
  caller: string;
}

export interface AwsResponse {
  status: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON. */
  body?: string | Buffer | object;
}

/** What SDK clients see of a service. */
export interface Handler {
  /** Answers one SDK request. @throws {AwsError} what AWS would answer with that code. */
  handle(request: AwsRequest): Promise<AwsResponse>;
}

/** What every service of the embedded AWS is made of. */
export interface Service extends Handler {
  close(): Promise<void>;
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

/** For an operation that the embedded AWS does not know: it is named, never ignored. */
export function notImplemented(what: string): AwsError {
  return new AwsError('NotImplementedException', `The embedded AWS does not know ${what}.`, 501);
}
