import { holds, same } from './expect.js';
import type { Probe } from './probe.js';
import { connect, connectEvent, routeEvent } from './socket.js';

const quotas = 'API Gateway: Quotas for configuring and running a WebSocket API';

/** API Gateway, a WebSocket API: what becomes of a message. */
export const messages: Probe[] = [
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
      socket.send('{"wait":3000}');
      const slow = await routeEvent(stage, 'message', socket.connectionId);
      socket.send('quick');
      const quick = await routeEvent(stage, 'message', socket.connectionId, ({ body }) => body === 'quick');
      holds('the second is handled before the first is done', quick.at < slow.at + 3000, quick.at - slow.at);
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
];

/** The frame by which API Gateway says that a route failed. */
function checkErrorFrame(text: string, connectionId: string): void {
  const frame = JSON.parse(text);
  holds('message is "Internal server error"', frame.message === 'Internal server error', frame);
  same('connectionId', frame.connectionId, connectionId);
  holds('requestId is text', typeof frame.requestId === 'string', frame);
}
