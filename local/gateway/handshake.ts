import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

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
