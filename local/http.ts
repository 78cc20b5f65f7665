/** An HTTP request as it leaves the edge. */
export interface HttpRequest {
  method: string;
  /** As it was sent, percent-encoded. */
  path: string;
  /** Without its question mark, percent-encoded. */
  query: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Buffer;
  sourceIp: string;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
}

/** An answer of API Gateway's own. */
export function message(status: number, text: string, headers: Record<string, string> = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message: text }),
  };
}
