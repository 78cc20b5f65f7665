import { expect, it } from 'vitest';
import { deployed } from '../../test/local/testing.js';
import type { AwsResponse, Handler } from '../service.js';
import { createCustomResource } from './custom-resource.js';

const answer = Buffer.from(JSON.stringify({ Status: 'SUCCESS', PhysicalResourceId: 'it' }));

/** Creates one whose function answers with these headers. @returns with which status it was heard */
async function heard(headers: Record<string, string>): Promise<number | undefined> {
  const handlers: Handler[] = [];
  let response: AwsResponse | undefined;
  const surroundings = {
    endpoint: { url: 'http://aws', add: (_: string, handler: Handler) => handlers.push(handler) },
    lambda: {
      async invoke() {
        const query = new URLSearchParams();
        const request = { method: 'PUT', path: '/', query, headers, body: answer, caller: '', authorize: () => {} };
        response = await handlers[0]?.read(request).answer();
      },
    },
  };
  await createCustomResource(deployed({ ServiceToken: 'it' }), surroundings as never).catch(() => {});
  return response?.status;
}

it.each([
  ['no content type', {}, 200],
  ['an empty one', { 'content-type': '' }, 200],
  ['one that its URL was not signed with', { 'content-type': 'text/plain;charset=UTF-8' }, 403],
])('an answer with %s', async (_, headers, status) => {
  expect(await heard(headers)).toBe(status);
});

it('is not created when its answer is refused', async () => {
  await expect(
    createCustomResource(deployed({ ServiceToken: 'it' }), {
      endpoint: { url: 'http://aws', add: () => () => {} },
      lambda: { invoke: async () => null },
    } as never),
  ).rejects.toThrow('It could not be created');
});
