import { describe, expect, it } from 'vitest';
import { isQuerySigned, type SentRequest, signerOf } from './signed-query.js';

/** The example of the S3 API reference, "Authenticating Requests: Using Query Parameters". */
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const expected = { region: 'us-east-1', secretAccessKey, now: Date.UTC(2013, 4, 24) };
const url =
  '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
  '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
  '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
  '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
const request: SentRequest = { method: 'GET', url, headers: { host: 'examplebucket.s3.amazonaws.com' } };
const minute = 60_000;
const day = 24 * 60 * minute;

it("takes the signature of AWS's own example", () => {
  expect(signerOf(request, expected)).toBe('AKIAIOSFODNN7EXAMPLE');
});

it('knows a request that is signed in its query', () => {
  expect([url, '/a?b', '/a'].map((each) => isQuerySigned({ url: each }))).toEqual([true, false, false]);
});

it('takes it from a quarter of an hour before it was signed until it expires', () => {
  for (const after of [-15 * minute, day]) {
    expect(signerOf(request, { ...expected, now: expected.now + after })).toBe('AKIAIOSFODNN7EXAMPLE');
  }
});

const with_ = (from: string, to: string) => ({ ...request, url: url.replace(from, to) });
const mismatch = { code: 'SignatureDoesNotMatch', status: 403 };
const denied = (message: string) => ({ code: 'AccessDenied', status: 403, message: expect.stringContaining(message) });
const malformed = (message: string) => ({
  ...{ code: 'AuthorizationQueryParametersError', status: 400 },
  message: expect.stringContaining(message),
});

describe('refuses', () => {
  it.each<[string, SentRequest, object]>([
    ['another method', { ...request, method: 'PUT' }, mismatch],
    ['another host', { ...request, headers: { host: 'other.s3.amazonaws.com' } }, mismatch],
    ['another object', with_('/test.txt', '/other.txt'), mismatch],
    ['another parameter', { ...request, url: `${url}&versionId=1` }, mismatch],
    ['a name that is appended', { ...request, url: `${url}/diagnostics.log` }, mismatch],
    ['a longer life', with_('Expires=86400', 'Expires=86401'), mismatch],
    ['another key id', with_('AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE'), mismatch],
    ['another signature', with_('aeeed9', 'aeeed8'), mismatch],
    [
      'a header of AWS that is not signed',
      { ...request, headers: { ...request.headers, 'x-amz-acl': 'public-read' } },
      denied('not signed: x-amz-acl'),
    ],
    ['a host that is not signed', with_('SignedHeaders=host', 'SignedHeaders=date'), denied('not signed: host')],
    ['no signature', with_('X-Amz-Signature', 'X-Amz-Other'), malformed('requires the X-Amz-Algorithm')],
    ['another algorithm', with_('SHA256', 'SHA512'), malformed('X-Amz-Algorithm only supports')],
    [
      'another Region',
      with_('us-east-1', 'eu-west-1'),
      malformed("the region 'eu-west-1' is wrong; expecting 'us-east-1'"),
    ],
    ['another service', with_('s3%2Faws4', 'sqs%2Faws4'), malformed('X-Amz-Credential')],
    ['another day', with_('%2F20130524', '%2F20130525'), malformed('X-Amz-Credential')],
    ['a life of more than a week', with_('Expires=86400', 'Expires=604801'), malformed('less than a week')],
    ['a life that is no number', with_('Expires=86400', 'Expires=long'), malformed('should be a number')],
    ['a time that is none', with_('20130524T000000Z', '20130524'), malformed('ISO8601')],
    ['what is not percent-encoded', with_('/test.txt', '/%zz'), { code: 'InvalidURI', status: 400 }],
  ])('%s', (_what, sent, error) => {
    expect(() => signerOf(sent, expected)).toThrow(expect.objectContaining(error));
  });

  it.each([
    ['before it is valid', -15 * minute - 1_000, 'Request is not valid yet'],
    ['when it has expired', day + 1_000, 'Request has expired'],
  ])('it %s', (_what, after, message) => {
    expect(() => signerOf(request, { ...expected, now: expected.now + after })).toThrow(message);
  });
});
