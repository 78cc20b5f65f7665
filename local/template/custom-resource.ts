import { randomUUID } from 'node:crypto';
import type { Endpoint } from '../endpoint.js';
import type { Lambda } from '../lambda/lambda.js';
import type { Deployed } from './stack-resources.js';

/** Creates a custom resource: its function is told to, and answers to a URL. @throws when it doesn't, or can't */
export async function createCustomResource(
  { logicalId, type, properties }: Deployed,
  { endpoint, lambda }: { endpoint: Endpoint; lambda: Lambda },
): Promise<void> {
  const RequestId = randomUUID();
  let answer = { Status: 'FAILED', Reason: 'its function did not say whether it was' };
  endpoint.add(`cloudformation-${RequestId}`, {
    async handle({ body }) {
      answer = JSON.parse(body.toString());
      return { status: 200 };
    },
  });
  const event = {
    RequestType: 'Create',
    ResponseURL: `${endpoint.url}/cloudformation-${RequestId}/`,
    StackId: 'embedded',
    RequestId,
    ResourceType: type,
    LogicalResourceId: logicalId,
    ResourceProperties: properties,
  };
  await lambda.invoke(properties.ServiceToken as string, event, 'cloudformation');
  if (answer.Status !== 'SUCCESS') throw new Error(`${logicalId} could not be created: ${answer.Reason}`);
}
