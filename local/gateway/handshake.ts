import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** A handshake as it leaves the edge. */
export interface Handshake {
  /** `/<stage>`; nothing else is routed. */
  path: string;
  /** Decoded. */
  query: Record<string, string>;
  headers: IncomingHttpHeaders;
  sourceIp: string;
}

/** What a function hears of a handshake. */
export function requestOf({ headers, query }: Handshake): object {
  return { headers, queryStringParameters: Object.keys(query).length > 0 ? query : null };
}

/** RFC 6455 4.2.1: no function hears of what is no handshake. */
export function isWebSocket({ method, headers }: IncomingMessage): boolean {
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    headers['sec-websocket-version'] === '13' &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '')
  );
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
