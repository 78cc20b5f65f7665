import { createHash, createHmac } from 'node:crypto';
import { AwsError } from '../service.js';

/** A request as it was sent: nothing in it is decoded or put right. */
export interface SentRequest {
  method: string;
  /** Path and query. */
  url: string;
  headers: Record<string, string>;
}

const parameters = ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'] as const;
type Signature = Record<(typeof parameters)[number], string>;

const longest = 7 * 24 * 60 * 60;
/** Clocks may differ by so many seconds. */
const skew = 15 * 60;

/** Whether a request is signed in its query string. */
export function isQuerySigned({ url }: Pick<SentRequest, 'url'>): boolean {
  return /[?&]X-Amz-(Algorithm|Signature|Credential)=/.test(url);
}

/**
 * Checks a request that is signed in its query string: AWS Signature Version 4.
 *
 * @param expected.secretAccessKey of everybody
 * @param expected.now milliseconds since 1970
 * @returns the access key id of whoever signed it
 * @throws {AwsError} as S3 refuses it
 */
export function signerOf(
  request: SentRequest,
  expected: { region: string; secretAccessKey: string; now: number },
): string {
  const { region, secretAccessKey, now } = expected;
  const [path = '', search = ''] = split(request.url, '?');
  const query = search.split('&').map((pair) => split(pair, '=').map(plain));
  const signature = signatureIn(query);
  const [accessKeyId = '', date = '', scopeRegion = '', service = '', end = ''] = signature.Credential.split('/');
  if (scopeRegion !== region) {
    throw malformed(
      `Error parsing the X-Amz-Credential parameter; the region '${scopeRegion}' is wrong; expecting '${region}'`,
    );
  }
  if (service !== 's3' || end !== 'aws4_request' || !signature.Date.startsWith(date)) {
    throw malformed('Error parsing the X-Amz-Credential parameter; it is not of this service and day.');
  }
  checkTime(signature, now);

  const signed = signature.SignedHeaders.split(';');
  const unsigned = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-') && !signed.includes(name));
  if (!signed.includes('host') || unsigned.length > 0) {
    throw denied(`There were headers present in the request which were not signed: ${unsigned.join(', ') || 'host'}`);
  }
  const canonical = [
    request.method,
    path
      .split('/')
      .map((segment) => escaped(plain(segment)))
      .join('/'),
    canonicalQuery(query.filter(([name]) => name !== 'X-Amz-Signature')),
    ...signed.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signature.SignedHeaders,
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const scope = [date, region, 's3', 'aws4_request'];
  const toSign = [signature.Algorithm, signature.Date, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`);
  if (hmac(key, toSign).toString('hex') === signature.Signature) return accessKeyId;
  const message =
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.';
  throw new AwsError('SignatureDoesNotMatch', message, 403);
}

function signatureIn(query: string[][]): Signature {
  const values = new Map(query.map(([name = '', value = '']) => [name, value]));
  if (parameters.some((name) => !values.get(`X-Amz-${name}`))) {
    throw malformed(
      `Query-string authentication version 4 requires the ${parameters.map((name) => `X-Amz-${name}`).join(', ')} parameters.`,
    );
  }
  const signature = Object.fromEntries(parameters.map((name) => [name, values.get(`X-Amz-${name}`)])) as Signature;
  if (signature.Algorithm !== 'AWS4-HMAC-SHA256') throw malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  if (!/^\d+$/.test(signature.Expires)) throw malformed('X-Amz-Expires should be a number');
  if (Number(signature.Expires) > longest) {
    throw malformed(
      'X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds',
    );
  }
  return signature;
}

function checkTime({ Date: signedAt, Expires }: Signature, now: number): void {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(signedAt) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) / 1_000;
  if (Number.isNaN(at)) throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  if (at - skew > now / 1_000) throw denied('Request is not valid yet');
  if (at + Number(Expires) < now / 1_000) throw denied('Request has expired');
}

function canonicalQuery(query: string[][]): string {
  return query
    .map(([name = '', value = '']) => [escaped(name), escaped(value)] as const)
    .sort(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map((pair) => pair.join('='))
    .join('&');
}

function malformed(message: string): AwsError {
  return new AwsError('AuthorizationQueryParametersError', message, 400);
}

function denied(message: string): AwsError {
  return new AwsError('AccessDenied', message, 403);
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

/** @throws {AwsError} for a broken percent-encoding */
function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400);
  }
}

/** RFC 3986: everything but the unreserved characters. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
