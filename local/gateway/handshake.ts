import type { IncomingMessage } from 'node:http';
import { type HttpRequest, parametersOf } from '../http.js';

/** What a function hears of a handshake. @throws {URIError} for a query string that is no percent-encoding */
export function requestOf({ headers, query }: HttpRequest): object {
  const parameters = Object.fromEntries(parametersOf(query));
  return { headers, queryStringParameters: Object.keys(parameters).length > 0 ? parameters : null };
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
