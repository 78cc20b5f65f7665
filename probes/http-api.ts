import { holds, same, within } from './expect.js';
import type { Probe } from './probe.js';
import type { Stage } from './stage.js';

const routes = 'Amazon API Gateway: Working with routes for HTTP APIs';
const quotas = 'Amazon API Gateway: Quotas for configuring and running an HTTP API';
const payloads = 'Amazon API Gateway: Working with AWS Lambda proxy integrations for HTTP APIs';
const authorizers = 'Amazon API Gateway: Controlling access to HTTP APIs with JWT authorizers';
const imitatedIn = ['gateway/http-api.ts'];
const needsIssuer =
  'needs a stage with an issuer that gives out wrong tokens; the tests of the system try it on a laptop';

/** Asks below the edge's own path. */
function ask({ edge }: Stage, path: string, init: RequestInit = {}): Promise<Response> {
  return within('an answer', fetch(`${edge.replace(/^ws/, 'http')}${path}`, init));
}

/** The HTTP API of the system's stage, through its edge. */
export const httpApi: Probe[] = [
  {
    id: 'http-api-route',
    says: 'A route `ANY /api/v1/{proxy+}` takes each method and each path below, but not the path itself.',
    restsOn: 'documented',
    source: routes,
    imitatedIn: [...imitatedIn, 'gateway/routes.ts'],
    ifWrong: '**The API is not reached**, or answers another 404.',
    async check(stage) {
      same('status below', (await ask(stage, 'api/v1/openapi.json')).status, 200);
      const nothing = await ask(stage, 'api/v1/');
      same('what is not below', [nothing.status, await nothing.text()], [404, '{"message":"Not Found"}']);
    },
  },
  {
    id: 'http-api-payload',
    says: 'A function hears of a request, and answers it, in payload format 2.0.',
    restsOn: 'documented',
    source: payloads,
    imitatedIn,
    ifWrong: '**Each request ends with 500.**',
    async check(stage) {
      const { status, headers } = await ask(stage, 'api/v1/openapi.json');
      same('status and type', [status, headers.get('content-type')], [200, 'application/json']);
      holds('a request id', headers.get('apigw-requestid'), [...headers.keys()]);
    },
  },
  {
    id: 'http-api-path',
    says: '`rawPath` is decoded, and ends where a question mark was encoded in it.',
    restsOn: 'observed',
    source: 'captures in public; the documentation does not say',
    imitatedIn,
    ifWrong: 'No effect: nothing in a path of ours has to be encoded.',
    async check(stage) {
      const answer = await ask(stage, 'api/v1/a%3Fb');
      same('the path that a function sees', ((await answer.json()) as { instance: string }).instance, '/api/v1/a');
    },
  },
  {
    id: 'http-api-body',
    says: 'A body of more than 10 MB is answered 413.',
    restsOn: 'documented',
    source: quotas,
    imitatedIn,
    ifWrong: 'No effect: ours takes 1 MB.',
    async check(stage) {
      const { status } = await ask(stage, 'api/v1/charge-points', { method: 'POST', body: 'x'.repeat(10_485_761) });
      same('status', status, 413);
    },
  },
  {
    id: 'http-api-event-size',
    says: 'What makes an event of more than 6 MB is answered 413: text, and three quarters of that where it is no text.',
    restsOn: 'assumed',
    source: 'AWS Lambda: Quotas, invocation payload; the status is not said',
    imitatedIn: [...imitatedIn, 'lambda/lambda.ts'],
    ifWrong: 'No effect: ours takes 1 MB.',
    async check(stage) {
      const post = (type: string, size: number) =>
        ask(stage, 'api/v1/charge-points', {
          method: 'POST',
          headers: { 'content-type': type },
          body: new Uint8Array(size).fill(120),
        });
      for (const [type, size] of [
        ['text/csv', 6 * 1024 * 1024],
        ['application/zip', 4.5 * 1024 * 1024],
      ] as const) {
        const answered = await post(type, size);
        same(`status of ${type}`, answered.status, 413);
        const told = answered.headers.get('content-type') ?? '';
        holds('an answer that is not ours', !told.includes('problem'), told);
      }
    },
  },
  {
    id: 'http-api-headers',
    says: 'A request line and headers of more than 10,240 bytes are refused with a 4xx.',
    restsOn: 'assumed',
    source: `${quotas}; the status is not said`,
    imitatedIn,
    ifWrong: 'No effect.',
    async check(stage) {
      const { status } = await ask(stage, 'api/v1/openapi.json', { headers: { 'x-long': 'x'.repeat(10_240) } });
      holds('a status of 4xx', status >= 400 && status < 500, status);
    },
  },
  {
    id: 'http-api-timeout',
    says: 'A function that does not answer within 30 s is answered for: 503; one that fails, 500.',
    restsOn: 'documented',
    source: quotas,
    imitatedIn,
    ifWrong: 'Whoever asks sees another 5xx.',
    notProbed: 'function `api` has a second less, and answers faults of its own itself',
  },
  {
    id: 'http-api-jwt',
    says: 'A JWT authorizer lets in whose token is signed with a key of its issuer, for its audience, and at this time; a function hears of the claims as texts, of a list as its items in brackets.',
    restsOn: 'documented',
    source: `${authorizers}; how lists come is seen in public`,
    imitatedIn: ['gateway/jwt-authorizer.ts', 'gateway/integration.ts'],
    ifWrong: '**Strangers get in**, or people get 403.',
    notProbed: needsIssuer,
  },
  {
    id: 'http-api-issuer',
    says: 'API Gateway asks the issuer for `/.well-known/openid-configuration` when a JWT authorizer is made, and makes none when it gets no answer.',
    restsOn: 'observed',
    source: 'seen in public, as: Caught exception when connecting to; not said in the documentation',
    imitatedIn: ['gateway/jwt-authorizer.ts'],
    ifWrong: 'A stage with a wrong `issuer` is deployed, and no person gets in.',
    notProbed: needsIssuer,
  },
  {
    id: 'http-api-jwt-refusal',
    says: 'Others are answered 401, and header `www-authenticate` says why.',
    restsOn: 'documented',
    source: 'Amazon API Gateway: Troubleshooting issues with HTTP API JWT authorizers; one of the sentences is there',
    imitatedIn: ['gateway/jwt-authorizer.ts'],
    ifWrong: 'People see another refusal.',
    notProbed: needsIssuer,
  },
  {
    id: 'http-api-behaviour',
    says: 'CloudFront takes the first behaviour whose path pattern is as the path, with the methods that it allows, and the default one for all else.',
    restsOn: 'documented',
    source: 'Amazon CloudFront: Cache behavior settings, path pattern',
    imitatedIn: ['edge-behaviours.ts'],
    ifWrong: '**The API is not reached**, or no charge point is.',
    async check(stage) {
      same('status of the API', (await ask(stage, 'api/v1/openapi.json')).status, 200);
      same('status with another method', (await ask(stage, 'api/v1/charge-points', { method: 'DELETE' })).status, 405);
    },
  },
];
