import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, startAccount } from '../local/account.js';
import { clientAt, explained, placeOptions, tableAt } from './place.js';
import { Failure } from './script.js';
import { UsageError } from './usage.js';

const here = { deployed: false, endpoint: placeOptions.endpoint.default };
const deployed = { ...here, deployed: true };

it('a client is for the system on this machine, or for an AWS account', () => {
  expect(clientAt(here, 'iot')).toMatchObject({ endpoint: 'http://127.0.0.1:9001/iot', region: 'us-east-1' });
  expect(clientAt(deployed, 'iot')).toEqual({});
  expect(clientAt({ ...deployed, region: 'eu-west-1' }, 'iot')).toEqual({ region: 'eu-west-1' });
});

it('a table has a name of its own, or that of the system on this machine', () => {
  expect(tableAt({ ...deployed, table: 'T' }, 'ApiTokensTable')).toBe('T');
  expect(tableAt(here, 'ApiTokensTable')).toBe('serverless-csms-dev-ApiTokensTable');
});

it.each([
  ['--region is for --deployed.', () => clientAt({ ...here, region: 'eu-west-1' }, 'iot')],
  [
    '--endpoint localhost:9001 is no URL: give one like http://127.0.0.1:9001.',
    () => clientAt({ ...here, endpoint: 'localhost:9001' }, 'iot'),
  ],
  ["With --deployed, give --table: the stack's output ApiTokensTable.", () => tableAt(deployed, 'ApiTokensTable')],
])('what can not be meant is told: %s', (told, act) => {
  expect(act).toThrow(new UsageError(told));
});

describe('what was not done', () => {
  let account: Account;
  beforeAll(async () => {
    account = await startAccount({ host: '127.0.0.1', mqttPort: 0, endpointPort: 0 });
  });
  afterAll(() => account.close());

  /** What the SDK has against an item that is put into a table that is not there. */
  function failure(endpoint: string): Promise<unknown> {
    const client = new DynamoDBClient({ ...clientAt({ ...here, endpoint }, 'dynamodb'), maxAttempts: 1 });
    const put = new PutItemCommand({ TableName: 'Tokens', Item: { id: { S: 'a' } } });
    return client.send(put).then(
      () => expect.unreachable(),
      (error: unknown) => error,
    );
  }

  it('for want of a table, names it', async () => {
    const error = await failure(account.endpoint.url);
    expect(explained(error, { ...here, table: 'Tokens' })).toEqual(
      new Failure('There is no table Tokens on this machine: with --deployed, your AWS account is asked.'),
    );
    expect(explained(error, { ...deployed, table: 'Tokens' })).toEqual(
      new Failure("There is no table Tokens in this account and Region: see the stack's outputs, or say --region."),
    );
  });

  it('where nobody listens, asks whether the system is running, or says that AWS is out of reach', async () => {
    const error = await failure('http://127.0.0.1:1');
    expect(explained(error, here)).toEqual(
      new Failure('Nothing listens at http://127.0.0.1:9001: is the system running (npm start)?'),
    );
    expect(String(explained(error, deployed))).toMatch(/AWS can't be reached \(.*ECONNREFUSED.*\): look at --region/);
  });

  it.each([
    ['CredentialsProviderError', 'Could not load credentials from any providers', 'credentials: set AWS_PROFILE, or'],
    ['CredentialsProviderError', 'The SSO session has expired.', 'There are no AWS credentials: The SSO session has'],
    ['Error', 'Region is missing', 'Say --region, such as us-east-1: where the stage is.'],
  ])('because of %s, %s: what is to be done', (name, message, told) => {
    const failure = explained(Object.assign(new Error(message), { name }), deployed);
    expect(failure).toBeInstanceOf(Failure);
    expect(String(failure)).toContain(told);
  });

  it('for another reason of AWS is told in its words; a defect stays one', () => {
    const refused = Object.assign(new Error('Not you.'), { name: 'AccessDeniedException', $metadata: {} });
    expect(explained(refused, deployed)).toEqual(new Failure('AccessDeniedException: Not you.'));
    const defect = new TypeError('x is not a function');
    expect(explained(defect, deployed)).toBe(defect);
  });
});
