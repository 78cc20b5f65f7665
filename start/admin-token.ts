import { marksOf, newToken } from '../csms/access/token.js';
import type { System } from './system.js';

const day = 24 * 60 * 60_000;
const list = 'tokens';

/** Puts the API token of an administrator there, good for a year: the one that is given, or a new one. @returns it */
export async function adminToken({ account, stack }: System, token = newToken()): Promise<string> {
  const table = stack.resources.ofType('AWS::DynamoDB::Table').find(({ logicalId }) => logicalId === 'ApiTokensTable');
  if (!table) throw new Error('The template has no ApiTokensTable.');
  const now = account.clock.now();
  const { tokenId, hash } = marksOf(token);
  const texts = {
    ...{ list, tokenId, hash, name: 'npm start', role: 'admin', createdBy: 'npm start' },
    createdAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 365 * day).toISOString(),
  };
  const item = Object.fromEntries(Object.entries(texts).map(([name, S]) => [name, { S }]));
  await account.dynamodb.put(table.ref, { ...item, expires: { N: String(Math.floor(now / 1_000) + 365 * 86_400) } });
  return token;
}
