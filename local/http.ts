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
