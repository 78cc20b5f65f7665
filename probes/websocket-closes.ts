import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { holds, same, within } from './expect.js';
import { Differs, type Probe } from './probe.js';
import { connect, routeEvent } from './socket.js';

const KB = 1024;
const minute = 60_000;
const quotas = 'API Gateway: Quotas for configuring and running a WebSocket API';

/** API Gateway, a WebSocket API: what closes a connection, and who is told. */
export const closes: Probe[] = [
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
    id: 'websocket-disconnect',
    says: "`$disconnect` is told after a client's close, with the code, the reason and a later time than what the client sent before; it may be handled first.",
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
      const { event } = await routeEvent(stage, 'disconnect', socket.connectionId);
      const { eventType, routeKey, disconnectStatusCode, disconnectReason } = event.requestContext;
      same('context', { eventType, routeKey }, { eventType: 'DISCONNECT', routeKey: '$disconnect' });
      same('code', disconnectStatusCode, 1000);
      same('reason', disconnectReason, 'done');
      const later = event.requestContext.requestTimeEpoch - message.event.requestContext.requestTimeEpoch;
      holds('requestTimeEpoch is not before that of the message', later >= 0, later);
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
];
