import { isLike } from '../arn.js';

/** What a REQUEST authorizer returns. */
interface AuthorizerResult {
  principalId: string;
  policyDocument: { Statement: { Effect: string; Action: string | string[]; Resource: string | string[] }[] };
  context?: Record<string, unknown>;
}

/**
 * Reads an authorizer's result: what of it rides on every event of the connection, or 403 where it does not allow.
 * @throws what makes API Gateway answer 500
 */
export function readAuthorization(result: unknown, methodArn: string): Record<string, string> | 403 {
  if (Buffer.byteLength(JSON.stringify(result ?? null)) > 8192) throw new Error('The result is larger than 8 KB.');
  const { principalId, policyDocument, context = {} } = (result ?? {}) as AuthorizerResult;
  if (typeof principalId !== 'string' || !policyDocument) throw new Error('principalId or policyDocument is missing.');
  const simple = ['string', 'number', 'boolean'];
  const wrong = Object.keys(context).find((name) => !simple.includes(typeof context[name]));
  if (wrong) throw new Error(`${wrong} in its context is no string, number or boolean.`);

  const effects = policyDocument.Statement.filter(
    ({ Action, Resource }) =>
      [Action].flat().some((action) => isLike(action, 'execute-api:Invoke')) &&
      [Resource].flat().some((resource) => isLike(resource, methodArn)),
  ).map(({ Effect }) => Effect);
  if (!effects.includes('Allow') || effects.includes('Deny')) return 403;
  const texts = Object.entries(context).map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(texts), principalId };
}
