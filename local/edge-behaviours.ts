import type { IncomingMessage } from 'node:http';
import { runInNewContext } from 'node:vm';
import type { Handshake } from './gateway/handshake.js';
import type { HttpApi } from './gateway/http-api.js';
import type { WebSocketApi } from './gateway/websocket.js';
import type { Deployed, StackResources } from './template/stack-resources.js';

/** The APIs of a stack, which a distribution's origins can be. */
export interface Apis {
  webSocket: WebSocketApi;
  http: HttpApi[];
}

/** What an API is asked, and which. */
export interface Routed extends Handshake {
  apiId: string;
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

interface Parameter {
  value: string;
  multiValue?: { value: string }[];
}

interface ViewerRequest {
  method: string;
  uri: string;
  querystring: Record<string, Parameter>;
  headers: Record<string, { value: string }>;
}
type ViewerFunction = (event: object) => ViewerRequest | { statusCode: number };

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
  OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[];
}

interface DistributionConfig {
  Origins: Origin[];
  CacheBehaviors?: CacheBehavior[];
  DefaultCacheBehavior: CacheBehavior;
}

/** The managed policy; without it an origin sees hardly a header. */
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
/** Headers that CloudFront shows no function. */
const hidden = /^(connection|expect|keep-alive|proxy-.*|trailer|upgrade|x-accel-.*|x-amz-cf-.*|x-edge-.*)$/;
/** Headers that CloudFront will not add to a request to the origin. */
const forbiddenAtOrigin = /^(x-amz-|x-edge-|x-real-ip|host$|upgrade$|via$|connection$)/i;

/** The behaviours of the template's distribution, the default one last; without one, the way to the WebSocket API's own URL. */
export function behavioursOf(resources: StackResources, { webSocket }: Apis): Behaviour[] {
  const [distribution] = resources.ofType('AWS::CloudFront::Distribution');
  if (!distribution) return [direct(webSocket.apiId)];
  const {
    Origins,
    CacheBehaviors = [],
    DefaultCacheBehavior,
  } = distribution.properties.DistributionConfig as DistributionConfig;
  return [...CacheBehaviors, DefaultCacheBehavior].map((behaviour) => behaviourOf(behaviour, Origins, resources));
}

function direct(apiId: string): Behaviour {
  return {
    pattern: /^/,
    route({ method = 'GET', headers, socket }, { pathname, search, searchParams }) {
      const query = Object.fromEntries(searchParams);
      const sourceIp = socket.remoteAddress ?? '';
      return { apiId, method, path: pathname, query, rawQuery: search.slice(1), headers: texts(headers), sourceIp };
    },
  };
}

function behaviourOf(behaviour: CacheBehavior, origins: Origin[], resources: StackResources): Behaviour {
  const { TargetOriginId, PathPattern = '*', OriginRequestPolicyId, FunctionAssociations = [] } = behaviour;
  const { AllowedMethods = ['GET', 'HEAD'] } = behaviour;
  const origin = origins.find(({ Id }) => Id === TargetOriginId);
  if (!origin) throw new Error(`The distribution has no origin ${TargetOriginId}.`);
  if (OriginRequestPolicyId !== allViewerExceptHostHeader) {
    throw new Error(`The embedded edge does not know the origin request policy ${OriginRequestPolicyId}.`);
  }
  const customHeaders = (origin.OriginCustomHeaders ?? []).map(({ HeaderName, HeaderValue }) => {
    if (forbiddenAtOrigin.test(HeaderName)) throw new Error(`CloudFront adds no header ${HeaderName} at an origin.`);
    return [HeaderName.toLowerCase(), HeaderValue];
  });
  const functions = FunctionAssociations.map(({ EventType, FunctionARN }) => {
    if (EventType !== 'viewer-request') throw new Error(`The embedded edge runs no ${EventType} functions.`);
    const found = resources.ofType('AWS::CloudFront::Function').find(({ ref }) => ref === FunctionARN);
    if (!found) throw new Error(`The distribution names the unknown function ${FunctionARN}.`);
    return viewerFunction(found);
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
        apiId: origin.DomainName.split('.')[0] ?? '',
        method: viewer.method,
        path: viewer.uri,
        // API Gateway decodes the query string once; a + is a space there.
        query: mapped(Object.entries(viewer.querystring), ({ value }) =>
          decodeURIComponent(value.replaceAll('+', ' ')),
        ),
        rawQuery: rawQueryOf(viewer.querystring),
        headers: {
          ...mapped(Object.entries(viewer.headers), ({ value }) => value),
          host: origin.DomainName,
          ...Object.fromEntries(customHeaders),
        },
        sourceIp,
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
function querystringOf(parameters: URLSearchParams): Record<string, Parameter> {
  const encoded = (name: string) => parameters.getAll(name).map((value) => ({ value: encodeURIComponent(value) }));
  return Object.fromEntries(
    [...parameters.keys()].map((name) => {
      const values = encoded(name);
      const { value } = values.at(-1) ?? { value: '' };
      return [encodeURIComponent(name), values.length > 1 ? { value, multiValue: values } : { value }];
    }),
  );
}

function rawQueryOf(querystring: Record<string, Parameter>): string {
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

/** A CloudFront Function: plain JavaScript with nothing around it. */
function viewerFunction({ properties, logicalId }: Deployed): ViewerFunction {
  const { FunctionCode, FunctionConfig } = properties as { FunctionCode: string; FunctionConfig: { Runtime: string } };
  const { Runtime } = FunctionConfig;
  if (Runtime !== 'cloudfront-js-2.0') throw new Error(`${logicalId}: unknown runtime ${Runtime}.`);
  if (Buffer.byteLength(FunctionCode) > 10 * 1024) {
    throw new Error(`${logicalId}: a CloudFront Function has at most 10 KB.`);
  }
  const handler = runInNewContext(`${FunctionCode}\nhandler`) as ViewerFunction;
  // In and out as JSON, as between machines.
  return (event) => JSON.parse(JSON.stringify(handler(JSON.parse(JSON.stringify(event)))));
}
