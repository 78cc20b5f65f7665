import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type DynamoDb, startDynamoDb } from './dynamodb.js';
import { startMeter } from './meter.js';
import { deployed } from './testing.js';

const folder = mkdtempSync(join(tmpdir(), 'dynamodb-'));
let dynamodb: DynamoDb | undefined;
afterEach(async () => {
  await dynamodb?.close();
  rmSync(folder, { recursive: true, force: true });
});

const key = (...names: string[]) => ({
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
});
const index = {
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-site',
      KeySchema: [{ AttributeName: 'site', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};
const table = (properties: object) => deployed({ ...properties }, { ref: 'Table' });

it('a table and its items are there again, if the template still says the same of it', async () => {
  dynamodb = await startDynamoDb(startMeter(), folder);
  await dynamodb.createTable(table(key('id')));
  await dynamodb.put('Table', { id: { S: 'CP1' } });
  await dynamodb.close();

  dynamodb = await startDynamoDb(startMeter(), folder);
  await dynamodb.createTable(table(key('id')));
  expect(await dynamodb.get('Table', { id: { S: 'CP1' } })).toEqual({ id: { S: 'CP1' } });
  const changed = `Table Table has other keys or indexes than the template: delete ${folder} to start empty.`;
  await expect(dynamodb.createTable(table(key('id', 'at')))).rejects.toThrow(changed);
  await expect(dynamodb.createTable(table({ ...key('id', 'site'), ...index }))).rejects.toThrow(changed);
});

it('a table with an index is the same when it is told again', async () => {
  dynamodb = await startDynamoDb(startMeter());
  const properties = { ...key('id'), AttributeDefinitions: key('id', 'site').AttributeDefinitions, ...index };
  await dynamodb.createTable(table(properties));
  await dynamodb.createTable(table(properties));
});

it('what a table cannot take is an error', async () => {
  dynamodb = await startDynamoDb(startMeter());
  await expect(dynamodb.put('Absent', { id: { S: 'CP1' } })).rejects.toThrow('Absent');
});
