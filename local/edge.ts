import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { type Handshake, refuse } from './gateway/handshake.js';
import type { WebSocketApi } from './gateway/websocket.js';
import type { Deployed, StackResources } from './template/stack-resources.js';

/** What charge points dial: the template's CloudFront distribution, without TLS. */
export interface Edge {
  readonly port: number;
  /** From now on handshakes go through the function of this distribution, if the template has one, to this API. */
  serve(resources: StackResources, api: WebSocketApi): void;
  close(): Promise<void>;
}

export interface EdgeOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** A handshake was answered. `identity` is the last segment of its path, as it was sent. */
  onHandshake?(handshake: { identity: string; status: number }): void;
  onError?(message: string): void;
}

/** Makes of a client's request what the gateway is asked, or the status that is answered instead. */
type Route = (request: IncomingMessage, url: URL) => Handshake | number;

/** @throws when the port is taken */
export async function openEdge(options: EdgeOptions): Promise<Edge> {
  const { host, port, onHandshake = () => {}, onError = () => {} } = options;
  /** @returns the status of the answer */
  let answer = async (_request: IncomingMessage, socket: Duplex, _head: Buffer) => refuse(socket, 503);

  const server = createServer((_request, response) => {
    // As API Gateway answers whoever does not ask for a WebSocket.
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Forbidden"}');
  });
  server.on('upgrade', async (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const status = await answer(request, socket, head);
    onHandshake({ identity: (request.url ?? '').split('?')[0]?.split('/').filter(Boolean).pop() ?? '', status });
  });
  server.listen(port, host);
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    serve(resources, api) {
      const route = routeOf(resources);
      answer = async (request, socket, head) => {
        const handshake = follow(route, request, onError);
        return typeof handshake === 'number'
          ? refuse(socket, handshake)
          : api.upgrade(handshake, request, socket, head);
      };
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function follow(route: Route, request: IncomingMessage, onError: (message: string) => void): Handshake | number {
  try {
    const url = `http://edge${request.url}`;
    return URL.canParse(url) ? route(request, new URL(url)) : 400;
  } catch (error) {
    // A path or query string that is no percent-encoding.
    if (error instanceof URIError) return 400;
    onError(`edge: ${error}`);
    return 503;
  }
}

interface ViewerRequest {
  method: string;
  uri: string;
  querystring: Record<string, { value: string }>;
  headers: Record<string, { value: string }>;
}
type ViewerFunction = (event: object) => ViewerRequest | { statusCode: number };

interface DistributionConfig {
  Origins: { Id: string; DomainName: string; OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[] }[];
  DefaultCacheBehavior: {
    TargetOriginId: string;
    OriginRequestPolicyId?: string;
    FunctionAssociations?: { EventType: string; FunctionARN: string }[];
  };
}

/** The managed policy; without it an origin sees hardly a header. */
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
/** Headers that CloudFront shows no function. */
const hidden = /^(connection|expect|keep-alive|proxy-.*|trailer|upgrade|x-accel-.*|x-amz-cf-.*|x-edge-.*)$/;
/** Headers that CloudFront will not add to a request to the origin. */
const forbiddenAtOrigin = /^(x-amz-|x-edge-|x-real-ip|host$|upgrade$|via$|connection$)/i;

/** The way through the template's distribution, or to the API's own URL when it has none. */
function routeOf(resources: StackResources): Route {
  const [distribution] = resources.ofType('AWS::CloudFront::Distribution');
  if (!distribution) {
    return ({ headers, socket }, { pathname, searchParams }) => {
      const query = Object.fromEntries(searchParams);
      return { path: pathname, query, headers, sourceIp: socket.remoteAddress ?? '' };
    };
  }
  const { Origins, DefaultCacheBehavior } = distribution.properties.DistributionConfig as DistributionConfig;
  const { TargetOriginId, OriginRequestPolicyId, FunctionAssociations = [] } = DefaultCacheBehavior;
  const origin = Origins.find(({ Id }) => Id === TargetOriginId);
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

  return ({ method = 'GET', headers, socket }, { pathname, searchParams }) => {
    const shown = Object.entries(headers).filter(([name]) => !hidden.test(name));
    let viewer: ViewerRequest = {
      method,
      uri: pathname,
      querystring: mapped([...searchParams], (value) => ({ value: encodeURIComponent(value) })),
      headers: mapped(shown, (value) => ({ value: String(value) })),
    };
    const sourceIp = socket.remoteAddress ?? '';
    for (const run of functions) {
      const result = run({ version: '1.0', context: {}, viewer: { ip: sourceIp }, request: viewer });
      if ('statusCode' in result) return result.statusCode;
      viewer = result;
    }
    return {
      path: viewer.uri,
      // API Gateway decodes the query string once; a + is a space there.
      query: mapped(Object.entries(viewer.querystring), ({ value }) => decodeURIComponent(value.replaceAll('+', ' '))),
      headers: {
        ...mapped(Object.entries(viewer.headers), ({ value }) => value),
        host: origin.DomainName,
        ...Object.fromEntries(customHeaders),
      },
      sourceIp,
    };
  };
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
