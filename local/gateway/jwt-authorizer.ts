import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import type { Clock } from '../clock.js';
import { type HttpResponse, message } from '../http.js';
import type { Deployed } from '../template/stack-resources.js';

/** Where the public keys of issuers come from. */
export interface Issuers {
  /** Whether the issuer can be asked for what it is. */
  knows(issuer: string): boolean;
  /** @throws when the issuer can't be asked */
  keysOf(issuer: string): Promise<(JsonWebKey & { kid?: string })[]>;
}

export const noIssuers: Issuers = { knows: () => false, keysOf: async () => [] };

/** What a function hears of a token that is in order, or what its bearer is answered. */
export type Authorized = { claims: Record<string, string>; scopes: string[] | null } | { refused: HttpResponse };

const algorithms: Record<string, string> = { RS256: 'RSA-SHA256', RS384: 'RSA-SHA384', RS512: 'RSA-SHA512' };

type Claims = Record<string, unknown>;

/**
 * The JWT authorizer of an HTTP API: of the issuer, for the audience, and at this time.
 *
 * @throws when its issuer can't be asked: then API Gateway makes none
 */
export function jwtAuthorizer(
  { properties }: Deployed,
  { issuers, clock }: { issuers: Issuers; clock: Clock },
): (headers: Record<string, string>) => Promise<Authorized> {
  const { JwtConfiguration, IdentitySource } = properties as {
    JwtConfiguration: { Issuer: string; Audience: string[] };
    IdentitySource: string[];
  };
  const [source = '', ...others] = IdentitySource;
  const header = source.replace('$request.header.', '').toLowerCase();
  if (others.length > 0 || header === source) throw new Error(`The embedded AWS does not know the source ${source}.`);

  const { Issuer } = JwtConfiguration;
  if (!issuers.knows(Issuer)) {
    const discovery = `${Issuer}/.well-known/openid-configuration`;
    throw new Error(`BadRequestException: Caught exception when connecting to ${discovery} for issuer ${Issuer}.`);
  }

  return async (headers) => {
    const value = headers[header];
    if (value === undefined) return { refused: message(401, 'Unauthorized', { 'www-authenticate': 'Bearer' }) };
    const fault = (why: string): Authorized => {
      const told = `Bearer scope="" error="invalid_token" error_description="${why}"`;
      return { refused: message(401, 'Unauthorized', { 'www-authenticate': told }) };
    };
    const token = readToken(value.replace(/^Bearer +/i, ''));
    if (!token) return fault('the token is malformed');
    const { head, claims } = token;
    const algorithm = algorithms[String(head.alg)];
    if (!algorithm) return fault('signing method is invalid');
    if (claims.iss !== Issuer) return fault('the token has an invalid issuer');
    const keys = await issuers.keysOf(Issuer).catch(() => []);
    const key = keys.find(({ kid }) => kid === head.kid);
    if (!key) return fault('unable to find a signing key that matches');
    const isSigned = verify(algorithm, token.signed, createPublicKey({ key, format: 'jwk' }), token.signature);
    if (!isSigned) return fault('the signature is invalid');
    const why = wrongClaim(claims, JwtConfiguration.Audience, clock.now() / 1000);
    return why ? fault(why) : { claims: asTexts(claims), scopes: null };
  };
}

function readToken(text: string): { head: Claims; claims: Claims; signed: Buffer; signature: Buffer } | undefined {
  const [head, claims, signature, ...more] = text.split('.');
  if (!head || !claims || !signature || more.length > 0) return undefined;
  try {
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Claims;
    const signed = Buffer.from(`${head}.${claims}`);
    return { head: read(head), claims: read(claims), signed, signature: Buffer.from(signature, 'base64url') };
  } catch {
    return undefined;
  }
}

/** `client_id` counts only where there is no `aud`. */
function wrongClaim({ aud, client_id, exp, nbf, iat }: Claims, audience: string[], now: number): string | undefined {
  const audiences = [aud ?? client_id].flat();
  if (!audiences.some((each) => audience.includes(String(each)))) return 'the token does not have a valid audience';
  if (typeof exp !== 'number' || exp <= now) return 'the token has expired';
  if (typeof nbf === 'number' && nbf > now) return 'the token is not valid yet';
  if (typeof iat === 'number' && iat > now) return 'the token was issued in the future';
  return undefined;
}

/** A function hears of each claim as text: a list is its items in brackets, with spaces between. */
function asTexts(claims: Claims): Record<string, string> {
  const text = (value: unknown) =>
    Array.isArray(value) ? `[${value.join(' ')}]` : typeof value === 'object' ? JSON.stringify(value) : String(value);
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, text(value)]));
}
