import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { see } from './see.js';

/** Authorizer of `$connect`. `?authorize=` says what it decides, `?context=` how many bytes its context has besides. */
export async function handler(event: APIGatewayRequestAuthorizerEvent): Promise<object> {
  await see(event);
  const { authorize = 'allow', context = '0' } = event.queryStringParameters ?? {};
  if (authorize === 'unauthorized') throw new Error('Unauthorized');
  if (authorize === 'fail') throw new Error('ordered');
  return {
    principalId: 'probe',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: 'execute-api:Invoke',
          Effect: authorize === 'deny' ? 'Deny' : 'Allow',
          Resource: event.methodArn,
        },
      ],
    },
    context: {
      text: 'CP1',
      number: 1,
      isProbe: true,
      ...(Number(context) > 0 && { large: 'x'.repeat(Number(context)) }),
    },
  };
}
