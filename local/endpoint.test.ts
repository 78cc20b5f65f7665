import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Endpoint, openEndpoint } from './endpoint.js';
import { AwsError, type AwsRequest, type AwsResponse } from './service.js';

let endpoint: Endpoint;
let heard: AwsRequest | undefined;
let answer: () => AwsResponse;
beforeAll(async () => {
  endpoint = await openEndpoint({ port: 0, clock: { now: () => 0, during: (work) => work } });
  endpoint.add('iot', {
    read(request) {
      heard = request;
      return { answer };
    },
  });
});
afterAll(() => endpoint.close());

const authorization =
  'AWS4-HMAC-SHA256 Credential=csms/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0';

it('a service hears who calls, and the path below its own', async () => {
  answer = () => ({ status: 202, headers: { 'x-own': 'yes' }, body: { a: 1 } });
  const response = await fetch(`${endpoint.url}/iot/things/CP%2F1?a=b`, {
    method: 'PUT',
    body: 'text',
    headers: { authorization },
  });
  expect(heard).toMatchObject({ method: 'PUT', path: '/things/CP%2F1', caller: 'csms', body: Buffer.from('text') });
  expect(heard?.query.get('a')).toBe('b');
  expect([response.status, response.headers.get('x-own')]).toEqual([202, 'yes']);
  expect(response.headers.get('date')).toBe('Thu, 01 Jan 1970 00:00:00 GMT');
  expect(await response.json()).toEqual({ a: 1 });
});

it.each([
  ['an exception of the service', new AwsError('GoneException', 'It is gone.', 410), 410, 'GoneException'],
  ['a defect of ours', new TypeError('x is undefined'), 500, 'InternalFailure'],
])('%s arrives by its name', async (_, error, status, code) => {
  answer = () => {
    throw error;
  };
  const response = await fetch(`${endpoint.url}/iot`);
  expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, code]);
  expect(await response.json()).toMatchObject({ __type: code, message: expect.stringContaining(error.message) });
});

it('a service that is not here is named as the SDK signed for it', async () => {
  const response = await fetch(`${endpoint.url}/unknown/bucket`, { headers: { authorization } });
  expect([response.status, await response.json()]).toEqual([
    501,
    { __type: 'NotImplementedException', message: 'The embedded AWS does not know service s3.' },
  ]);
});
