import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Role } from '../../csms/access/ports.js';
import { marksOf, newToken } from '../../csms/access/token.js';
import type { Account } from '../../local/account.js';
import type { Stack } from '../../local/stack.js';
import { clientsOf, tableName } from './cloud.js';

interface Deployment {
  account: Account;
  stack: Stack;
}

/** Puts an API token there, as `npm run token` does. */
export async function putToken({ account, stack }: Deployment, role: Role, expiresAt = '2100-01-01T00:00:00.000Z') {
  const token = newToken();
  const { tokenId, hash } = marksOf(token);
  const known = { tokenId, name: role, role, createdAt: '2026-01-01T00:00:00.000Z', createdBy: 'tests', expiresAt };
  const Item = { list: 'tokens', ...known, hash, expires: Math.floor(Date.parse(expiresAt) / 1000) };
  await clientsOf(account).dynamodb.send(new PutCommand({ TableName: tableName(stack, 'ApiTokensTable'), Item }));
  return token;
}

export interface ApiAnswer {
  status: number;
  headers: Headers;
  text: string;
  // Of as many shapes as there are operations.
  body: any;
}

/** Asks the API through the edge. @param asked `GET /charge-points` */
export async function askApi(
  { stack }: Pick<Deployment, 'stack'>,
  asked: string,
  { token, body, headers = {} }: { token?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<ApiAnswer> {
  const [method = 'GET', path = '/'] = asked.split(' ');
  const isText = typeof body === 'string';
  const response = await fetch(`http://127.0.0.1:${stack.edge.port}/api/v1${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': isText ? 'text/csv' : 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = text !== '' && /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined };
}
