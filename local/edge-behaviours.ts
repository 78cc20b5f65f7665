import type { IncomingMessage } from 'node:http';
import type { Clock } from './clock.js';
import { type ViewerFunction, type ViewerRequest, viewerFunction } from './edge-function.js';
import type { Handshake } from './gateway/handshake.js';
import type { HttpApi } from './gateway/http-api.js';
import type { WebSocketApi } from './gateway/websocket.js';
import type { S3 } from './s3/index.js';
import type { StackResources } from './template/stack-resources.js';

/** What a distribution's origins can be: the APIs of a stage, and buckets. */
export interface Origins {
  webSocket: WebSocketApi;
  http: HttpApi[];
  s3: Pick<S3, 'serve'>;
  accountId: string;
}

/** What an origin is asked, and which. */
export interface Routed extends Handshake {
  /** An API's id, or a bucket's name. */
  origin: string;
  /** Of a bucket: the ARN of the distribution that signs the request. */
  signedFor?: string;
  method: string;
  headers: Record<string, string>;
  /** Without its question mark, percent-encoded. */
  rawQuery: string;
}

/** A cache behaviour of a distribution. */
export interface Behaviour {
  /** Of the paths that it is for. */
  pattern: RegExp;
  /** Makes of a client's request what an API is asked, or the status that is answered instead. */
  route(request: IncomingMessage, url: URL): Routed | number;
}

interface CacheBehavior {
  TargetOriginId: string;
  PathPattern?: string;
  AllowedMethods?: string[];
  OriginRequestPolicyId?: string;
  FunctionAssociations?: { EventType: string; FunctionARN: string }[];
}

interface Origin {
  Id: string;
  DomainName: string;
  OriginAccessControlId?: string;
  S3OriginConfig?: object;
  OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[];
}

interface DistributionConfig {
  Origins: Origin[];
  CacheBehaviors?: CacheBehavior[];
  DefaultCacheBehavior: CacheBehavior;
}

/** The managed policy; without it an origin sees hardly a header. */
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
/** Without a policy a bucket sees no others of a client's. */
const sentToBucket = ['content-length', 'content-type', 'range', 'transfer-encoding'];
/** Headers that CloudFront shows no function. */
const hidden = /^(connection|expect|keep-alive|proxy-.*|trailer|upgrade|x-accel-.*|x-amz-cf-.*|x-edge-.*)$/;
/** Headers that CloudFront will not add to a request to the origin. */
const forbiddenAtOrigin = /^(x-amz-|x-edge-|x-real-ip|host$|upgrade$|via$|connection$)/i;

/** The behaviours of the template's distribution, the default one last; without one, the way to the WebSocket API's own URL. */
export function behavioursOf(
  resources: StackResources,
  { webSocket, accountId }: Origins,
  clock: Pick<Clock, 'now'>,
): Behaviour[] {
  const [distribution] = resources.ofType('AWS::CloudFront::Distribution');
  if (!distribution) return [direct(webSocket.apiId)];
  const config = distribution.properties.DistributionConfig as DistributionConfig;
  const functions = new Map(
    resources.ofType('AWS::CloudFront::Function').map((each) => [each.ref, viewerFunction(each, clock)]),
  );
  const arn = `arn:aws:cloudfront::${accountId}:distribution/${distribution.ref}`;
  const controls = resources.ofType('AWS::CloudFront::OriginAccessControl').map(({ attributes }) => attributes.Id);
  return [...(config.CacheBehaviors ?? []), config.DefaultCacheBehavior].map((behaviour) => {
    const origin = config.Origins.find(({ Id }) => Id === behaviour.TargetOriginId);
    if (!origin) throw new Error(`The distribution has no origin ${behaviour.TargetOriginId}.`);
    const ask = origin.S3OriginConfig ? bucketOrigin(origin, behaviour, controls, arn) : apiOrigin(origin, behaviour);
    return behaviourOf(behaviour, functions, ask);
  });
}

function direct(apiId: string): Behaviour {
  return {
    pattern: /^/,
    route({ method = 'GET', headers, socket }, { pathname, search, searchParams }) {
      const query = Object.fromEntries(searchParams);
      const sourceIp = socket.remoteAddress ?? '';
      const rawQuery = search.slice(1);
      return { origin: apiId, method, path: pathname, query, rawQuery, headers: texts(headers), sourceIp };
    },
  };
}

/** What of a request an origin sees. */
type AskOrigin = (viewer: ViewerRequest) => Pick<Routed, 'origin' | 'signedFor' | 'headers'>;

function apiOrigin(
  { DomainName, OriginCustomHeaders = [] }: Origin,
  { OriginRequestPolicyId }: CacheBehavior,
): AskOrigin {
  if (OriginRequestPolicyId !== allViewerExceptHostHeader) {
    throw new Error(`The embedded edge does not know the origin request policy ${OriginRequestPolicyId}.`);
  }
  const customHeaders = OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => {
    if (forbiddenAtOrigin.test(HeaderName)) throw new Error(`CloudFront adds no header ${HeaderName} at an origin.`);
    return [HeaderName.toLowerCase(), HeaderValue];
  });
  return ({ headers }) => ({
    origin: DomainName.split('.')[0] ?? '',
    headers: {
      ...mapped(Object.entries(headers), ({ value }) => value),
      host: DomainName,
      ...Object.fromEntries(customHeaders),
    },
  });
}

/** A bucket that asks for a signature; another would be a public one. */
function bucketOrigin(
  { Id, DomainName, OriginAccessControlId = '' }: Origin,
  { OriginRequestPolicyId }: CacheBehavior,
  controls: (string | undefined)[],
  signedFor: string,
): AskOrigin {
  if (OriginRequestPolicyId) {
    throw new Error(`The embedded edge knows no origin request policy for the bucket of ${Id}.`);
  }
  if (!controls.includes(OriginAccessControlId)) throw new Error(`The origin ${Id} has no origin access control.`);
  return ({ headers }) => ({
    origin: DomainName.split('.')[0] ?? '',
    signedFor,
    headers: mapped(
      Object.entries(headers).filter(([name]) => sentToBucket.includes(name)),
      ({ value }) => value,
    ),
  });
}

function behaviourOf(behaviour: CacheBehavior, known: Map<string, ViewerFunction>, ask: AskOrigin): Behaviour {
  const { PathPattern = '*', AllowedMethods = ['GET', 'HEAD'], FunctionAssociations = [] } = behaviour;
  const functions = FunctionAssociations.map(({ EventType, FunctionARN }) => {
    if (EventType !== 'viewer-request') throw new Error(`The embedded edge runs no ${EventType} functions.`);
    const found = known.get(FunctionARN);
    if (!found) throw new Error(`The distribution names the unknown function ${FunctionARN}.`);
    return found;
  });

  return {
    pattern: patternOf(PathPattern),
    route({ method = 'GET', headers, socket }, { pathname, searchParams }) {
      if (!AllowedMethods.includes(method)) return 403;
      const shown = Object.entries(texts(headers)).filter(([name]) => !hidden.test(name));
      let viewer: ViewerRequest = {
        method,
        uri: pathname,
        querystring: querystringOf(searchParams),
        headers: mapped(shown, (value) => ({ value })),
      };
      const sourceIp = socket.remoteAddress ?? '';
      for (const run of functions) {
        const result = run({ version: '1.0', context: {}, viewer: { ip: sourceIp }, request: viewer });
        if ('statusCode' in result) return result.statusCode;
        viewer = result;
      }
      return {
        method: viewer.method,
        path: viewer.uri,
        // API Gateway decodes the query string once; a + is a space there.
        query: mapped(Object.entries(viewer.querystring), ({ value }) =>
          decodeURIComponent(value.replaceAll('+', ' ')),
        ),
        rawQuery: rawQueryOf(viewer.querystring),
        sourceIp,
        ...ask(viewer),
      };
    },
  };
}

/** `*` stands for any characters, `?` for one. */
function patternOf(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 's');
}

/** A parameter that comes more than once has all its values. */
function querystringOf(parameters: URLSearchParams): ViewerRequest['querystring'] {
  const encoded = (name: string) => parameters.getAll(name).map((value) => ({ value: encodeURIComponent(value) }));
  return Object.fromEntries(
    [...parameters.keys()].map((name) => {
      const values = encoded(name);
      const { value } = values.at(-1) ?? { value: '' };
      return [encodeURIComponent(name), values.length > 1 ? { value, multiValue: values } : { value }];
    }),
  );
}

function rawQueryOf(querystring: ViewerRequest['querystring']): string {
  return Object.entries(querystring)
    .flatMap(([name, { value, multiValue = [{ value }] }]) => multiValue.map((each) => `${name}=${each.value}`))
    .join('&');
}

function texts(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function mapped<From, To>(entries: [string, From][], map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(entries.map(([name, value]) => [name, map(value)]));
}
