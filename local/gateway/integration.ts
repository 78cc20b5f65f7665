import type { Clock } from '../clock.js';
import type { Invoker, Lambda } from '../lambda/lambda.js';

/** A function behind the API, and on whose behalf it is invoked. */
export interface Target {
  functionArn: string;
  invoker: Invoker;
}

/** The function behind an integration or an authorizer, and as whom an API invokes it. @throws when there is none */
export function targetOf(uri: string, apiId: string, source: string): Target {
  const functionArn = /\/functions\/(.+)\/invocations$/.exec(uri)?.[1];
  if (!functionArn) throw new Error(`The integration ${uri} is not a function's.`);
  const sourceArn = apiArn(functionArn, apiId, source);
  return { functionArn, invoker: { principal: 'apigateway.amazonaws.com', sourceArn } };
}

/** An API is in the account and Region of its functions. */
export function apiArn(functionArn: string, apiId: string, path: string): string {
  return functionArn.replace(/:lambda:(.+):function:.*/, `:execute-api:$1:${apiId}/${path.replaceAll('$', '$$$$')}`);
}

/** A function that took longer than an integration may. */
export class TooLong extends Error {}

/**
 * Invokes a function as an API does, which waits for `limit` milliseconds.
 *
 * @throws {TooLong} or what the function threw
 */
export function integrate(
  { functionArn, invoker }: Target,
  event: object,
  { clock, lambda, limit }: { clock: Clock; lambda: Pick<Lambda, 'invoke'>; limit: number },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const tooLong = new TooLong(`${functionArn} did not answer within ${limit} ms.`);
    const cancel = clock.after(limit, () => reject(tooLong));
    lambda.invoke(functionArn, event, invoker).then(resolve, reject).finally(cancel);
  });
}
