import { describe, expect, it } from 'vitest';
import { permissionFor } from './permissions.js';
import type { AwsRequest } from './service.js';

const region = { accountId: '1', region: 'eu-west-1' };
const request = (method: string, path: string, more: Partial<AwsRequest> = {}): AwsRequest => ({
  method,
  path,
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.alloc(0),
  caller: 'stage-csms',
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
    ['s3', request('HEAD', '/bucket/a/b%3A'), 's3:GetObject', 's3:::bucket/a/b:'],
    ['sqs', json('AmazonSQS.SendMessage', { QueueUrl: 'http://host/1/Q' }), 'sqs:SendMessage', 'sqs:eu-west-1:1:Q'],
    ['iot', request('GET', '/things/CP%3A1'), 'iot:DescribeThing', 'iot:eu-west-1:1:thing/CP:1'],
    ['iot-data', request('POST', '/topics/CP1%2Fin'), 'iot:Publish', 'iot:eu-west-1:1:topic/CP1/in'],
    ['iot-data', request('POST', '/things/CP1/shadow'), 'iot:UpdateThingShadow', 'iot:eu-west-1:1:thing/CP1'],
    [
      'execute-api',
      request('DELETE', '/api/dev/@connections/c1%3D'),
      'execute-api:ManageConnections',
      'execute-api:eu-west-1:1:api/dev/DELETE/@connections/c1=',
    ],
  ])('%s: %j', (service, received, action, resource) => {
    expect(permissionFor(service, received, region)).toEqual({ action, resource: `arn:aws:${resource}` });
  });

  it('is * where the action knows no resource', () => {
    const needed = permissionFor('iot', request('PATCH', '/event-configurations'), region);
    expect(needed).toEqual({ action: 'iot:UpdateEventConfigurations', resource: '*' });
  });

  it.each([
    ['iot', request('GET', '/policies'), 'iot:GET /policies'],
    ['sns', request('GET', '/'), 'the permissions of sns'],
  ])('is an error for what is not known: %s', (service, received, name) => {
    expect(() => permissionFor(service, received, region)).toThrow(`The embedded AWS does not know ${name}.`);
  });
});
