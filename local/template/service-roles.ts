import { arnOf, type Region } from '../arn.js';
import type { Iam } from '../iam.js';
import { actionsOf } from '../iot/rules.js';
import type { StackResources } from './stack-resources.js';

const lambda = 'lambda.amazonaws.com';
const iot = 'iot.amazonaws.com';

/**
 * Sets up who acts in which role, and checks what AWS's own services will do in a template's roles: write logs, poll a
 * queue, keep what failed, perform a rule's action. AWS would notice some of these only when it is too late.
 *
 * @returns what deletes the roles again
 * @throws {AwsError} naming the role, the action and the resource that no statement allows
 */
export function takeUpRoles(resources: StackResources, region: Region, iam: Iam): () => void {
  const removals = resources.ofType('AWS::IAM::Role').map(iam.createRole);
  const functions = resources.ofType('AWS::Lambda::Function');
  const roleOf = (name: unknown) => {
    const found = functions.find(({ ref, attributes }) => ref === name || attributes.Arn === name);
    if (!found) throw new Error(`There is no function ${name}.`);
    return found.properties.Role as string;
  };

  for (const { ref, properties } of functions) {
    iam.assume(properties.Role as string, lambda, ref);
    const logStream = arnOf(region, 'logs', `log-group:/aws/lambda/${ref}:log-stream:any`);
    for (const action of ['logs:CreateLogStream', 'logs:PutLogEvents']) {
      iam.authorize(properties.Role as string, { action, resource: logStream }, ref);
    }
  }
  for (const { properties } of resources.ofType('AWS::Lambda::EventSourceMapping')) {
    for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) {
      iam.authorize(roleOf(properties.FunctionName), { action, resource: properties.EventSourceArn as string });
    }
  }
  for (const { properties } of resources.ofType('AWS::Lambda::EventInvokeConfig')) {
    const { OnFailure } = (properties.DestinationConfig ?? {}) as { OnFailure?: { Destination: string } };
    const resource = OnFailure?.Destination;
    if (resource) iam.authorize(roleOf(properties.FunctionName), { action: 'sqs:SendMessage', resource });
  }
  for (const rule of resources.ofType('AWS::IoT::TopicRule')) {
    for (const { needs } of actionsOf(rule, region)) {
      if (needs) iam.assume(needs.roleArn, iot);
      if (needs) iam.authorize(needs.roleArn, needs);
    }
  }
  return () => {
    for (const remove of removals) remove();
  };
}
