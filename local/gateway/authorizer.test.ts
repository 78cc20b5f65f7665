import { expect, it } from 'vitest';
import { readAuthorization } from './authorizer.js';

const methodArn = 'arn:aws:execute-api:us-east-1:0:abc/dev/$connect';
const statement = { Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn };
const result = (statements: object[], more: object = {}) => ({
  principalId: 'CP1',
  policyDocument: { Statement: statements },
  ...more,
});

it('what is allowed has its context as text', () => {
  const context = { chargePointId: 'CP1', count: 1, isNew: true };
  expect(readAuthorization(result([statement], { context }), methodArn)).toEqual({
    chargePointId: 'CP1',
    count: '1',
    isNew: 'true',
    principalId: 'CP1',
  });
});

it.each([
  ['nothing', []],
  ['another resource', [{ ...statement, Resource: 'arn:aws:execute-api:us-east-1:0:abc/prod/*' }]],
  ['another action', [{ ...statement, Action: 'execute-api:ManageConnections' }]],
  [
    'everything, with a denial',
    [
      { ...statement, Resource: '*' },
      { ...statement, Effect: 'Deny' },
    ],
  ],
])('who allows %s refuses', (_, statements) => {
  expect(readAuthorization(result(statements), methodArn)).toBe(403);
});

it.each([
  ['no result', undefined, 'principalId or policyDocument is missing'],
  ['no principal', result([statement], { principalId: undefined }), 'principalId or policyDocument is missing'],
  ['an object in the context', result([statement], { context: { a: {} } }), 'a in its context is no string'],
  ['more than 8 KB', result([statement], { context: { a: 'x'.repeat(8192) } }), 'larger than 8 KB'],
])('%s is an error', (_, wrong, message) => {
  expect(() => readAuthorization(wrong, methodArn)).toThrow(message);
});
