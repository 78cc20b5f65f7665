import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { embeddedIssuer, startIssuer } from '../../start/issuer.js';
import { startClock } from '../clock.js';
import type { HttpRequest, Origin } from '../http.js';
import { type Lambda, RequestTooLarge } from '../lambda/lambda.js';
import { startMeter } from '../meter.js';
import { stackResources } from '../template/stack-resources.js';
import { startHttpApi } from './http-api.js';

const clock = startClock();
afterAll(() => clock.close());
const issuer = startIssuer(clock);
const place = { stackName: 's', accountId: '0', region: 'r', edgeHost: '', endpoint: '' };

/** What the function behind the API heard, and what it answers. */
let heard: { event: Record<string, any>; invoker: unknown }[];
let answer: (event: unknown) => unknown;
let told: string[];
const meter = startMeter();

const authorizerOf = (Issuer: string) => ({
  Type: 'AWS::ApiGatewayV2::Authorizer',
  Properties: {
    ...{ ApiId: { Ref: 'Api' }, Name: 'people', AuthorizerType: 'JWT' },
    IdentitySource: ['$request.header.Authorization'],
    JwtConfiguration: { Issuer, Audience: ['serverless-csms'] },
  },
});

function open(more: Record<string, { Type: string; Properties: Record<string, unknown> }> = {}): Origin {
  const ApiId = { Ref: 'Api' };
  const IntegrationUri =
    'arn:aws:apigateway:r:lambda:path/2015-03-31/functions/arn:aws:lambda:r:0:function:f/invocations';
  const Target = { 'Fn::Join': ['/', ['integrations', { Ref: 'Integration' }]] };
  const Resources = {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'api', ProtocolType: 'HTTP' } },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId, StageName: '$default', AutoDeploy: true } },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: { ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri, PayloadFormatVersion: '2.0' },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: { ApiId, RouteKey: 'ANY /api/{proxy+}', AuthorizationType: 'NONE', Target },
    },
    Authorizer: authorizerOf(embeddedIssuer),
    Private: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ...{ ApiId, RouteKey: 'GET /private/{proxy+}', AuthorizationType: 'JWT', Target },
        AuthorizerId: { Ref: 'Authorizer' },
      },
    },
    ...more,
  };
  const resources = stackResources({ folder: '', stackName: 's', Conditions: {}, Outputs: {}, Resources }, place);
  const lambda: Pick<Lambda, 'invoke'> = {
    async invoke(_, event, invoker) {
      heard.push({ event: event as Record<string, unknown>, invoker });
      return answer(event);
    },
  };
  const onError = (message: string) => told.push(message);
  return startHttpApi(resources.only('AWS::ApiGatewayV2::Api'), resources, {
    clock,
    lambda: lambda as Lambda,
    meter,
    issuers: issuer,
    onError,
  });
}

let api: Origin;
beforeEach(() => {
  [heard, told] = [[], []];
  answer = () => ({ statusCode: 200, body: 'fine' });
  api = open();
});

const ask = (path: string, more: Partial<HttpRequest> = {}) =>
  api.handle({ method: 'GET', path, query: '', headers: {}, body: Buffer.alloc(0), sourceIp: '127.0.0.1', ...more });
const bearer = (claims: object) => ({ authorization: `Bearer ${issuer.token({ sub: 'jane', ...claims })}` });

describe('a request', () => {
  it('reaches the function of its route, in payload format 2.0', async () => {
    const headers = { 'content-type': 'application/json', cookie: 'a=1; b=2' };
    const { status, body } = await ask('/api/x%20y', {
      method: 'POST',
      query: 'q=%20&q=2',
      headers,
      body: Buffer.from('{}'),
    });
    expect([status, body]).toEqual([200, 'fine']);
    expect(heard[0]?.event).toMatchObject({
      ...{ version: '2.0', routeKey: 'ANY /api/{proxy+}', rawPath: '/api/x y', rawQueryString: 'q=%20&q=2' },
      ...{
        headers: { 'content-type': 'application/json' },
        body: '{}',
        isBase64Encoded: false,
      },
      ...{ queryStringParameters: { q: ' ,2' }, pathParameters: { proxy: 'x y' } },
    });
    const sourceArn = expect.stringMatching(/^arn:aws:execute-api:r:0:\w+\/\*\/\*\/api\/\{proxy\+\}$/);
    expect(heard[0]?.invoker).toEqual({ principal: 'apigateway.amazonaws.com', sourceArn });
  });

  it('has a body in base64 that is no text', async () => {
    await ask('/api/x', { method: 'PUT', headers: { 'content-type': 'application/zip' }, body: Buffer.from([255]) });
    expect(heard[0]?.event).toMatchObject({ body: '/w==', isBase64Encoded: true });
  });

  it.each([
    ['/other', {}, 404, 'Not Found'],
    ['/api/', {}, 404, 'Not Found'],
    ['/api/%', {}, 400, 'Bad Request'],
    ['/api/x', { query: 'a=%' }, 400, 'Bad Request'],
    ['/private/x', { method: 'POST' }, 404, 'Not Found'],
    ['/api/x', { headers: { a: 'x'.repeat(10_241) } }, 431, 'Request Header Fields Too Large'],
    ['/api/x', { body: Buffer.alloc(10 * 1024 * 1024 + 1) }, 413, 'Request Entity Too Large'],
  ])('%s %j that is refused', async (path, more, status, message) => {
    expect(await ask(path, more)).toMatchObject({ status, body: JSON.stringify({ message }) });
    expect(heard).toEqual([]);
  });

  it('is billed for each 512 KB', async () => {
    const before = meter.totals()['HTTP API requests'] ?? 0;
    await ask('/api/x', { body: Buffer.alloc(512 * 1024 + 1) });
    expect(meter.totals()['HTTP API requests']).toBe(before + 2);
  });
});

describe('what a function returns', () => {
  it.each([
    ['with a status', { statusCode: 201, headers: { ETag: '1' } }, { status: 201, body: '', headers: { etag: '1' } }],
    ['without one', { a: 1 }, { status: 200, body: '{"a":1}' }],
    ['in base64', { statusCode: 200, body: 'aGk=', isBase64Encoded: true }, { status: 200, body: Buffer.from('hi') }],
  ])('%s is the answer', async (_, returned, expected) => {
    answer = () => returned;
    expect(await ask('/api/x')).toMatchObject(expected);
  });

  it('does not matter to an event that is too large for it', async () => {
    answer = () => Promise.reject(new RequestTooLarge('too large'));
    expect(await ask('/api/x')).toMatchObject({ status: 413, body: '{"message":"Request Entity Too Large"}' });
  });

  it('with cookies is not known', async () => {
    answer = () => ({ statusCode: 200, cookies: ['a=1'] });
    expect((await ask('/api/x')).status).toBe(500);
    expect(told).toEqual(['HTTP API: Error: The embedded AWS does not know an answer with cookies.']);
  });

  it('in time, or it is 503; and 500 when it throws', async () => {
    answer = () => Promise.reject(new Error('broken'));
    expect((await ask('/api/x')).status).toBe(500);
    answer = () => new Promise(() => {});
    const late = ask('/api/x');
    await clock.pass(30_000);
    expect((await late).status).toBe(503);
    expect(told).toHaveLength(2);
  });
});

describe('a JWT authorizer', () => {
  it('tells the function the claims, as texts', async () => {
    expect((await ask('/private/x', { headers: bearer({ groups: ['a', 'b'], n: 1 }) })).status).toBe(200);
    const { claims } = heard[0]?.event.requestContext.authorizer.jwt;
    expect(claims).toMatchObject({ sub: 'jane', groups: '[a b]', n: '1' });
  });

  it('is not made of an issuer that cannot be asked', () => {
    const Issuer = 'https://issuer.elsewhere';
    const Authorizer = authorizerOf(Issuer);
    expect(() => open({ Authorizer })).toThrow(`connecting to ${Issuer}/.well-known/openid-configuration`);
  });

  it('asks for a token', async () => {
    const { status, headers, body } = await ask('/private/x');
    expect([status, body, headers['www-authenticate']]).toEqual([401, '{"message":"Unauthorized"}', 'Bearer']);
  });

  it('looks at client_id where there is no aud, and only there', async () => {
    const status = async (claims: object) => (await ask('/private/x', { headers: bearer(claims) })).status;
    expect(await status({ aud: undefined, client_id: 'serverless-csms' })).toBe(200);
    expect(await status({ aud: 'another', client_id: 'serverless-csms' })).toBe(401);
  });
});

it.each([
  ['a route that leads nowhere', { Integration: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'x' } } }],
  [
    'a stage of another name',
    { Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: { Ref: 'Api' }, StageName: 'v1' } } },
  ],
])('%s is an error at the start', (_, more) => {
  expect(() => open(more)).toThrow();
});
