import { basic, chargePoint } from './charge-point.js';
import { holds, same, within } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import { dial, get, knock } from './socket.js';

const websockets = 'Amazon CloudFront: Use WebSockets with CloudFront distributions';
const functions = 'Amazon CloudFront: CloudFront Functions event structure; Restrictions on CloudFront Functions';

/** CloudFront, by the distribution of the system's stage. */
export const edge: Probe[] = [
  {
    id: 'edge-websocket',
    says: 'CloudFront carries WebSockets in both directions.',
    restsOn: 'documented',
    source: websockets,
    imitatedIn: ['edge.ts'],
    ifWrong: '**No charge point gets in.**',
    async check(stage) {
      const { identity, headers } = await chargePoint(stage);
      const socket = await dial(`${stage.edge}${identity}`, { headers }, ['ocpp2.0.1']);
      same('subprotocol', socket.ws.protocol, 'ocpp2.0.1');
      socket.send('[2,"1","Heartbeat",{}]');
      const [type, id] = JSON.parse(await socket.frame());
      same('answer', [type, id], [3, '1']);
      await socket.close();
    },
  },
  {
    id: 'edge-rewrite',
    says: 'A viewer-request function may rewrite path and query string of an upgrade.',
    restsOn: 'observed',
    source: `samples of AWS's own; ${functions}`,
    imitatedIn: ['edge-behaviours.ts', 'edge-function.ts'],
    ifWrong: '**No charge point gets in.**',
    async check(stage) {
      const { identity, headers } = await chargePoint(stage);
      const path = `any/prefix/${identity}?chargePointId=somebody-else`;
      same('status', (await knock(`${stage.edge}${path}`, { headers })).status, 101);
      same('status without an identity', (await knock(stage.edge)).status, 404);
    },
  },
  {
    id: 'edge-percent-encoding',
    says: 'The function sees the path as it was sent; API Gateway decodes what it put into the query string, once.',
    restsOn: 'assumed',
    source: functions,
    imitatedIn: ['edge-behaviours.ts', 'edge-function.ts'],
    ifWrong: 'Identities with characters that are percent-encoded are not found: 404.',
    async check(stage) {
      const { identity, headers } = await chargePoint(stage);
      const once = identity.replace('-', '%2D');
      same('status, encoded once', (await knock(`${stage.edge}${once}`, { headers })).status, 101);
      const twice = identity.replace('-', '%252D');
      same('status, encoded twice', (await knock(`${stage.edge}${twice}`, { headers })).status, 404);
    },
  },
  {
    id: 'edge-extensions',
    says: 'A viewer-request function may remove `Sec-WebSocket-Extensions`: nothing is compressed.',
    restsOn: 'observed',
    source: 'public reports of broken compression with API Gateway',
    imitatedIn: ['edge-behaviours.ts', 'edge-function.ts'],
    ifWrong: 'Compression breaks the frames of some charge points.',
    async check(stage) {
      const { identity, headers } = await chargePoint(stage);
      const socket = await dial(`${stage.edge}${identity}`, { headers, perMessageDeflate: true }, ['ocpp2.0.1']);
      same('extensions', socket.ws.extensions, '');
      await socket.close();
    },
  },
  {
    id: 'edge-authorization',
    says: '`AllViewerExceptHostHeader` forwards `Authorization` and `Sec-WebSocket-*`.',
    restsOn: 'documented',
    source: 'Amazon CloudFront: Use managed origin request policies',
    imitatedIn: ['edge-behaviours.ts'],
    ifWrong: '401 for everybody with a password.',
    async check(stage) {
      const { identity, headers } = await chargePoint(stage);
      const wrong = { ...headers, Authorization: basic(identity, 'wrong') };
      same('status with a wrong password', (await knock(`${stage.edge}${identity}`, { headers: wrong })).status, 401);
      same('status with the right one', (await knock(`${stage.edge}${identity}`, { headers })).status, 101);
    },
  },
  {
    id: 'edge-secret',
    says: "An origin's custom header is added, and replaces the client's of the same name.",
    restsOn: 'documented',
    source: 'Amazon CloudFront: Add custom headers to origin requests',
    imitatedIn: ['edge-behaviours.ts', 'template/stack-resources.ts'],
    ifWrong:
      "`identify` denies everybody; or **a client could send the header of the edge's secret itself**, still without knowing the secret.",
    async check(stage) {
      const { identity, headers } = await chargePoint(stage);
      const forged = { ...headers, 'x-origin-secret': 'forged' };
      same('status', (await knock(`${stage.edge}${identity}`, { headers: forged })).status, 101);
    },
  },
  {
    id: 'edge-status',
    says: "The origin's 404 reaches the client as it is.",
    restsOn: 'assumed',
    source:
      'Amazon CloudFront: How CloudFront processes HTTP 4xx and 5xx status codes from your origin; upgrades are not spoken of',
    imitatedIn: ['edge.ts'],
    ifWrong: 'Charge points see another refusal.',
    async check({ edge }) {
      same('status', (await knock(`${edge}${mark()}`)).status, 404);
    },
  },
  {
    id: 'edge-not-cached',
    says: 'With an `ErrorCachingMinTTL` of 0 a refusal is not kept: who was refused with 404 gets in as soon as he is registered.',
    restsOn: 'documented',
    source: 'Amazon CloudFront: How CloudFront caches errors; that it applies to upgrades is assumed',
    imitatedIn: [],
    ifWrong: '**The refusal of one charge point is told to all**, for ten seconds.',
    async check(stage) {
      const { identity, headers } = await chargePoint(stage);
      same('status of a stranger', (await knock(`${stage.edge}${mark()}`, { headers })).status, 404);
      same('status right after that', (await knock(`${stage.edge}${identity}`, { headers })).status, 101);
    },
  },
  {
    id: 'edge-no-upgrade',
    says: 'A request that asks for no WebSocket is refused with a 4xx.',
    restsOn: 'assumed',
    source: 'not said',
    imitatedIn: ['edge.ts'],
    ifWrong: 'No effect.',
    async check({ edge }) {
      const { status } = await within('an answer', get(new URL(`${edge}CP1`), {}));
      holds('a status of 4xx', status >= 400 && status < 500, status);
    },
  },
  {
    id: 'edge-function',
    says: 'A CloudFront Function has 10 KB at most and runs JavaScript of the runtime `cloudfront-js-2.0`; some headers may not be added at an origin.',
    restsOn: 'documented',
    source: functions,
    imitatedIn: ['edge-function.ts', 'edge-behaviours.ts'],
    ifWrong: 'Deployment fails.',
    notProbed: "a stage that was deployed shows it; on a laptop the function's JavaScript is Node's",
  },
  {
    id: 'edge-idle',
    says: 'A connection that is silent towards the client for 10 min is closed.',
    restsOn: 'documented',
    source: websockets,
    imitatedIn: [],
    ifWrong: 'No effect: heartbeats are answered at least each 539 s.',
    notProbed: 'API Gateway closes it in the same time, see `websocket-idle`',
  },
  {
    id: 'edge-certificate',
    says: 'The certificate of `*.cloudfront.net` is one that charge points trust.',
    restsOn: 'assumed',
    source: 'not said; there is no TLS on a laptop',
    imitatedIn: [],
    ifWrong: 'They can not connect without another domain.',
    notProbed: 'only your charge points can tell',
  },
];
