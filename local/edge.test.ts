import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { Mailbox } from '../charge-point/testing.js';
import { type Edge, openEdge } from './edge.js';
import { type Handshake, refuse } from './gateway/handshake.js';
import type { WebSocketApi } from './gateway/websocket.js';
import { stackResources } from './template/stack-resources.js';
import type { Template } from './template/template.js';

const allViewerExceptHostHeader = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const passOn = 'function handler(event) { return event.request; }';

interface Distribution {
  code?: string;
  runtime?: string;
  eventType?: string;
  header?: string;
  policy?: string;
}

let edge: Edge | undefined;
let handshakes: Mailbox<Handshake>;
let answered: Mailbox<{ identity: string; status: number }>;
let errors: string[];
afterEach(() => edge?.close());

/** An edge with such a distribution, in front of a gateway that answers 418. */
async function open({ code = passOn, runtime, eventType, header = 'x-origin-secret', policy }: Distribution = {}) {
  const origin = {
    Id: 'gateway',
    DomainName: 'origin.example',
    OriginCustomHeaders: [{ HeaderName: header, HeaderValue: 's' }],
  };
  const FunctionAssociations = [
    { EventType: eventType ?? 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Function', 'FunctionARN'] } },
  ];
  const behaviour = {
    TargetOriginId: 'gateway',
    OriginRequestPolicyId: policy ?? allViewerExceptHostHeader,
    FunctionAssociations,
  };
  await openBefore({
    Distribution: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: { DistributionConfig: { Origins: [origin], DefaultCacheBehavior: behaviour } },
    },
    Function: {
      Type: 'AWS::CloudFront::Function',
      Properties: { FunctionCode: code, FunctionConfig: { Runtime: runtime ?? 'cloudfront-js-2.0' } },
    },
  });
}

async function openBefore(Resources: Template['Resources']) {
  handshakes = new Mailbox();
  answered = new Mailbox();
  errors = [];
  const place = { stackName: 's', accountId: '0', region: 'r', edgeHost: '', endpoint: '' };
  const resources = stackResources({ folder: '', stackName: 's', Conditions: {}, Outputs: {}, Resources }, place);
  edge = await openEdge({
    host: '127.0.0.1',
    port: 0,
    onHandshake: (handshake) => answered.put(handshake),
    onError: (message) => errors.push(message),
  });
  const api: Pick<WebSocketApi, 'apiId' | 'upgrade'> = {
    apiId: 'origin',
    async upgrade(handshake, _, socket) {
      handshakes.put(handshake);
      return refuse(socket, 418);
    },
  };
  const s3 = { serve: async () => ({ status: 418 }) };
  edge.serve(resources, { webSocket: api as WebSocketApi, http: [], s3, accountId: '0' }, { now: Date.now });
}

/** @returns the status of the answer */
function dial(path: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket' };
  return new Promise((resolve, reject) => {
    request({ port: edge?.port, path, headers: { ...upgrade, ...headers } })
      .on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      })
      .on('error', reject)
      .end();
  });
}

it('without a distribution clients dial the gateway itself', async () => {
  await openBefore({});
  expect(await dial('/dev/more?a=%252F&b=x+y', { 'x-any': '1' })).toBe(418);
  const { path, query, headers } = await handshakes.take();
  expect({ path, query }).toEqual({ path: '/dev/more', query: { a: '%2F', b: 'x y' } });
  expect(headers['x-any']).toBe('1');
});

describe('a handshake', () => {
  it('reaches the gateway as the function made it', async () => {
    await open({
      code: `function handler(event) {
        var request = event.request;
        request.uri = '/dev';
        request.querystring = { id: { value: 'a%2Bb+c' }, ip: { value: event.viewer.ip } };
        return request;
      }`,
    });
    expect(await dial('/any/CP1')).toBe(418);
    expect(await handshakes.take()).toMatchObject({
      path: '/dev',
      query: { id: 'a+b c', ip: '127.0.0.1' },
      sourceIp: '127.0.0.1',
    });
    expect(await answered.take()).toEqual({ identity: 'CP1', status: 418 });
  });

  it("brings the client's headers, the origin's host, and the secret that is not the client's to send", async () => {
    await open();
    await dial('/CP1', { authorization: 'Basic abc', 'x-origin-secret': 'guessed', host: 'mine', 'x-edge-any': 'x' });
    expect((await handshakes.take()).headers).toEqual({
      authorization: 'Basic abc',
      host: 'origin.example',
      'x-origin-secret': 's',
    });
  });

  it('is answered by the function, if it wants', async () => {
    await open({ code: 'function handler() { return { statusCode: 404 }; }' });
    expect(await dial('/CP1')).toBe(404);
    expect(handshakes.size).toBe(0);
  });

  it.each([
    ['no URL', '*:x', passOn, 400],
    [
      'no percent-encoding',
      '/CP1',
      passOn.replace('return', "event.request.querystring = { a: { value: '%' } }; return"),
      400,
    ],
    ['what the function fails on', '/CP1', 'function handler() { throw new Error("no"); }', 503],
  ])('with %s is answered, and the next one too', async (_, path, code, status) => {
    await open({ code });
    expect(await dial(path)).toBe(status);
    expect(await dial(path)).toBe(status);
  });

  it('before there is a distribution is answered with 503', async () => {
    edge = await openEdge({ host: '127.0.0.1', port: 0 });
    expect(await dial('/CP1')).toBe(503);
  });

  it('is all that is taken: another request is forbidden', async () => {
    await open();
    expect(await dial('/CP1', { connection: 'close', upgrade: '' })).toBe(403);
  });
});

it.each<[Distribution, string]>([
  [{ runtime: 'cloudfront-js-1.0' }, 'Function: unknown runtime cloudfront-js-1.0'],
  [{ code: `${passOn}//${'x'.repeat(10 * 1024)}` }, 'Function: a CloudFront Function has at most 10 KB'],
  [{ eventType: 'origin-request' }, 'The embedded edge runs no origin-request functions'],
  [{ header: 'X-Amz-Secret' }, 'CloudFront adds no header X-Amz-Secret at an origin'],
  [{ policy: 'another' }, 'The embedded edge does not know the origin request policy another'],
])('what CloudFront would refuse is refused: %j', async (distribution, message) => {
  await expect(open(distribution)).rejects.toThrow(message);
});
