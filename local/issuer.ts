import { createSign, generateKeyPairSync, type JsonWebKey, type KeyObject, randomUUID } from 'node:crypto';
import type { Clock } from './clock.js';
import type { Issuers } from './gateway/jwt-authorizer.js';
import { AwsError, type AwsRequest, type AwsResponse, type Handler, notImplemented } from './service.js';

/** What the embedded issuer calls itself. A stage that is to believe it has this as its parameter `issuer`. */
export const embeddedIssuer = 'https://issuer.embedded';
export const embeddedAudience = 'serverless-csms';

const lifetime = 60 * 60;

export interface Issuer extends Handler, Issuers {
  /** A token as somebody would get it who signs in; for an hour unless the claims say otherwise. */
  token(claims: Record<string, unknown>): string;
}

/** A small OpenID Connect issuer, in place of the one that people sign in with. It believes whatever they say of themselves. */
export function startIssuer(clock: Clock, url: () => string): Issuer {
  const kid = randomUUID();
  let pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;
  // Made when it is asked for: it takes as long as the rest of the start.
  const keys = () => {
    pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
    return pair;
  };
  const published = () => [{ ...keys().publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }];

  function token(claims: Record<string, unknown>): string {
    const now = Math.floor(clock.now() / 1000);
    const whole = { iss: embeddedIssuer, aud: embeddedAudience, iat: now, exp: now + lifetime, ...claims };
    const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const signed = `${encoded({ alg: 'RS256', kid, typ: 'JWT' })}.${encoded(whole)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(keys().privateKey, 'base64url')}`;
  }

  return {
    token,
    async keysOf(issuer) {
      return issuer === embeddedIssuer ? published() : discover(issuer);
    },
    async handle({ method, path, body }: AwsRequest): Promise<AwsResponse> {
      switch (`${method} ${path}`) {
        case 'GET /.well-known/openid-configuration':
          return {
            status: 200,
            body: { issuer: embeddedIssuer, jwks_uri: `${url()}/jwks`, token_endpoint: `${url()}/token` },
          };
        case 'GET /jwks':
          return { status: 200, body: { keys: published() } };
        case 'POST /token': {
          const form = new URLSearchParams(body.toString());
          const [username, role] = [form.get('username'), form.get('role')];
          if (!username || !role) throw new AwsError('invalid_request', 'Send username and role, as a form.');
          const access_token = token({ sub: username, username, 'cognito:groups': [role] });
          return { status: 200, body: { access_token, token_type: 'Bearer', expires_in: lifetime } };
        }
        default:
          throw notImplemented(`${method} ${path} of the issuer`);
      }
    },
  };
}

/** Of an issuer in the world outside, as API Gateway finds them. */
async function discover(issuer: string): Promise<(JsonWebKey & { kid?: string })[]> {
  const configuration = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { jwks_uri } = (await configuration.json()) as { jwks_uri: string };
  const { keys } = (await (await fetch(jwks_uri)).json()) as { keys: JsonWebKey[] };
  return keys;
}
