import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Endpoint, openEndpoint } from './endpoint.js';
import { type Iam, startIam } from './iam.js';
import { startSts } from './sts.js';
import type { Deployed } from './template/stack-resources.js';

const root = 'arn:aws:iam::000000000000:root';
const named = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const clock = { now: () => 1_000, during: <T>(work: Promise<T>) => work };

function role(name: string, principal: object, ...Statement: object[]): Deployed {
  const AssumeRolePolicyDocument = {
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  };
  const properties = { AssumeRolePolicyDocument, Policies: [{ PolicyName: 'p', PolicyDocument: { Statement } }] };
  return { logicalId: name, type: 'AWS::IAM::Role', ref: name, attributes: { Arn: named(name) }, properties };
}

let iam: Iam;
let endpoint: Endpoint;
beforeAll(async () => {
  iam = startIam({ clock });
  const lambda = { Service: 'lambda.amazonaws.com' };
  iam.createRole(role('Api', lambda, { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: named('OfAccount') }));
  iam.createRole(role('Csms', lambda));
  iam.createRole(role('OfApi', { AWS: named('Api') }, { Effect: 'Allow', Action: 'iot:Receive', Resource: 'arn:*' }));
  iam.createRole(role('OfAccount', { AWS: root }, { Effect: 'Allow', Action: 'iot:Receive', Resource: 'arn:*' }));
  iam.assume(named('Api'), 'lambda.amazonaws.com', 'api');
  iam.assume(named('Csms'), 'lambda.amazonaws.com', 'csms');
  endpoint = await openEndpoint({ port: 0, clock });
  endpoint.add('sts', startSts({ iam, clock }));
});
afterAll(() => endpoint.close());

const clientOf = (accessKeyId: string) =>
  new STSClient({
    region: 'us-east-1',
    endpoint: `${endpoint.url}/sts`,
    credentials: { accessKeyId, secretAccessKey: 'embedded' },
    maxAttempts: 1,
  });
const assume = (who: string, roleName: string, more: Partial<AssumeRoleCommandInput> = {}) =>
  clientOf(who).send(new AssumeRoleCommand({ RoleArn: named(roleName), RoleSessionName: 'it', ...more }));
const receive = (resource: string) => ({ action: 'iot:Receive', resource });

describe('AssumeRole', () => {
  it('is for whom the role names, without a statement of his own', async () => {
    const { Credentials, AssumedRoleUser } = await assume('api', 'OfApi');
    expect(Credentials).toMatchObject({ AccessKeyId: expect.stringMatching(/^ASIA/), Expiration: new Date(3_601_000) });
    expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::000000000000:assumed-role/OfApi/it');
    for (const who of ['csms', 'user'])
      await expect(assume(who, 'OfApi')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('is for the account where the role trusts it, and for roles of it with a statement', async () => {
    await assume('user', 'OfAccount');
    await assume('api', 'OfAccount');
    await expect(assume('csms', 'OfAccount')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('of a role that there is not is denied', async () => {
    await expect(assume('user', 'None')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each([
    ['less than 15 min', { DurationSeconds: 899 }, 'ValidationError'],
    ['more than an hour', { DurationSeconds: 3_601 }, 'ValidationError'],
    ['a name with a space', { RoleSessionName: 'a b' }, 'ValidationError'],
    ['a policy that is no JSON', { Policy: '{' }, 'MalformedPolicyDocumentException'],
    [
      'a policy above 2,048 characters',
      { Policy: JSON.stringify({ Statement: 'x'.repeat(2_048) }) },
      'ValidationError',
    ],
    ['tags, which are not known here', { Tags: [{ Key: 'a', Value: 'b' }] }, 'NotImplementedException'],
  ])('with %s is refused', async (_, more, name) => {
    await expect(assume('api', 'OfApi', more)).rejects.toMatchObject({ name });
  });

  it('is the only operation', async () => {
    const other = clientOf('user').send(new GetCallerIdentityCommand({}));
    await expect(other).rejects.toMatchObject({ name: 'NotImplementedException' });
  });
});

describe('a session', () => {
  const sessionOf = async (more: Partial<AssumeRoleCommandInput> = {}) =>
    (await assume('api', 'OfApi', more)).Credentials?.AccessKeyId ?? '';
  const authorize = (accessKeyId: string, resource: string) =>
    iam.authorize(iam.roleOf(accessKeyId) ?? 'none', receive(resource), accessKeyId);

  it('has the permissions of its role, and none beside', async () => {
    const accessKeyId = await sessionOf();
    authorize(accessKeyId, 'arn:topic/CP1/in');
    expect(() => authorize(accessKeyId, 'other')).toThrow('assumed-role/OfApi/it is not authorized');
  });

  it('has only those of them that its own policy has too', async () => {
    const statement = (Resource: string) => ({ Effect: 'Allow', Action: 'iot:Receive', Resource });
    const Policy = JSON.stringify({ Statement: [statement('arn:topic/CP1/*'), statement('other')] });
    const accessKeyId = await sessionOf({ Policy });
    authorize(accessKeyId, 'arn:topic/CP1/in');
    expect(() => authorize(accessKeyId, 'arn:topic/CP2/in')).toThrow('because no session policy allows');
    expect(() => authorize(accessKeyId, 'other')).toThrow('because no identity-based policy allows');
  });

  it('ends', async () => {
    const accessKeyId = await sessionOf({ DurationSeconds: 900 });
    iam.checkSession(accessKeyId);
    clock.now = () => 901_000;
    expect(() => iam.checkSession(accessKeyId)).toThrow(expect.objectContaining({ code: 'ExpiredTokenException' }));
    clock.now = () => 1_000;
  });
});
