import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
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

/** @throws when the port is taken */
export async function openEdge(options: EdgeOptions): Promise<Edge> {
  const { host, port, onHandshake = () => {}, onError = () => {} } = options;
  let handle: (request: IncomingMessage) => Handshake | number = () => 503;
  let gateway: WebSocketApi | undefined;

  function originRequest(request: IncomingMessage): Handshake | number {
    try {
      return handle(request);
    } catch (error) {
      // A path or query string that is no percent-encoding.
      if (error instanceof URIError) return 400;
      onError(`edge: ${error}`);
      return 503;
    }
  }

  const server = createServer((_request, response) => {
    // As API Gateway answers whoever does not ask for a WebSocket.
    response.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Forbidden"}');
  });
  server.on('upgrade', async (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const handshake = originRequest(request);
    const status =
      typeof handshake === 'number' || !gateway
        ? refuse(socket, typeof handshake === 'number' ? handshake : 503)
        : await gateway.upgrade(handshake, request, socket, head);
    onHandshake({ identity: (request.url ?? '').split('?')[0]?.split('/').filter(Boolean).pop() ?? '', status });
  });
  server.listen(port, host);
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    serve(resources, api) {
      const hasDistribution = resources.ofType('AWS::CloudFront::Distribution').length > 0;
      handle = hasDistribution ? distribution(resources) : direct;
      gateway = api;
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface ViewerRequest {
  method: string;
  uri: string;
  querystring: Record<string, { value: string }>;
  headers: Record<string, { value: string }>;
}
type ViewerFunction = (event: object) => ViewerRequest | { statusCode: number };

/** The managed policy; without it an origin sees hardly a header. */
const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
/** Headers that CloudFront shows no function. */
const hidden = /^(connection|expect|keep-alive|proxy-.*|trailer|upgrade|x-accel-.*|x-amz-cf-.*|x-edge-.*)$/;
/** Headers that CloudFront will not add to a request to the origin. */
const forbiddenAtOrigin = /^(x-amz-|x-edge-|x-real-ip|host$|upgrade$|via$|connection$)/i;

/** A client that dials the API's own URL. */
function direct({ url, headers, socket }: IncomingMessage): Handshake | number {
  if (!URL.canParse(`http://edge${url}`)) return 400;
  const { pathname, searchParams } = new URL(`http://edge${url}`);
  return { path: pathname, query: Object.fromEntries(searchParams), headers, sourceIp: socket.remoteAddress ?? '' };
}

/** @returns what turns a viewer's request into the origin's, or into the status that the function answered */
function distribution(resources: StackResources): (request: IncomingMessage) => Handshake | number {
  const { DistributionConfig } = resources.only('AWS::CloudFront::Distribution').properties as {
    DistributionConfig: {
      Origins: {
        Id: string;
        DomainName: string;
        OriginCustomHeaders?: { HeaderName: string; HeaderValue: string }[];
      }[];
      DefaultCacheBehavior: {
        TargetOriginId: string;
        OriginRequestPolicyId?: string;
        FunctionAssociations?: { EventType: string; FunctionARN: string }[];
      };
    };
  };
  const { TargetOriginId, OriginRequestPolicyId, FunctionAssociations = [] } = DistributionConfig.DefaultCacheBehavior;
  const origin = DistributionConfig.Origins.find(({ Id }) => Id === TargetOriginId);
  if (!origin) throw new Error(`The distribution has no origin ${TargetOriginId}.`);
  if (OriginRequestPolicyId !== allViewerExceptHostHeader)
    throw new Error(`The embedded edge does not know the origin request policy ${OriginRequestPolicyId}.`);
  const customHeaders = Object.fromEntries(
    (origin.OriginCustomHeaders ?? []).map(({ HeaderName, HeaderValue }) => {
      if (forbiddenAtOrigin.test(HeaderName)) throw new Error(`CloudFront adds no header ${HeaderName} at an origin.`);
      return [HeaderName.toLowerCase(), HeaderValue];
    }),
  );
  const functions = FunctionAssociations.map(({ EventType, FunctionARN }) => {
    if (EventType !== 'viewer-request') throw new Error(`The embedded edge runs no ${EventType} functions.`);
    const found = resources.ofType('AWS::CloudFront::Function').find(({ ref }) => ref === FunctionARN);
    if (!found) throw new Error(`The distribution names the unknown function ${FunctionARN}.`);
    return viewerFunction(found);
  });

  return (request) => {
    if (!URL.canParse(`http://edge${request.url}`)) return 400;
    const { pathname, searchParams } = new URL(`http://edge${request.url}`);
    let viewer: ViewerRequest = {
      method: request.method ?? 'GET',
      uri: pathname,
      querystring: Object.fromEntries(
        [...searchParams].map(([name, value]) => [name, { value: encodeURIComponent(value) }]),
      ),
      headers: Object.fromEntries(
        Object.entries(request.headers)
          .filter(([name]) => !hidden.test(name))
          .map(([name, value]) => [name, { value: String(value) }]),
      ),
    };
    const sourceIp = request.socket.remoteAddress ?? '';
    for (const run of functions) {
      const result = run({ version: '1.0', context: {}, viewer: { ip: sourceIp }, request: viewer });
      if ('statusCode' in result) return result.statusCode;
      viewer = result;
    }
    const headers = Object.fromEntries(Object.entries(viewer.headers).map(([name, { value }]) => [name, value]));
    return {
      path: viewer.uri,
      // API Gateway decodes the query string once; a + is a space there.
      query: Object.fromEntries(
        Object.entries(viewer.querystring).map(([name, { value }]) => [
          name,
          decodeURIComponent(value.replaceAll('+', ' ')),
        ]),
      ),
      headers: { ...headers, host: origin.DomainName, ...customHeaders },
      sourceIp,
    };
  };
}

/** A CloudFront Function: plain JavaScript with nothing around it. */
function viewerFunction({ properties, logicalId }: Deployed): ViewerFunction {
  const { FunctionCode, FunctionConfig } = properties as { FunctionCode: string; FunctionConfig: { Runtime: string } };
  if (FunctionConfig.Runtime !== 'cloudfront-js-2.0')
    throw new Error(`${logicalId}: unknown runtime ${FunctionConfig.Runtime}.`);
  if (Buffer.byteLength(FunctionCode) > 10 * 1024)
    throw new Error(`${logicalId}: a CloudFront Function has at most 10 KB.`);
  const handler = runInNewContext(`${FunctionCode}\nhandler`, {}, { timeout: 100 }) as ViewerFunction;
  // In and out as JSON, as between machines.
  return (event) => JSON.parse(JSON.stringify(handler(JSON.parse(JSON.stringify(event)))));
}
