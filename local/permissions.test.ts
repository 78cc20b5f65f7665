import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startClock } from './clock.js';
import { startDynamoDb } from './dynamodb.js';
import { noFaults } from './faults.js';
import { connectionsService } from './gateway/connections.js';
import { startIot } from './iot/index.js';
import { startMeter } from './meter.js';
import { startS3 } from './s3/index.js';
import type { AwsRequest, Handler } from './service.js';
import { startSqs } from './sqs.js';

const place = { accountId: '1', region: 'eu-west-1' };
let services: Record<string, Handler>;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  const common = { ...place, clock: startClock(), meter: startMeter(), faults: noFaults };
  const iot = await startIot({ ...common, host: '127.0.0.1', mqttPort: 0, webSocketHost: () => '' });
  const dynamodb = await startDynamoDb(common);
  closing.push(iot.close, dynamodb.close, common.clock.close);
  services = {
    ...{ dynamodb, iot, sqs: startSqs(common), s3: startS3({ ...common, folder: '' }) },
    'execute-api': connectionsService({ ...common, webSocketApis: [] }),
  };
});
afterAll(() => Promise.all(closing.map((close) => close())));

const request = (method: string, path: string, more: Partial<AwsRequest> = {}): AwsRequest => ({
  method,
  path,
  query: new URLSearchParams(),
  headers: { authorization: 'Credential=stage-csms/' },
  body: Buffer.alloc(0),
  caller: 'stage-csms',
  authorize: () => {},
  ...more,
});
const json = (target: string, body: object) =>
  request('POST', '/', { headers: { 'x-amz-target': target }, body: Buffer.from(JSON.stringify(body)) });

describe('the permission that a request needs', () => {
  it.each([
    [
      'dynamodb',
      json('DynamoDB_20120810.PutItem', { TableName: 'T' }),
      'dynamodb:PutItem',
      'dynamodb:eu-west-1:1:table/T',
    ],
    [
      'dynamodb',
      json('DynamoDB_20120810.Query', { TableName: 'T', IndexName: 'by-site' }),
      'dynamodb:Query',
      'dynamodb:eu-west-1:1:table/T/index/by-site',
    ],
    [
      'dynamodb',
      json('DynamoDB_20120810.BatchWriteItem', { RequestItems: { T: [] } }),
      'dynamodb:BatchWriteItem',
      'dynamodb:eu-west-1:1:table/T',
    ],
    ['s3', request('HEAD', '/bucket/a/b%3A'), 's3:GetObject', 's3:::bucket/a/b:'],
    ['sqs', json('AmazonSQS.SendMessage', { QueueUrl: 'http://host/1/Q' }), 'sqs:SendMessage', 'sqs:eu-west-1:1:Q'],
    ['iot', request('GET', '/things/CP%3A1'), 'iot:DescribeThing', 'iot:eu-west-1:1:thing/CP:1'],
    ['iot', request('POST', '/topics/CP1%2Fin'), 'iot:Publish', 'iot:eu-west-1:1:topic/CP1/in'],
    ['iot', request('POST', '/things/CP1/shadow'), 'iot:UpdateThingShadow', 'iot:eu-west-1:1:thing/CP1'],
    [
      'execute-api',
      request('DELETE', '/api/dev/@connections/c1%3D'),
      'execute-api:ManageConnections',
      'execute-api:eu-west-1:1:api/dev/DELETE/@connections/c1=',
    ],
  ])('%s: %j', (service, received, action, resource) => {
    expect(services[service]?.read(received).needs).toEqual({ action, resource: `arn:aws:${resource}` });
  });

  it('is * where the action knows no resource', () => {
    const { needs } = services.iot?.read(request('PATCH', '/event-configurations')) ?? {};
    expect(needs).toEqual({ action: 'iot:UpdateEventConfigurations', resource: '*' });
  });

  it.each([
    ['iot', request('GET', '/policies'), 'iot:GET /policies'],
    ['sqs', json('AmazonSQS.ReceiveMessage', {}), 'sqs:ReceiveMessage'],
    [
      'dynamodb',
      json('DynamoDB_20120810.BatchGetItem', { RequestItems: { A: {}, B: {} } }),
      'a batch of several tables',
    ],
  ])('is an error for what is not known: %s', (service, received, name) => {
    expect(() => services[service]?.read(received)).toThrow(`The embedded AWS does not know ${name}.`);
  });
});
