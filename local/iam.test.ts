import { beforeEach, describe, expect, it } from 'vitest';
import { type Iam, startIam } from './iam.js';
import type { Deployed } from './template/stack-resources.js';

const arn = 'arn:aws:iam::000000000000:role/stage-CsmsRole';
const trust = {
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

function role(...Statement: object[]): Deployed {
  const Policies = [{ PolicyName: 'csms', PolicyDocument: { Statement } }];
  const properties = { AssumeRolePolicyDocument: trust, Policies };
  return { logicalId: 'CsmsRole', type: 'AWS::IAM::Role', ref: 'stage-CsmsRole', attributes: { Arn: arn }, properties };
}

let now: number;
let iam: Iam;
beforeEach(() => {
  now = 0;
  iam = startIam({ clock: { now: () => now } });
  iam.createRole(role({ Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive'], Resource: 'arn:topic/*/out' }));
});

describe('a role', () => {
  it('allows what a statement of it allows, and remembers what it was needed for', () => {
    iam.authorize(arn, { action: 'iot:Publish', resource: 'arn:topic/CP1/out' });
    expect(iam.grants()).toEqual([
      { role: 'CsmsRole', action: 'iot:Publish', resource: 'arn:topic/*/out', isUsed: true },
      { role: 'CsmsRole', action: 'iot:Receive', resource: 'arn:topic/*/out', isUsed: false },
    ]);
  });

  it.each([
    ['another action', { action: 'iot:Connect', resource: 'arn:topic/CP1/out' }],
    ['another resource', { action: 'iot:Publish', resource: 'arn:topic/CP1/in' }],
  ])('denies %s as AWS says it', (_, permission) => {
    const who = 'arn:aws:sts::000000000000:assumed-role/stage-CsmsRole/stage-csms';
    expect(() => iam.authorize(arn, permission, 'stage-csms')).toThrow(
      expect.objectContaining({
        code: 'AccessDeniedException',
        status: 403,
        message: `User: ${who} is not authorized to perform: ${permission.action} on resource: ${permission.resource} because no identity-based policy allows the ${permission.action} action`,
      }),
    );
  });

  it('is for the services that it trusts', () => {
    iam.assume(arn, 'lambda.amazonaws.com', 'stage-csms');
    expect(iam.roleOf('stage-csms')).toBe(arn);
    expect(() => iam.assume(arn, 'iot.amazonaws.com')).toThrow(`${arn} does not trust iot.amazonaws.com.`);
  });

  it('has to exist', () => {
    expect(() => iam.assume('arn:none', 'lambda.amazonaws.com')).toThrow('There is no role arn:none.');
  });

  it.each([
    ['Deny', { Effect: 'Deny', Action: 'iot:Publish', Resource: '*' }],
    ['Condition', { Effect: 'Allow', Action: 'iot:Publish', Resource: '*', Condition: {} }],
    ['NotResource', { Effect: 'Allow', Action: 'iot:Publish', NotResource: '*' }],
  ])('with %s is not known, and that is an error', (what, statement) => {
    expect(() => iam.createRole(role(statement))).toThrow(
      `CsmsRole: the embedded AWS does not know ${what} in a policy.`,
    );
  });
});
