import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { Mailbox } from '../charge-point/testing.js';
import { type Edge, openEdge } from './edge.js';
import { behavioursOf, direct } from './edge-behaviours.js';
import { type HttpRequest, message, type Origin, refuse } from './http.js';
import { type Meter, startMeter } from './meter.js';
import type { S3 } from './s3/index.js';
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
let meter: Meter;
let handshakes: Mailbox<HttpRequest>;
let answered: Mailbox<{ identity: string; status: number }>;
let errors: string[];
let bucketRequests: Mailbox<object>;
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
  meter = startMeter();
  bucketRequests = new Mailbox();
  const place = { stackName: 's', accountId: '0', region: 'r', edgeHost: '', endpoint: '' };
  const resources = stackResources({ folder: '', stackName: 's', Conditions: {}, Outputs: {}, Resources }, place);
  edge = await openEdge({
    host: '127.0.0.1',
    port: 0,
    onHandshake: (handshake) => answered.put(handshake),
    onError: (message) => errors.push(message),
  });
  const api: Origin = {
    handle: async () => message(403, 'Forbidden'),
    async upgrade(handshake, _, socket) {
      handshakes.put(handshake);
      return refuse(socket, 418);
    },
  };
  const s3: Pick<S3, 'origin'> = {
    origin: (bucket, principal) => ({
      async handle({ method, path, headers, body }) {
        bucketRequests.put({ bucket, principal, method, path, headers, body: body.toString() });
        return { status: 200, headers: {}, body: 'from the bucket' };
      },
    }),
  };
  const clock = { now: () => Date.parse('2026-01-02T03:04:05Z') };
  const ground = { clock, meter, accountId: '0', resources, apis: new Map([['origin', api]]), s3 };
  const [distribution] = resources.ofType('AWS::CloudFront::Distribution');
  edge.serve(distribution ? behavioursOf(distribution, ground) : [direct(api)]);
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
  expect({ path, query }).toEqual({ path: '/dev/more', query: 'a=%252F&b=x+y' });
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
      query: 'id=a%2Bb+c&ip=127.0.0.1',
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
    expect(meter.totals()).toEqual({ 'CloudFront requests': 1, 'CloudFront function runs': 1 });
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

describe('a bucket', () => {
  const origin = {
    Id: 'files',
    DomainName: 'bucket.s3.r.amazonaws.com',
    S3OriginConfig: {},
    OriginAccessControlId: { 'Fn::GetAtt': ['Access', 'Id'] },
  };
  const behaviour = { TargetOriginId: 'files', AllowedMethods: ['GET', 'PUT'] };
  const openWith = (more: object = {}, ofOrigin: object = {}) =>
    openBefore({
      Distribution: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          DistributionConfig: {
            Origins: [{ ...origin, ...ofOrigin }],
            DefaultCacheBehavior: { ...behaviour, ...more },
          },
        },
      },
      Access: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: {} },
    });

  it('is asked in the name of the distribution, and sees hardly a header', async () => {
    await openWith();
    const headers = {
      authorization: 'Basic abc',
      'x-amz-acl': 'public-read',
      cookie: 'a',
      'content-type': 'text/plain',
    };
    const response = await fetch(`http://127.0.0.1:${edge?.port}/a%20b?c=d`, { method: 'PUT', headers, body: 'text' });
    expect([response.status, await response.text()]).toEqual([200, 'from the bucket']);
    expect(await bucketRequests.take()).toEqual({
      principal: {
        service: 'cloudfront.amazonaws.com',
        sourceArn: 'arn:aws:cloudfront::0:distribution/s-Distribution',
      },
      method: 'PUT',
      bucket: 'bucket',
      path: '/a%20b',
      headers: { 'content-length': '4', 'content-type': 'text/plain' },
      body: 'text',
    });
  });

  it('is not asked by a method that the behaviour does not have, nor for a WebSocket', async () => {
    await openWith();
    expect((await fetch(`http://127.0.0.1:${edge?.port}/a`, { method: 'DELETE' })).status).toBe(403);
    expect(await dial('/a')).toBe(403);
    expect(bucketRequests.size).toBe(0);
  });

  it('never hears of an upload that breaks off', async () => {
    await openWith();
    const broken = request({ port: edge?.port, path: '/a', method: 'PUT', headers: { 'content-length': '10' } });
    broken.on('error', () => {});
    broken.write('half', () => broken.destroy());
    await new Promise((resolve) => broken.on('close', resolve));
    expect((await fetch(`http://127.0.0.1:${edge?.port}/b`)).status).toBe(200);
    expect(await bucketRequests.take()).toMatchObject({ path: '/b' });
    expect(errors).toEqual([]);
  });

  it('is not one that everybody may read, nor one that sees all headers', async () => {
    await expect(openWith({}, { OriginAccessControlId: '' })).rejects.toThrow(
      'The origin files has no origin access control',
    );
    await expect(openWith({ OriginRequestPolicyId: allViewerExceptHostHeader })).rejects.toThrow(
      'The embedded edge knows no origin request policy for the bucket of files',
    );
  });
});

describe('a function', () => {
  it('has crypto, and the time of the account', async () => {
    await open({
      code: `var crypto = require('crypto');
      function handler(event) {
        var signature = crypto.createHmac('sha256', 'key').update('text').digest('base64url');
        var hash = crypto.createHash('sha256').update('text').digest('hex').slice(0, 8);
        event.request.uri = '/' + signature + '/' + hash + '/' + Date.now();
        return event.request;
      }`,
    });
    await dial('/CP1');
    const { path } = await handshakes.take();
    expect(path).toBe(`/${createHmac('sha256', 'key').update('text').digest('base64url')}/982d9e3e/1767323045000`);
  });

  it('has no other time, however it asks', async () => {
    await open({
      code: `function handler(event) {
        var times = [new Date().getTime(), Date.parse(Date()), new Date(7).getTime(), new Date() instanceof Date];
        event.request.uri = '/' + times.join('/');
        return event.request;
      }`,
    });
    await dial('/CP1');
    expect((await handshakes.take()).path).toBe('/1767323045000/1767323045000/7/true');
  });

  it('has no other module', async () => {
    await expect(open({ code: `var fs = require('fs');\n${passOn}` })).rejects.toThrow(
      'A CloudFront Function can not require fs',
    );
  });
});

it('an origin that is not of the stack is an error', async () => {
  const Origins = [{ Id: 'a', DomainName: 'another.example' }];
  const DefaultCacheBehavior = { TargetOriginId: 'a', OriginRequestPolicyId: allViewerExceptHostHeader };
  const Properties = { DistributionConfig: { Origins, DefaultCacheBehavior } };
  await expect(openBefore({ Distribution: { Type: 'AWS::CloudFront::Distribution', Properties } })).rejects.toThrow(
    'The embedded edge knows no origin another.example.',
  );
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
