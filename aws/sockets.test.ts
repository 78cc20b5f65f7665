import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { SocketGone, type Sockets } from '../csms/connections/ports.js';

/** The statuses that the gateway answers with, and then 200. */
let statuses: number[] = [];
let requests = 0;
let server: Server;
let sockets: Sockets;

beforeAll(async () => {
  server = createServer((request, response) => {
    requests++;
    const status = statuses.shift() ?? 200;
    const headers = { 'x-amzn-errortype': status === 410 ? 'GoneException' : '' };
    request.resume().on('end', () => response.writeHead(status, headers).end());
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
  });
  ({ gatewaySockets: sockets } = await import('./sockets.js'));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests = 0;
});

it('what may arrive twice is posted again when it is not known whether it arrived', async () => {
  statuses = [500];
  await sockets.post('c1', 'text');
  expect(requests).toBe(2);
});

it('what must not arrive twice is not', async () => {
  statuses = [500];
  await expect(sockets.postOnce('c1', 'text')).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  expect(requests).toBe(1);
});

it('but is when it was throttled: it did not arrive', async () => {
  statuses = [429];
  await sockets.postOnce('c1', 'text');
  expect(requests).toBe(2);
});

it.each(['post', 'postOnce'] as const)('%s says when the connection is gone', async (method) => {
  statuses = [410];
  await expect(sockets[method]('c1', 'text')).rejects.toThrow(SocketGone);
  expect(requests).toBe(1);
});
