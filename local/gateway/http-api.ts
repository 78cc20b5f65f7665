import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.js';
import { type HttpRequest, type HttpResponse, message, type Origin, parametersOf } from '../http.js';
import { type Lambda, RequestTooLarge } from '../lambda/lambda.js';
import { type Meter, steps } from '../meter.js';
import { refuseUnknown } from '../request.js';
import type { Deployed, StackResources } from '../template/stack-resources.js';
import { integrate, type Target, TooLong, targetOf } from './integration.js';
import { type Authorized, type Issuers, jwtAuthorizer } from './jwt-authorizer.js';
import { stageOf } from './routes.js';

/** HTTP APIs' quotas, in bytes and milliseconds. */
export const httpQuotas = { headers: 10_240, body: 10 * 1024 * 1024, integration: 30_000 };

/** A request is billed for each 512 KB of it. */
const requestStep = 512 * 1024;

interface Route {
  method: string;
  /** Matches a decoded path. */
  pattern: RegExp;
  key: string;
  target: Target;
  authorize?(headers: Record<string, string>): Promise<Authorized>;
}

/** What a function returns in payload format 2.0. */
interface Result {
  statusCode?: number;
  headers?: Record<string, string | number | boolean>;
  body?: string;
  isBase64Encoded?: boolean;
}

/** An HTTP API of the template: its routes to functions in payload format 2.0, JWT authorizers, quotas and errors. */
export function startHttpApi(
  api: Deployed,
  resources: StackResources,
  options: { clock: Clock; lambda: Lambda; meter: Meter; issuers: Issuers; onError(message: string): void },
): Origin {
  const { clock, lambda, meter, onError } = options;
  const apiId = api.ref;
  const stage = stageOf(resources, api);
  if (stage !== '$default') throw new Error(`The embedded AWS knows no stage ${stage} of an HTTP API.`);
  const routes = httpRoutes(resources, apiId, options);

  async function answer(request: HttpRequest, requestId: string): Promise<HttpResponse> {
    const { method, headers, body } = request;
    if (sizeOf(request) > httpQuotas.headers) return message(431, 'Request Header Fields Too Large');
    if (body.length > httpQuotas.body) return message(413, 'Request Entity Too Large');
    const [path, parameters] = decoded(request) ?? [];
    if (path === undefined || !parameters) return message(400, 'Bad Request');
    const route = routes.find((each) => (each.method === 'ANY' || each.method === method) && each.pattern.test(path));
    if (!route) return message(404, 'Not Found');
    const authorized = await route.authorize?.(headers);
    if (authorized && 'refused' in authorized) return authorized.refused;
    try {
      const authorizer = authorized && { jwt: authorized };
      const event = eventOf(request, { apiId, path, parameters, route, authorizer, requestId, now: clock.now() });
      const limit = httpQuotas.integration;
      return responseOf(
        (await integrate(route.target, event, { clock, lambda, limit })) as Result | string | undefined,
      );
    } catch (error) {
      if (error instanceof RequestTooLarge) return message(413, 'Request Entity Too Large');
      onError(`HTTP API: ${error}`);
      return error instanceof TooLong ? message(503, 'Service Unavailable') : message(500, 'Internal Server Error');
    }
  }

  return {
    async handle(request) {
      const requestId = randomBytes(11).toString('base64');
      meter.count('HTTP API requests', steps(request.body.length, requestStep));
      const { headers, ...response } = await answer(request, requestId);
      return { ...response, headers: { ...headers, 'apigw-requestid': requestId } };
    },
  };
}

/** Follows the routes of an HTTP API to their functions. @throws when one leads nowhere, or is not known here */
function httpRoutes(resources: StackResources, apiId: string, options: { issuers: Issuers; clock: Clock }): Route[] {
  const ofApi = (type: string) => resources.ofType(type).filter(({ properties }) => properties.ApiId === apiId);
  const authorizers = ofApi('AWS::ApiGatewayV2::Authorizer');
  const integrations = ofApi('AWS::ApiGatewayV2::Integration');

  return ofApi('AWS::ApiGatewayV2::Route').map(
    ({ properties: { RouteKey, Target, AuthorizationType, AuthorizerId } }) => {
      const key = RouteKey as string;
      const [, method = '', path = ''] = /^(ANY|[A-Z]+) (\/.*)$/.exec(key) ?? [];
      const pattern = patternOf(path);
      if (!pattern) throw new Error(`The embedded AWS does not know the route ${key} of an HTTP API.`);
      const integration = integrations.find(({ ref }) => Target === `integrations/${ref}`);
      const { IntegrationUri, PayloadFormatVersion } = integration?.properties ?? {};
      if (PayloadFormatVersion !== '2.0') throw new Error(`The route ${key} has no integration of payload format 2.0.`);
      const target = targetOf(IntegrationUri as string, apiId, `*/*${path}`);
      if (AuthorizationType === 'NONE') return { method, pattern, key, target };
      const authorizer = authorizers.find(({ ref }) => ref === AuthorizerId);
      return { method, pattern, key, target, authorize: jwtAuthorizer(jwtOnly(authorizer, key), options) };
    },
  );
}

function jwtOnly(authorizer: Deployed | undefined, key: string): Deployed {
  if (authorizer?.properties.AuthorizerType === 'JWT') return authorizer;
  throw new Error(`The embedded AWS knows JWT authorizers of HTTP APIs only, and the route ${key} has another.`);
}

/** Of a path without variables, or with a greedy one at its end, which stands for at least one character. */
function patternOf(path: string): RegExp | undefined {
  const [, fixed = '', greedy] = /^([\w/.-]+?)(\{\w+\+\})?$/.exec(path) ?? [];
  return fixed ? new RegExp(`^${fixed.replaceAll('.', '\\.')}${greedy ? '.+' : ''}$`, 's') : undefined;
}

/** The request line and the values of all headers count. */
function sizeOf({ method, path, query, headers }: HttpRequest): number {
  const texts = [method, path, query, ...Object.values(headers)];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** The path, which ends where a ? was encoded in it, and the parameters; undefined for what is no percent-encoding. */
function decoded({ path, query }: HttpRequest): [path: string, parameters: [string, string][]] | undefined {
  try {
    return [decodeURIComponent(path).split('?')[0] ?? '', parametersOf(query)];
  } catch {
    return undefined;
  }
}

function eventOf(
  { method, query, headers, body, sourceIp }: HttpRequest,
  about: {
    apiId: string;
    path: string;
    parameters: [string, string][];
    route: Route;
    authorizer: object | undefined;
    requestId: string;
    now: number;
  },
): object {
  const { apiId, path, parameters, route, authorizer, requestId, now } = about;
  // Told apart from headers; who reads them is not known here.
  const { cookie: _, ...others } = headers;
  const names = [...new Set(parameters.map(([name]) => name))];
  const valuesOf = (name: string) => parameters.flatMap(([other, value]) => (other === name ? value : []));
  const isText = /^(text\/|application\/(json|javascript|xml)\b)/.test(headers['content-type'] ?? 'text/plain');
  const [, proxy] = /\{(\w+)\+\}$/.exec(route.key) ?? [];
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: path,
    rawQueryString: query,
    headers: others,
    ...(names.length > 0 && {
      queryStringParameters: Object.fromEntries(names.map((name) => [name, valuesOf(name).join(',')])),
    }),
    ...(proxy && { pathParameters: { [proxy]: path.slice(route.key.split(' ')[1]?.indexOf('{') ?? 0) } }),
    requestContext: {
      accountId: route.target.functionArn.split(':')[4],
      apiId,
      ...(authorizer && { authorizer }),
      domainName: headers.host,
      domainPrefix: apiId,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId,
      routeKey: route.key,
      stage: '$default',
      time: new Date(now).toUTCString(),
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Without a status code, what a function returns is the body of a 200. */
function responseOf(result: Result | string | undefined): HttpResponse {
  if (typeof result !== 'object' || result === null || result.statusCode === undefined) {
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(result) ?? '' };
  }
  const { statusCode, headers = {}, body = '', isBase64Encoded = false, ...others } = result;
  refuseUnknown('an answer with', others, []);
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      ...Object.fromEntries(named),
    },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}
