import { HttpRequest } from '@smithy/core/protocols';
import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Credentials } from './signed-url.js';

/** The value of a secret in Secrets Manager. A client for this one request would be another package. */
export async function secretValue(arn: string, region: string, credentials: Credentials): Promise<string> {
  const { AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint = `https://secretsmanager.${region}.amazonaws.com` } = process.env;
  const { protocol, hostname, port, host } = new URL(endpoint);
  const headers = {
    host,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'secretsmanager.GetSecretValue',
  };
  const body = JSON.stringify({ SecretId: arn });
  const request = new HttpRequest({
    ...{ protocol, hostname, method: 'POST', path: '/', headers, body },
    ...(port && { port: Number(port) }),
  });
  const sha256 = Hash.bind(null, 'sha256');
  const signed = await new SignatureV4({ service: 'secretsmanager', region, credentials, sha256 }).sign(request);
  const response = await fetch(endpoint, { method: 'POST', headers: signed.headers, body });
  const { SecretString } = (await response.json()) as { SecretString?: string };
  if (SecretString === undefined) throw new Error(`Secrets Manager answered ${response.status} when asked for ${arn}.`);
  return SecretString;
}
