import { randomUUID } from 'node:crypto';
import type { Endpoint } from '../endpoint.js';
import type { Lambda } from '../lambda/lambda.js';
import type { Deployed } from './stack-resources.js';

/**
 * Creates a custom resource: its function is told to, and answers to a URL.
 *
 * @returns what deletes it again, in the same way
 * @throws when the function doesn't, or can't
 */
export async function createCustomResource(
  { logicalId, type, properties }: Deployed,
  { endpoint, lambda }: { endpoint: Endpoint; lambda: Lambda },
): Promise<() => Promise<void>> {
  async function request(RequestType: 'Create' | 'Delete', more: object = {}): Promise<string> {
    const RequestId = randomUUID();
    const path = `cloudformation-${RequestId}`;
    let answer = { Status: 'FAILED', Reason: 'its function did not say whether it was', PhysicalResourceId: '' };
    const answered = endpoint.add(path, {
      read: ({ body, headers }) => ({
        answer() {
          // The URL is signed without one.
          if (headers['content-type']) return { status: 403 };
          answer = JSON.parse(body.toString());
          return { status: 200 };
        },
      }),
    });
    const event = {
      RequestType,
      ResponseURL: `${endpoint.url}/${path}/`,
      StackId: 'embedded',
      RequestId,
      ResourceType: type,
      LogicalResourceId: logicalId,
      ResourceProperties: properties,
      ...more,
    };
    await lambda.invoke(properties.ServiceToken as string, event, 'cloudformation').finally(answered);
    const what = `${RequestType.toLowerCase()}d`;
    if (answer.Status !== 'SUCCESS') throw new Error(`${logicalId} could not be ${what}: ${answer.Reason}`);
    return answer.PhysicalResourceId;
  }

  const PhysicalResourceId = await request('Create');
  return async () => void (await request('Delete', { PhysicalResourceId }));
}
