import { holds, same } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import { connectEvent, dial, get, handshake, headerOf, knock } from './socket.js';

const KB = 1024;
const quotas = 'API Gateway: Quotas for configuring and running a WebSocket API';

/** API Gateway, a WebSocket API: what becomes of a handshake. */
export const handshakes: Probe[] = [
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
    imitatedIn: ['edge-behaviours.ts'],
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
    id: 'websocket-throttle',
    says: '500 new connections a second, and 10,000 requests a second, per account and Region.',
    restsOn: 'documented',
    source: `${quotas}; Amazon API Gateway quotas`,
    imitatedIn: [],
    ifWrong: 'A fleet that reconnects takes longer.',
    notProbed: 'it would disturb whatever else is in the account',
  },
];
