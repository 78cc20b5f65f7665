import type { IncomingMessage } from 'node:http';
import type { Clock } from './clock.js';
import { type ViewerFunction, type ViewerRequest, viewerFunction } from './edge-function.js';
import { type HttpRequest, type Origin, parametersOf } from './http.js';
import type { Meter } from './meter.js';
import type { S3 } from './s3/index.js';
import type { Deployed, StackResources } from './template/stack-resources.js';

/** What is asked of an origin, and of which. */
export interface Routed {
  origin: Origin;
  request: HttpRequest;
}

/** A cache behaviour of a distribution. */
export interface Behaviour {
  /** Of the paths that it is for: `*` stands for any characters, `?` for one. */
  pattern: string;
  /** Makes of a client's request what an origin is asked, or the status that is answered instead. */
  route(request: IncomingMessage, url: URL): Routed | number;
}

/** Where a distribution's origins are found, and what else it stands on. */
interface Ground {
  clock: Pick<Clock, 'now'>;
  meter: Meter;
  accountId: string;
  resources: StackResources;
  /** The APIs of a stage, by their ids. */
  apis: ReadonlyMap<string, Origin>;
  s3: Pick<S3, 'origin'>;
}

interface CacheBehavior {
  TargetOriginId: string;
  PathPattern?: string;
  AllowedMethods?: string[];
  OriginRequestPolicyId?: string;
  FunctionAssociations?: { EventType: string; FunctionARN: string }[];
}

interface DistributionOrigin {
  Id: string;
  DomainName: string;
  OriginAccessControlId?: string;
  S3OriginConfig?: object;
  OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[];
}

interface DistributionConfig {
  Origins: DistributionOrigin[];
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

/** The behaviours of a distribution, the default one last. @throws for what is not known, and for an origin that is not there */
export function behavioursOf(distribution: Deployed, ground: Ground): Behaviour[] {
  const { clock, accountId, resources } = ground;
  const config = distribution.properties.DistributionConfig as DistributionConfig;
  const functions = new Map(
    resources.ofType('AWS::CloudFront::Function').map((each) => [each.ref, viewerFunction(each, clock)]),
  );
  const arn = `arn:aws:cloudfront::${accountId}:distribution/${distribution.ref}`;
  return [...(config.CacheBehaviors ?? []), config.DefaultCacheBehavior].map((behaviour) => {
    const origin = config.Origins.find(({ Id }) => Id === behaviour.TargetOriginId);
    if (!origin) throw new Error(`The distribution has no origin ${behaviour.TargetOriginId}.`);
    const ask = origin.S3OriginConfig
      ? bucketOrigin(origin, behaviour, arn, ground)
      : apiOrigin(origin, behaviour, ground);
    return behaviourOf(behaviour, functions, ask, ground);
  });
}

/** The way to an API's own URL, where a template has no distribution. */
export function direct(origin: Origin): Behaviour {
  return {
    pattern: '*',
    route({ method = 'GET', headers, socket }, { pathname: path, search }) {
      const sourceIp = socket.remoteAddress ?? '';
      return {
        origin,
        request: { method, path, query: search.slice(1), headers: texts(headers), sourceIp, ...noBody },
      };
    },
  };
}

/** What of a request an origin sees. */
interface AskOrigin {
  origin: Origin;
  headersOf(viewer: ViewerRequest): Record<string, string>;
}

function apiOrigin(
  { DomainName, OriginCustomHeaders = [] }: DistributionOrigin,
  { OriginRequestPolicyId }: CacheBehavior,
  { apis }: Ground,
): AskOrigin {
  if (OriginRequestPolicyId !== allViewerExceptHostHeader) {
    throw new Error(`The embedded edge does not know the origin request policy ${OriginRequestPolicyId}.`);
  }
  const customHeaders = OriginCustomHeaders.map(({ HeaderName, HeaderValue }) => {
    if (forbiddenAtOrigin.test(HeaderName)) throw new Error(`CloudFront adds no header ${HeaderName} at an origin.`);
    return [HeaderName.toLowerCase(), HeaderValue];
  });
  const origin = apis.get(DomainName.split('.')[0] ?? '');
  if (!origin) throw new Error(`The embedded edge knows no origin ${DomainName}.`);
  return {
    origin,
    headersOf: ({ headers }) => ({ ...valuesOf(headers), host: DomainName, ...Object.fromEntries(customHeaders) }),
  };
}

/** A bucket that asks for a signature; another would be a public one. */
function bucketOrigin(
  { Id, DomainName, OriginAccessControlId }: DistributionOrigin,
  { OriginRequestPolicyId }: CacheBehavior,
  sourceArn: string,
  { resources, s3 }: Ground,
): AskOrigin {
  if (OriginRequestPolicyId) {
    throw new Error(`The embedded edge knows no origin request policy for the bucket of ${Id}.`);
  }
  const controls = resources.ofType('AWS::CloudFront::OriginAccessControl').map(({ attributes }) => attributes.Id);
  if (!OriginAccessControlId || !controls.includes(OriginAccessControlId)) {
    throw new Error(`The origin ${Id} has no origin access control.`);
  }
  return {
    origin: s3.origin(DomainName.split('.')[0] ?? '', { service: 'cloudfront.amazonaws.com', sourceArn }),
    headersOf: ({ headers }) =>
      Object.fromEntries(Object.entries(valuesOf(headers)).filter(([name]) => sentToBucket.includes(name))),
  };
}

function behaviourOf(
  behaviour: CacheBehavior,
  known: Map<string, ViewerFunction>,
  ask: AskOrigin,
  { meter }: Ground,
): Behaviour {
  const { PathPattern = '*', AllowedMethods = ['GET', 'HEAD'], FunctionAssociations = [] } = behaviour;
  const functions = FunctionAssociations.map(({ EventType, FunctionARN }) => {
    if (EventType !== 'viewer-request') throw new Error(`The embedded edge runs no ${EventType} functions.`);
    const found = known.get(FunctionARN);
    if (!found) throw new Error(`The distribution names the unknown function ${FunctionARN}.`);
    return found;
  });

  return {
    pattern: PathPattern,
    route({ method = 'GET', headers, socket }, { pathname, searchParams }) {
      meter.count('CloudFront requests');
      if (!AllowedMethods.includes(method)) return 403;
      const shown = Object.entries(texts(headers)).filter(([name]) => !hidden.test(name));
      let viewer: ViewerRequest = {
        method,
        uri: pathname,
        querystring: querystringOf(searchParams),
        headers: Object.fromEntries(shown.map(([name, value]) => [name, { value }])),
      };
      const sourceIp = socket.remoteAddress ?? '';
      for (const run of functions) {
        meter.count('CloudFront function runs');
        const result = run({ version: '1.0', context: {}, viewer: { ip: sourceIp }, request: viewer });
        if ('statusCode' in result) return result.statusCode;
        viewer = result;
      }
      const query = queryOf(viewer.querystring);
      // What is no percent-encoding goes nowhere.
      parametersOf(query);
      const { method: asked, uri: path } = viewer;
      const request = { method: asked, path, query, headers: ask.headersOf(viewer), sourceIp, ...noBody };
      return { origin: ask.origin, request };
    },
  };
}

/** Of a request as it is routed, before its body is there. */
const noBody = { body: Buffer.alloc(0) };

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

function queryOf(querystring: ViewerRequest['querystring']): string {
  return Object.entries(querystring)
    .flatMap(([name, { value, multiValue = [{ value }] }]) => multiValue.map((each) => `${name}=${each.value}`))
    .join('&');
}

function texts(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function valuesOf(headers: ViewerRequest['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
}
