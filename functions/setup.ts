import * as z from 'zod/mini';
import { enableThingEvents } from '../aws/thing-events.js';

const customResourceEvent = z.object({
  RequestType: z.enum(['Create', 'Update', 'Delete']),
  ResponseURL: z.url(),
  StackId: z.string(),
  RequestId: z.string(),
  LogicalResourceId: z.string(),
});

/**
 * A custom resource of the stack: switches the registry's thing events on. The switch belongs to the account, and others
 * may rely on it by now, so that removing the stack leaves it on.
 */
export const handler = async (input: unknown): Promise<void> => {
  const { RequestType, ResponseURL, ...request } = customResourceEvent.parse(input);
  const answer = { ...request, PhysicalResourceId: 'setup' };
  try {
    if (RequestType !== 'Delete') await enableThingEvents();
    await respond(ResponseURL, { ...answer, Status: 'SUCCESS' });
  } catch (error) {
    await respond(ResponseURL, { ...answer, Status: 'FAILED', Reason: String(error) });
  }
};

/** CloudFormation waits for this. The URL is signed without a content type, which a text would have: S3 would refuse it. */
async function respond(url: string, answer: object): Promise<void> {
  const response = await fetch(url, { method: 'PUT', body: Buffer.from(JSON.stringify(answer)) });
  if (!response.ok) throw new Error(`CloudFormation refused the answer with ${response.status}.`);
}
