import { afterAll, beforeAll, expect, it } from 'vitest';
import { marksOf } from '../csms/access/token.js';
import { type Account, startAccount } from '../local/account.js';
import { npmRun } from './testing.js';

const ref = 'Tokens';
let account: Account;
beforeAll(async () => {
  account = await startAccount({ host: '127.0.0.1', mqttPort: 0, endpointPort: 0 });
  const keys = { list: 'HASH', tokenId: 'RANGE' };
  const properties = {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: Object.keys(keys).map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: Object.entries(keys).map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
  };
  await account.dynamodb.createTable({ logicalId: ref, type: 'AWS::DynamoDB::Table', ref, attributes: {}, properties });
});
afterAll(() => account.close());

it('prints the token and nothing else, and only its hash is kept', async () => {
  const { code, out, errors } = await npmRun('token', ['first', '--endpoint', account.endpoint.url, '--table', ref]);
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  const token = out.trimEnd();
  expect(token).toMatch(/^csms_\S+$/);
  const { tokenId, hash } = marksOf(token);
  const kept = await account.dynamodb.get(ref, { list: { S: 'tokens' }, tokenId: { S: tokenId } });
  expect(kept).toMatchObject({ name: { S: 'first' }, role: { S: 'admin' }, hash: { S: hash } });
  expect(JSON.stringify(kept)).not.toContain(token);
});
