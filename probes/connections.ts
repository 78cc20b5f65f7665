import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { eventually, holds, refusal, same, within } from './expect.js';
import type { Probe } from './probe.js';
import { connect, connectEvent, knock } from './socket.js';
import type { Stage } from './stage.js';

const KB = 1024;
const manual = 'API Gateway: Use @connections commands in your backend service';

/** `@connections` of a WebSocket API. */
export const connections: Probe[] = [
  {
    id: 'connections-post',
    says: '`PostToConnection` sends text down the socket, as it is.',
    restsOn: 'documented',
    source: manual,
    imitatedIn: ['gateway/connections.ts'],
    ifWrong: '**No frame reaches a charge point.**',
    async check(stage) {
      const socket = await connect(stage);
      await post(stage, socket.connectionId, '[3,"ü",  {}]');
      same('frame', await socket.frame(), '[3,"ü",  {}]');
      await socket.close();
    },
  },
  {
    id: 'connections-post-size',
    says: '`PostToConnection` takes 128 KB; more is `PayloadTooLargeException`, 413, and the socket stays open.',
    restsOn: 'documented',
    source: 'API Gateway Management API reference: PostToConnection',
    imitatedIn: ['gateway/connections.ts'],
    ifWrong: 'A frame too large for a charge point fails into FailuresQueue in another way.',
    async check(stage) {
      const socket = await connect(stage);
      const refused = await refusal('129 KB', post(stage, socket.connectionId, 'x'.repeat(129 * KB)));
      same('error', refused, { name: 'PayloadTooLargeException', status: 413 });
      await post(stage, socket.connectionId, 'x'.repeat(127 * KB));
      same('length', (await socket.frame()).length, 127 * KB);
      await socket.close();
    },
  },
  {
    id: 'connections-get',
    says: '`GetConnection` tells since when a connection is open, when it was last active, and from where it comes.',
    restsOn: 'documented',
    source: 'API Gateway Management API reference: GetConnection',
    imitatedIn: ['gateway/connections.ts'],
    ifWrong: 'No effect: only whether it answers counts.',
    async check(stage) {
      const socket = await connect(stage, { headers: { 'User-Agent': 'Wallbox/1.2' } });
      const answer = await stage.connections.send(new GetConnectionCommand({ ConnectionId: socket.connectionId }));
      holds('ConnectedAt is a time', answer.ConnectedAt instanceof Date, answer);
      holds('LastActiveAt is a time', answer.LastActiveAt instanceof Date, answer);
      same('UserAgent', answer.Identity?.UserAgent, 'Wallbox/1.2');
      holds('SourceIp is text', typeof answer.Identity?.SourceIp === 'string', answer);
      await socket.close();
    },
  },
  {
    id: 'connections-delete',
    says: '`DeleteConnection` closes with 1000.',
    restsOn: 'observed',
    source: 'public reports; code and reason cannot be chosen',
    imitatedIn: ['gateway/connections.ts'],
    ifWrong: 'Charge points see another code when they are replaced or retired.',
    async check(stage) {
      const socket = await connect(stage);
      await stage.connections.send(new DeleteConnectionCommand({ ConnectionId: socket.connectionId }));
      same('close code', await within('the close', socket.closed), 1000);
    },
  },
  {
    id: 'connections-early',
    says: 'A connection whose `$connect` has not returned is `GoneException`, 410.',
    restsOn: 'documented',
    source: 'AWS Knowledge Center: 410 GoneException with an API Gateway WebSocket API',
    imitatedIn: ['gateway/connections.ts', 'gateway/websocket.ts'],
    ifWrong: 'It becomes current before its client knows it.',
    async check(stage) {
      const { self } = await connectEvent(stage, await knock(stage.gateway, { query: { self: '1' } }));
      same('errors', self, { post: 'GoneException', get: 'GoneException', delete: 'GoneException' });
    },
  },
  {
    id: 'connections-soon',
    says: 'Once `$connect` has returned, `GetConnection` finds the connection within 30 s.',
    restsOn: 'assumed',
    source: 'not said',
    imitatedIn: ['gateway/connections.ts'],
    ifWrong: 'It never becomes current: its charge point is answered, but gets no CALLs.',
    async check(stage) {
      const socket = await connect(stage);
      const get = new GetConnectionCommand({ ConnectionId: socket.connectionId });
      await eventually('the connection', () => stage.connections.send(get).catch(() => undefined));
      await socket.close();
    },
  },
  {
    id: 'connections-closed',
    says: 'A closed connection is `GoneException`, 410.',
    restsOn: 'documented',
    source: 'API Gateway Management API reference: PostToConnection',
    imitatedIn: ['gateway/connections.ts'],
    ifWrong: 'Deliveries fail into FailuresQueue instead of being dropped.',
    async check(stage) {
      const socket = await connect(stage);
      await socket.close();
      const outcomes = () =>
        Promise.all([
          nameOf(post(stage, socket.connectionId, '[]')),
          nameOf(stage.connections.send(new GetConnectionCommand({ ConnectionId: socket.connectionId }))),
          nameOf(stage.connections.send(new DeleteConnectionCommand({ ConnectionId: socket.connectionId }))),
        ]);
      await eventually('GoneException', async () => (new Set(await outcomes()).has('done') ? undefined : true));
      same('errors', await outcomes(), ['GoneException', 'GoneException', 'GoneException']);
    },
  },
  {
    id: 'connections-unknown',
    says: 'A connection id that never was is `GoneException`, 410.',
    restsOn: 'observed',
    source: 'public reports',
    imitatedIn: ['gateway/connections.ts'],
    ifWrong: 'No effect: nobody posts to one.',
    async check(stage) {
      const refused = await refusal('an unknown id', post(stage, 'L0SM9cOFvHcCIhw=', '[]'));
      same('error', refused, { name: 'GoneException', status: 410 });
    },
  },
  {
    id: 'connections-impossible',
    says: "What can't be a connection id is `BadRequestException`, 400.",
    restsOn: 'observed',
    source: 'public reports',
    imitatedIn: ['gateway/connections.ts'],
    ifWrong: 'No effect: nobody posts to one.',
    async check(stage) {
      const refused = await refusal('an impossible id', post(stage, 'no id!', '[]'));
      same('error', refused, { name: 'BadRequestException', status: 400 });
    },
  },
  {
    id: 'connections-other-api',
    says: 'The URL of another stage is `ForbiddenException`, 403.',
    restsOn: 'observed',
    source: 'public reports',
    imitatedIn: ['gateway/connections.ts'],
    ifWrong: 'No effect: the URL is made by the template.',
    notProbed: 'there is no second stage of one API',
  },
];

function post({ connections }: Stage, ConnectionId: string, Data: string): Promise<unknown> {
  return connections.send(new PostToConnectionCommand({ ConnectionId, Data }));
}

function nameOf(request: Promise<unknown>): Promise<string> {
  return request.then(
    () => 'done',
    (error: Error) => error.name,
  );
}
