import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { holds, same, within } from './expect.js';
import { mark } from './mark.js';
import { Differs, type Probe } from './probe.js';
import { connect, connectEvent, dial, get, handshake, headerOf, knock, routeEvent } from './socket.js';

const KB = 1024;
const minute = 60_000;
const quotas = 'API Gateway: Quotas for configuring and running a WebSocket API';

/** API Gateway, a WebSocket API. */
export const websocket: Probe[] = [
  {
    id: 'websocket-path',
    says: 'Nothing may follow the stage in the path: 403.',
    restsOn: 'observed',
    source: 'public reports of `wss://…/<stage>/<path>`',
    imitatedIn: ['gateway/websocket.ts', 'gateway/handshake.ts'],
    ifWrong: 'The edge could be simpler.',
    async check({ gateway }) {
      same('status', (await knock(`${gateway}/CP1`)).status, 403);
    },
  },
  {
    id: 'websocket-query',
    says: 'The query string of the handshake is decoded once, and a `+` in it is a space.',
    restsOn: 'assumed',
    source: 'not said for WebSocket APIs',
    imitatedIn: ['edge.ts'],
    ifWrong: 'Identities with `%` or `+` are not found: 404.',
    async check(stage) {
      const answer = await knock(`${stage.gateway}?twice=a%252Fb&once=a%2Fb&plus=a+b&encoded=a%2Bb`);
      const { queryStringParameters } = await connectEvent(stage, answer);
      same('parameters', queryStringParameters, { twice: 'a%2Fb', once: 'a/b', plus: 'a b', encoded: 'a+b' });
    },
  },
  {
    id: 'websocket-headers',
    says: 'Every header that the client sent is in the event of `$connect`, whatever the case of its name.',
    restsOn: 'documented',
    source: 'API Gateway: Set up data mapping for WebSocket APIs; that the case changes was observed',
    imitatedIn: ['gateway/handshake.ts'],
    ifWrong: 'No subprotocol is found and no password: charge points are refused.',
    async check(stage) {
      const headers = { Authorization: 'Basic Q1AxOnNlY3JldA==', 'Sec-WebSocket-Protocol': 'ocpp1.6, ocpp2.0.1' };
      const event = await connectEvent(stage, await knock(stage.gateway, { headers }));
      same('authorization', headerOf(event, 'authorization'), headers.Authorization);
      const offered = headerOf(event, 'sec-websocket-protocol')?.split(',');
      same(
        'subprotocols',
        offered?.map((each) => each.trim()),
        ['ocpp1.6', 'ocpp2.0.1'],
      );
    },
  },
  {
    id: 'websocket-identity-source',
    says: 'An authorizer with an identity source is not asked when the source is missing: 401.',
    restsOn: 'documented',
    source: 'API Gateway: Create an API Gateway Lambda REQUEST authorizer function',
    imitatedIn: ['gateway/websocket.ts', 'gateway/routes.ts'],
    ifWrong: 'No effect: ours has none.',
    async check({ gateway }) {
      same('status', (await get(new URL(gateway), handshake)).status, 401);
    },
  },
  {
    id: 'websocket-authorizer-deny',
    says: 'A denying authorizer gives 403, and `$connect` is not invoked.',
    restsOn: 'documented',
    source: 'API Gateway: Output from an API Gateway Lambda authorizer',
    imitatedIn: ['gateway/authorizer.ts', 'gateway/websocket.ts'],
    ifWrong: 'Another status for those who dial past the edge.',
    async check(stage) {
      const { status, probe } = await knock(stage.gateway, { query: { authorize: 'deny' } });
      same('status', status, 403);
      await stage.settle();
      const told = stage.allSeen(({ event }) => headerOf(event, 'x-probe') === probe);
      same(
        'invoked',
        told.map((seen) => seen.function),
        ['authorize'],
      );
    },
  },
  {
    id: 'websocket-authorizer-unauthorized',
    says: 'An authorizer that throws `Unauthorized` gives 401.',
    restsOn: 'documented',
    source: 'API Gateway: Example REQUEST authorizer functions',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'No effect: ours throws nothing on purpose.',
    async check({ gateway }) {
      same('status', (await knock(gateway, { query: { authorize: 'unauthorized' } })).status, 401);
    },
  },
  {
    id: 'websocket-authorizer-throws',
    says: 'An authorizer that throws anything else gives 500.',
    restsOn: 'documented',
    source: 'API Gateway: `AUTHORIZER_FAILURE` in Gateway response types',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Another status while an authorizer fails: charge points try again in any case.',
    async check({ gateway }) {
      same('status', (await knock(gateway, { query: { authorize: 'fail' } })).status, 500);
    },
  },
  {
    id: 'websocket-authorizer-size',
    says: "An authorizer's result may be 8 KB; with more the handshake fails with 500.",
    restsOn: 'documented',
    source: `${quotas}; the status is assumed`,
    imitatedIn: ['gateway/authorizer.ts'],
    ifWrong: 'No effect: ours is far smaller.',
    async check({ gateway }) {
      same('status with 6 KB', (await knock(gateway, { query: { context: String(6 * KB) } })).status, 101);
      same('status with 9 KB', (await knock(gateway, { query: { context: String(9 * KB) } })).status, 500);
    },
  },
  {
    id: 'websocket-authorizer-context',
    says: "The authorizer's context, as text, is in `requestContext.authorizer` of every later event of the connection.",
    restsOn: 'observed',
    source: 'public reports; the documentation says it of `$connect` alone',
    imitatedIn: ['gateway/authorizer.ts', 'gateway/websocket.ts'],
    ifWrong: '**No frame can be handled**: identity and version would need a read per message.',
    async check(stage) {
      const socket = await connect(stage);
      socket.send('any');
      await socket.close();
      const message = await routeEvent(stage, 'message', socket.connectionId);
      const disconnect = await routeEvent(stage, 'disconnect', socket.connectionId);
      for (const { function: route, event } of [message, disconnect]) {
        const { text, number, isProbe, principalId } = event.requestContext.authorizer;
        same(`context of ${route}`, { text, number, isProbe }, { text: 'CP1', number: '1', isProbe: 'true' });
        same(`principalId of ${route}`, principalId, 'probe');
      }
    },
  },
  {
    id: 'websocket-status',
    says: 'The status that `$connect` returns reaches the client.',
    restsOn: 'observed',
    source: 'public reports',
    imitatedIn: ['gateway/websocket.ts', 'gateway/handshake.ts'],
    ifWrong: "Charge points see another refusal than OCPP's 404.",
    async check({ gateway }) {
      for (const status of [400, 401, 403, 404, 503]) {
        same('status', (await knock(gateway, { query: { status: String(status) } })).status, status);
      }
    },
  },
  {
    id: 'websocket-connect-throws',
    says: 'A `$connect` that throws gives 502.',
    restsOn: 'observed',
    source: 'public reports of "Unexpected server response: 502"',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Another status while AWS itself fails: charge points try again in any case.',
    async check({ gateway }) {
      same('status', (await knock(gateway, { query: { throw: 'ordered' } })).status, 502);
    },
  },
  {
    id: 'websocket-subprotocol',
    says: 'Header `Sec-WebSocket-Protocol` of the answer of `$connect` completes the negotiation.',
    restsOn: 'documented',
    source: 'API Gateway: Set up a `$connect` route that requires a WebSocket subprotocol',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Charge points refuse the connection.',
    async check({ gateway }) {
      const { ws } = await dial(gateway, { query: { protocol: 'ocpp2.0.1' } }, ['ocpp1.6', 'ocpp2.0.1']);
      same('subprotocol', ws.protocol, 'ocpp2.0.1');
      ws.terminate();
    },
  },
  {
    id: 'websocket-no-subprotocol',
    says: 'A handshake can be completed without a subprotocol although some were offered.',
    restsOn: 'assumed',
    source: 'not said',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Strays see a refused handshake instead of a close.',
    async check({ gateway }) {
      const { status, headers } = await knock(gateway, { headers: { 'Sec-WebSocket-Protocol': 'soap' } });
      same('status', status, 101);
      same('subprotocol', headers['sec-websocket-protocol'], undefined);
    },
  },
  {
    id: 'websocket-no-upgrade',
    says: 'A request that asks for no WebSocket is refused, with a 4xx, and no function hears of it.',
    restsOn: 'assumed',
    source: 'not said',
    imitatedIn: ['edge.ts', 'gateway/handshake.ts'],
    ifWrong: 'No effect.',
    async check(stage) {
      const probe = mark();
      const { status } = await get(new URL(stage.gateway), { 'x-probe': probe });
      holds('a status of 4xx', status >= 400 && status < 500, status);
      await stage.settle();
      same('invoked', stage.allSeen(({ event }) => headerOf(event, 'x-probe') === probe).length, 0);
    },
  },
  {
    id: 'websocket-event',
    says: 'An event of `$default` has the text as it was sent, and `connectionId`, `connectedAt`, `stage` and the rest in its context.',
    restsOn: 'documented',
    source: 'API Gateway: API Gateway WebSocket API mapping template reference',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: '`message` refuses every event.',
    async check(stage) {
      const socket = await connect(stage);
      const text = '[2, "ü\\u00fc",  "Heartbeat" ,{}]';
      socket.send(text);
      const { event } = await routeEvent(stage, 'message', socket.connectionId);
      same('body', event.body, text);
      same('isBase64Encoded', event.isBase64Encoded, false);
      const { requestContext } = event;
      const told = { routeKey: requestContext.routeKey, eventType: requestContext.eventType };
      same('context', told, { routeKey: '$default', eventType: 'MESSAGE' });
      const texts = ['messageId', 'requestId', 'domainName', 'stage', 'apiId', 'requestTime', 'extendedRequestId'];
      for (const name of texts)
        holds(`${name} is text`, typeof requestContext[name] === 'string', requestContext[name]);
      for (const name of ['connectedAt', 'requestTimeEpoch']) {
        holds(`${name} is a time in milliseconds`, requestContext[name] > 1.5e12, requestContext[name]);
      }
      holds('identity.sourceIp is text', typeof requestContext.identity.sourceIp === 'string', requestContext.identity);
      const { connectedAt } = (await connectEvent(stage, socket)).requestContext;
      same('connectedAt of $default, and of $connect', requestContext.connectedAt, connectedAt);
      await socket.close();
    },
  },
  {
    id: 'websocket-default-route',
    says: 'What is no JSON, and a JSON array, goes to `$default` when routes are selected by `$request.body.action`.',
    restsOn: 'documented',
    source: 'API Gateway: Create routes for WebSocket APIs; arrays are not spoken of',
    imitatedIn: ['gateway/routes.ts', 'gateway/websocket.ts'],
    ifWrong: '**No frame arrives**: every OCPP frame is a JSON array.',
    async check(stage) {
      const socket = await connect(stage);
      for (const text of [
        'no JSON',
        '[2,"1","Heartbeat",{}]',
        '[]',
        '{"action":"unknown"}',
        '[{"action":"$connect"}]',
      ]) {
        socket.send(text);
        await routeEvent(stage, 'message', socket.connectionId, ({ body }) => body === text);
      }
      await socket.close();
    },
  },
  {
    id: 'websocket-at-once',
    says: 'Two messages of one socket may be handled at once.',
    restsOn: 'assumed',
    source: 'not said',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'No effect.',
    async check(stage) {
      const socket = await connect(stage);
      socket.send('{"wait":1500}');
      const slow = await routeEvent(stage, 'message', socket.connectionId);
      socket.send('quick');
      const quick = await routeEvent(stage, 'message', socket.connectionId, ({ body }) => body === 'quick');
      holds('the second is handled before the first is done', quick.at < slow.at + 1500, quick.at - slow.at);
      await socket.close();
    },
  },
  {
    id: 'websocket-default-throws',
    says: 'When `$default` throws, the client gets a frame `{"message":"Internal server error",…}` with `connectionId` and `requestId`.',
    restsOn: 'observed',
    source: 'public reports',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'No harm: `message` catches everything in any case.',
    async check(stage) {
      const socket = await connect(stage);
      socket.send('{"throw":"ordered"}');
      checkErrorFrame(await socket.frame(), socket.connectionId);
      await socket.close();
    },
  },
  {
    id: 'websocket-default-slow',
    says: 'The function behind a route may take 29 s; then the client gets such a frame too.',
    restsOn: 'documented',
    source: `${quotas}; the frame is assumed`,
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: '`message`, which has 29 s, is cut off earlier: its charge point gets a frame that is not OCPP.',
    minutes: 1,
    async check(stage) {
      const socket = await connect(stage);
      socket.send('{"wait":55000}');
      await routeEvent(stage, 'message', socket.connectionId);
      let frames = 0;
      socket.ws.on('message', () => frames++);
      await stage.elapseDuring(28_000);
      await socket.ping();
      same('frames after 28 s', frames, 0);
      await stage.elapseDuring(3_000);
      await socket.ping();
      same('frames after 31 s', frames, 1);
      checkErrorFrame(await socket.frame(), socket.connectionId);
      await socket.close();
      // Until the function's own time is over.
      await stage.elapseDuring(31_000);
    },
  },
  {
    id: 'websocket-frame-size',
    says: 'A frame may have 32 KB; a larger one closes the connection with 1009.',
    restsOn: 'documented',
    source: quotas,
    imitatedIn: ['gateway/frame-limits.ts', 'gateway/websocket.ts'],
    ifWrong: 'Event `frame-too-large` is not told.',
    async check(stage) {
      const socket = await connect(stage);
      socket.send('x'.repeat(32 * KB));
      await routeEvent(stage, 'message', socket.connectionId, ({ bytes }) => bytes === 32 * KB);
      socket.send('x'.repeat(32 * KB + 1));
      same('close code', await within('the close', socket.closed), 1009);
    },
  },
  {
    id: 'websocket-message-size',
    says: 'A message may have 128 KB in several frames; a larger one closes the connection with 1009.',
    restsOn: 'documented',
    source: quotas,
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Event `frame-too-large` is not told.',
    async check(stage) {
      const socket = await connect(stage);
      const part = 'x'.repeat(32 * KB);
      for (const fin of [false, false, false, true]) socket.ws.send(part, { fin });
      await routeEvent(stage, 'message', socket.connectionId, ({ bytes }) => bytes === 128 * KB);
      for (const fin of [false, false, false, false, true]) socket.ws.send(part, { fin });
      same('close code', await within('the close', socket.closed), 1009);
    },
  },
  {
    id: 'websocket-binary',
    says: 'A binary frame closes the connection with 1003.',
    restsOn: 'documented',
    source: 'API Gateway: Binary media types for WebSocket APIs',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Charge points that send binary frames see another code.',
    async check(stage) {
      const socket = await connect(stage);
      socket.ws.send(Buffer.from('[2,"1","Heartbeat",{}]'));
      same('close code', await within('the close', socket.closed), 1003);
    },
  },
  {
    id: 'websocket-utf8',
    says: 'A text frame that is no UTF-8 closes the connection with 1007.',
    restsOn: 'assumed',
    source: 'RFC 6455, 8.1; API Gateway says nothing',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Charge points that send another encoding see another code, or their text changed.',
    async check(stage) {
      const socket = await connect(stage);
      socket.ws.send(Buffer.from([0xff, 0xfe]), { binary: false });
      same('close code', await within('the close', socket.closed), 1007);
    },
  },
  {
    id: 'websocket-ping',
    says: "A client's PING is answered.",
    restsOn: 'observed',
    source: 'public reports',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Charge points that rely on it reconnect.',
    async check(stage) {
      const socket = await connect(stage);
      same('PONG', await socket.ping(), 'probe');
      await socket.close();
    },
  },
  {
    id: 'websocket-disconnect',
    says: "`$disconnect` is told after a client's close, after what the client sent before, with the code and the reason.",
    restsOn: 'documented',
    source:
      'API Gateway: Manage connected users and client apps: `$connect` and `$disconnect` routes; best effort, so it may be lost',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Too-large frames are not told; the connection counts as gone after 2 h 1 min.',
    async check(stage) {
      const socket = await connect(stage);
      socket.send('last');
      socket.ws.close(1000, 'done');
      const message = await routeEvent(stage, 'message', socket.connectionId);
      const { event, at } = await routeEvent(stage, 'disconnect', socket.connectionId);
      const { eventType, routeKey, disconnectStatusCode, disconnectReason } = event.requestContext;
      same('context', { eventType, routeKey }, { eventType: 'DISCONNECT', routeKey: '$disconnect' });
      same('code', disconnectStatusCode, 1000);
      same('reason', disconnectReason, 'done');
      holds('it is told last', at >= message.at, at - message.at);
    },
  },
  {
    id: 'websocket-disconnect-1009',
    says: '`$disconnect` of a connection that was closed for a frame too large says 1009.',
    restsOn: 'assumed',
    source: 'not said',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Event `frame-too-large` is not told.',
    async check(stage) {
      const socket = await connect(stage);
      socket.send('x'.repeat(33 * KB));
      const { event } = await routeEvent(stage, 'disconnect', socket.connectionId);
      same('code', event.requestContext.disconnectStatusCode, 1009);
    },
  },
  {
    id: 'websocket-refused-no-disconnect',
    says: 'A handshake that `$connect` refuses has no `$disconnect`.',
    restsOn: 'assumed',
    source: 'not said',
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'No effect: a connection that is not on record is not taken off it.',
    async check(stage) {
      const answer = await knock(stage.gateway, { query: { status: '404' } });
      const { requestContext } = await connectEvent(stage, answer);
      await stage.settle();
      const told = stage.allSeen(({ event }) => event.requestContext?.connectionId === requestContext.connectionId);
      same('invoked', told.map((seen) => seen.function).sort(), ['authorize', 'connect']);
    },
  },
  {
    id: 'websocket-idle',
    says: 'A connection on which nothing is sent for 10 min is closed, with 1001.',
    restsOn: 'documented',
    source: `${quotas}; the code was observed`,
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Connections end earlier or later, which no number here depends on.',
    minutes: 11,
    async check(stage) {
      const socket = await connect(stage);
      await stage.elapse(9.5 * minute);
      socket.send('still here');
      await routeEvent(stage, 'message', socket.connectionId);
      await stage.elapse(9.5 * minute);
      same('open after 9 min 30 s', socket.ws.readyState, socket.ws.OPEN);
      await stage.elapse(minute);
      same('close code', await within('the close', socket.closed), 1001);
      const { event } = await routeEvent(stage, 'disconnect', socket.connectionId);
      same('code that $disconnect is told', event.requestContext.disconnectStatusCode, 1001);
    },
  },
  {
    id: 'websocket-idle-post',
    says: 'What is posted to a connection keeps it from being idle, a PING of its client does not.',
    restsOn: 'assumed',
    source: 'not said',
    imitatedIn: ['gateway/websocket.ts', 'gateway/connections.ts'],
    ifWrong: 'Connections end earlier or later, which no number here depends on.',
    minutes: 21,
    async check(stage) {
      const [posted, pinged] = [await connect(stage), await connect(stage)];
      await stage.elapse(9.5 * minute);
      const { connectionId: ConnectionId } = posted;
      await stage.connections.send(new PostToConnectionCommand({ ConnectionId, Data: '[]' }));
      await pinged.ping();
      await stage.elapse(minute);
      same('close code of who sent a PING', await within('the close', pinged.closed), 1001);
      await stage.elapse(8 * minute);
      same('open 9 min after the post', posted.ws.readyState, posted.ws.OPEN);
      await stage.elapse(minute);
      same('close code 10 min after the post', await within('the close', posted.closed), 1001);
    },
  },
  {
    id: 'websocket-lifetime',
    says: 'A connection lives for 2 h, and is then closed with 1001.',
    restsOn: 'documented',
    source: `${quotas}; the code is assumed`,
    imitatedIn: ['gateway/websocket.ts'],
    ifWrong: 'Connections end earlier or later; 2 h 1 min is the only number that depends on it.',
    minutes: 121,
    async check(stage) {
      const socket = await connect(stage);
      for (let passed = 0; passed < 119; passed += 7) {
        await stage.elapse(7 * minute);
        if (socket.ws.readyState !== socket.ws.OPEN) throw new Differs(`closed within ${passed + 7} min`);
        const text = `after ${passed}`;
        socket.send(text);
        await routeEvent(stage, 'message', socket.connectionId, ({ body }) => body === text);
      }
      await stage.elapse(2 * minute);
      same('close code', await within('the close', socket.closed), 1001);
    },
  },
  {
    id: 'websocket-disconnect-lost',
    says: '`$disconnect` may come late, or never.',
    restsOn: 'documented',
    source: 'API Gateway: Manage connected users and client apps: `$connect` and `$disconnect` routes',
    imitatedIn: [],
    ifWrong: 'No effect: without it the connection counts as gone after 2 h 1 min.',
    notProbed: 'nobody can make it be lost',
  },
  {
    id: 'websocket-throttle',
    says: '500 new connections a second, and 10,000 requests a second, per account and Region.',
    restsOn: 'documented',
    source: `${quotas}; Amazon API Gateway quotas`,
    imitatedIn: [],
    ifWrong: 'A fleet that reconnects takes longer.',
    notProbed: 'it would disturb whatever else is in the account',
  },
];

/** The frame by which API Gateway says that a route failed. */
function checkErrorFrame(text: string, connectionId: string): void {
  const frame = JSON.parse(text);
  holds('message is "Internal server error"', frame.message === 'Internal server error', frame);
  same('connectionId', frame.connectionId, connectionId);
  holds('requestId is text', typeof frame.requestId === 'string', frame);
}
