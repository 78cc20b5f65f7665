import { createSign, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import type { Clock } from '../local/clock.js';
import type { Issuers } from '../local/gateway/jwt-authorizer.js';
import { AwsError, type Handler, notImplemented } from '../local/service.js';

/** What the embedded issuer calls itself. A stage that is to believe it has this as its parameter `issuer`. */
export const embeddedIssuer = 'https://issuer.embedded';
export const embeddedAudience = 'serverless-csms';

const lifetime = 60 * 60;

export interface Issuer extends Handler, Issuers {
  /** A token as somebody would get it who signs in; for an hour unless the claims say otherwise. */
  token(claims: Record<string, unknown>): string;
}

/** In place of the issuer that people sign in with. It believes whatever they say of themselves. */
export function startIssuer(clock: Clock): Issuer {
  const kid = randomUUID();
  let pair: { publicKey: KeyObject; privateKey: KeyObject } | undefined;
  // Made when it is asked for: it takes as long as the rest of the start.
  const keys = () => {
    pair ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
    return pair;
  };

  function token(claims: Record<string, unknown>): string {
    const now = Math.floor(clock.now() / 1000);
    const whole = { iss: embeddedIssuer, aud: embeddedAudience, iat: now, exp: now + lifetime, ...claims };
    const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const signed = `${encoded({ alg: 'RS256', kid, typ: 'JWT' })}.${encoded(whole)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(keys().privateKey, 'base64url')}`;
  }

  return {
    token,
    knows: (issuer) => issuer === embeddedIssuer,
    async keysOf(issuer) {
      if (issuer !== embeddedIssuer) throw notImplemented(`the issuer ${issuer}`);
      return [{ ...keys().publicKey.export({ format: 'jwk' }), kid }];
    },
    read: ({ method, path, body }) => ({
      answer() {
        if (`${method} ${path}` !== 'POST /token') throw notImplemented(`${method} ${path} of the issuer`);
        const form = new URLSearchParams(body.toString());
        const [username, role] = [form.get('username'), form.get('role')];
        if (!username || !role) throw new AwsError('invalid_request', 'Send username and role, as a form.');
        const access_token = token({ sub: username, username, 'cognito:groups': [role] });
        return { status: 200, body: { access_token, token_type: 'Bearer', expires_in: lifetime } };
      },
    }),
  };
}
