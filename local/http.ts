import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

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

/** What stands behind an edge: an API, or a bucket. */
export interface Origin {
  /** Never rejects. */
  handle(request: HttpRequest): Promise<HttpResponse>;
  /**
   * Completes the handshake of a client that asks for a WebSocket, or refuses it; without it nobody gets one. Never rejects.
   *
   * @returns the status that the client sees
   */
  upgrade?(request: HttpRequest, incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<number>;
}

/** The parameters of a query string, decoded once; a + is a space. @throws {URIError} for what is no percent-encoding */
export function parametersOf(query: string): [string, string][] {
  const decoded = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
  return query
    .split('&')
    .filter(Boolean)
    .map((parameter) => {
      const [, name = '', value = ''] = /^([^=]*)=?(.*)$/s.exec(parameter) ?? [];
      return [decoded(name), decoded(value)];
    });
}

/** An answer of API Gateway's own. */
export function message(status: number, text: string, headers: Record<string, string> = {}): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message: text }),
  };
}

const reasons: Record<number, string> = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' };

/** Answers a handshake with a status instead. */
export function refuse(socket: Duplex, status: number): number {
  const reason = reasons[status] ?? 'Error';
  const body = JSON.stringify({ message: reason });
  const headers = `content-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close`;
  socket.end(`HTTP/1.1 ${status} ${reason}\r\n${headers}\r\n\r\n${body}`);
  return status;
}
