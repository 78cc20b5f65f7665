import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { deployed } from '../test/local/testing.js';
import { startClock } from './clock.js';
import { type DynamoDb, startDynamoDb } from './dynamodb.js';
import { startMeter } from './meter.js';

const folder = mkdtempSync(join(tmpdir(), 'dynamodb-'));
const clock = startClock();
let dynamodb: DynamoDb | undefined;
afterAll(() => clock.close());
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
const place = { accountId: '0', region: 'us-east-1' };
const start = (folder?: string) => startDynamoDb({ ...place, clock, meter: startMeter(), folder });
const table = (properties: object) => deployed({ ...properties }, { ref: 'Table' });

it('a table and its items are there again, if the template still says the same of it', async () => {
  dynamodb = await start(folder);
  await dynamodb.createTable(table(key('id')));
  await dynamodb.put('Table', { id: { S: 'CP1' } });
  await dynamodb.close();

  dynamodb = await start(folder);
  await dynamodb.createTable(table(key('id')));
  expect(await dynamodb.get('Table', { id: { S: 'CP1' } })).toEqual({ id: { S: 'CP1' } });
  const changed = `Table Table has other keys or indexes than the template: delete ${folder} to start empty.`;
  await expect(dynamodb.createTable(table(key('id', 'at')))).rejects.toThrow(changed);
  await expect(dynamodb.createTable(table({ ...key('id', 'site'), ...index }))).rejects.toThrow(changed);
});

it('a table with an index is the same when it is told again', async () => {
  dynamodb = await start();
  const properties = { ...key('id'), AttributeDefinitions: key('id', 'site').AttributeDefinitions, ...index };
  await dynamodb.createTable(table(properties));
  await dynamodb.createTable(table(properties));
});

it('what a table cannot take is an error', async () => {
  dynamodb = await start();
  await expect(dynamodb.put('Absent', { id: { S: 'CP1' } })).rejects.toThrow('Absent');
});

it('what has expired is gone a day later, and nothing else', async () => {
  dynamodb = await start();
  const TimeToLiveSpecification = { AttributeName: 'expires', Enabled: true };
  await dynamodb.createTable(table({ ...key('id'), TimeToLiveSpecification }));
  const hour = 60 * 60_000;
  const expires = (hours: number) => ({ N: String(Math.floor((clock.now() + hours * hour) / 1000)) });
  const items = { soon: expires(1), later: expires(30), never: { S: 'expires' }, first: expires(-1) };
  for (const [id, expires] of Object.entries(items)) await dynamodb.put('Table', { id: { S: id }, expires });
  const left = async () => {
    const found = await Promise.all(Object.keys(items).map((id) => dynamodb?.get('Table', { id: { S: id } })));
    return found.flatMap((item) => item?.id?.S ?? []);
  };
  await clock.advance(23 * hour);
  expect(await left()).toEqual(['soon', 'later', 'never', 'first']);
  await clock.advance(hour);
  expect(await left()).toEqual(['later', 'never']);
  await clock.advance(24 * hour);
  expect(await left()).toEqual(['never']);
});
