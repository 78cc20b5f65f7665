import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { connectAsync } from 'mqtt';
import { askApi, putToken } from '../../../system/api-client.js';
import { within } from '../../../system/system.js';
import type { Step, Trial } from '../trial.js';

type Ask = (asked: string, body?: unknown, headers?: Record<string, string>) => ReturnType<typeof askApi>;

/** An admin's requests. @throws when one is answered with another status than `expected` */
export async function admin(trial: Trial, expected = (status: number) => status < 300): Promise<Ask> {
  const token = await putToken(trial, 'admin');
  return async (asked, body, headers = {}) => {
    const answer = await askApi(trial, asked, { token, headers, ...(body !== undefined && { body }) });
    assert.ok(expected(answer.status), `${asked} was answered with ${answer.status} ${answer.text}`);
    return answer;
  };
}

/** What operators and their programs do by the API. */
export const operator: Step[] = [
  [
    'the API makes, lists and deletes charge points',
    async (trial) => {
      const ask = await admin(trial);
      await ask('POST /charge-points', { chargePointId: 'made', site: 'Depot', labels: ['fast'] });
      await ask('GET /charge-points');
      const { body } = await ask('GET /charge-points?site=Depot');
      assert.equal(body.items[0].chargePointId, 'made');
      assert.equal((await ask('GET /charge-points?label=fast')).body.items[0].chargePointId, 'made');
      await ask('GET /charge-points/made/connectors');
      await ask('GET /charge-points/made/history?kind=frame');
      await ask('DELETE /charge-points/made');
    },
  ],
  [
    'the API asks for a command once for each idempotency key, and cancels it',
    async (trial) => {
      const ask = await admin(trial);
      const commands = `/charge-points/${await trial.register()}/commands`;
      const key = { 'idempotency-key': 'once' };
      const { commandId } = (await ask(`POST ${commands}/ClearCache`, {}, key)).body;
      assert.equal((await ask(`POST ${commands}/ClearCache`, {}, key)).body.commandId, commandId);
      await ask(`GET ${commands}`);
      assert.equal((await ask(`GET ${commands}?status=queued`)).body.items[0].commandId, commandId);
      await ask(`DELETE ${commands}/${commandId}`);
      // Of what failed nothing is remembered, so that it may be tried again.
      const fails = await admin(trial, (status) => status === 404);
      await fails(`DELETE ${commands}/none`, undefined, { 'idempotency-key': 'fails' });
    },
  ],
  [
    'the API fills in what only it knows, and has a library of charging profiles and the reservations',
    async (trial) => {
      const ask = await admin(trial);
      const { identity } = await trial.connected();
      const own = `/charge-points/${identity}`;
      const { payload } = (await ask(`POST ${own}/commands/GetBaseReport`, { reportBase: 'FullInventory' })).body;
      assert.ok(payload.requestId > 0);
      const schedule = { unit: 'A', periods: [{ start: 0, limit: 16 }] };
      const profile = { purpose: 'TxDefaultProfile', kind: 'Relative', stackLevel: 1, schedule };
      await ask('PUT /charging-profiles/Night', profile);
      assert.equal((await ask('GET /charging-profiles')).body.items[0].name, 'Night');
      await ask(`POST ${own}/commands/SetChargingProfile?profile=Night`, { evseId: 0 });
      await ask('DELETE /charging-profiles/Night');
      await ask(`POST ${own}/local-list`, {});
      assert.deepEqual((await ask(`GET ${own}/reservations`)).body.items, []);
      const fails = await admin(trial, (status) => status === 404);
      await fails(`GET ${own}/reservations/1`);
    },
  ],
  [
    'the API tells what is deployed',
    async (trial) => {
      const ask = await admin(trial);
      const { version } = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'));
      assert.equal((await ask('GET /stage')).body.version, version);
    },
  ],
  [
    'people sign in with the issuer, and nobody else does',
    async (trial) => {
      const { stack, issuer } = trial;
      const isJwt = ({ properties }: { properties: Record<string, unknown> }) => properties.AuthorizerType === 'JWT';
      if (!stack.resources.ofType('AWS::ApiGatewayV2::Authorizer').some(isJwt)) return;
      const signedIn = (claims: object) => issuer.token({ sub: 'ada', ...claims });
      const statusOf = async (claims: object) =>
        (await askApi(trial, 'GET /charge-points', { token: signedIn(claims) })).status;
      const ofViewer = await statusOf({ 'cognito:groups': ['viewer'] });
      assert.equal(ofViewer, 200, `ApiLambdaFunction finds no role in what ROLE_CLAIM names: ${ofViewer}`);
      assert.equal(await statusOf({ 'cognito:groups': ['viewer'], aud: 'another' }), 401);
      assert.equal(await statusOf({}), 403);
    },
  ],
  [
    'the API lists transactions',
    async (trial) => {
      const ask = await admin(trial);
      const { identity, socket } = await trial.connected();
      await ask(`PATCH /charge-points/${identity}`, { site: 'Depot' });
      await trial.call(socket, 'TransactionEvent', {
        ...{ eventType: 'Started', timestamp: new Date(trial.account.clock.now()), triggerReason: 'CablePluggedIn' },
        ...{ seqNo: 0, transactionInfo: { transactionId: 'listed' } },
      });
      const own = `/charge-points/${identity}/transactions`;
      for (const list of [own, '/transactions', '/transactions?status=open', '/transactions?site=Depot']) {
        const { items } = (await ask(`GET ${list}`)).body;
        assert.ok(
          items.some(({ transactionId }: { transactionId: string }) => transactionId === 'listed'),
          list,
        );
      }
      await ask(`GET ${own}/listed/meter-values`);
    },
  ],
  [
    'a frame with money in it is repaired, and another dismissed',
    async (trial) => {
      const ask = await admin(trial);
      const { identity, socket } = await trial.connected();
      for (const id of ['first', 'second']) {
        socket.send(`[2,"${id}","TransactionEvent",{}]`);
        await trial.frame(socket);
      }
      const own = `/charge-points/${identity}/frames`;
      assert.ok((await ask('GET /frames')).body.items.length >= 2);
      const [one, other] = (await ask(`GET ${own}`)).body.items;
      const payload = {
        ...{ eventType: 'Started', timestamp: new Date(trial.account.clock.now()), triggerReason: 'CablePluggedIn' },
        ...{ seqNo: 0, transactionInfo: { transactionId: 'repaired' } },
      };
      await ask(`POST ${own}/${one.frameId}/repair`, { payload });
      await trial.account.clock.idle();
      assert.equal((await ask(`GET ${own}/${one.frameId}`)).body.repair.status, 'repaired');
      await ask(`GET /charge-points/${identity}/transactions/repaired`);
      assert.equal(socket.untaken, 0, 'a repair is answered');
      await ask(`POST ${own}/${other.frameId}/dismiss`, { reason: 'Said twice' });
    },
  ],
  [
    'the API keeps id tokens, API tokens and what was changed',
    async (trial) => {
      const ask = await admin(trial);
      await ask('PUT /id-tokens/USED', { groupId: 'USED' });
      await ask('GET /id-tokens');
      await ask('GET /id-tokens?groupId=USED');
      await ask('GET /id-tokens/USED');
      await ask('DELETE /id-tokens/USED');
      const { tokenId } = (await ask('POST /api-tokens', { name: 'used', role: 'viewer' })).body;
      await ask('GET /api-tokens');
      await ask(`DELETE /api-tokens/${tokenId}`);
      await ask('GET /audit');
      assert.equal((await ask('GET /audit?about=id-tokens/USED')).body.items.length, 2);
    },
  ],
  [
    'a live URL hears a message of each kind',
    async (trial) => {
      const ask = await admin(trial);
      const { identity } = await trial.connected();
      const { url, clientId, topics } = (await ask(`GET /live?chargePointId=${identity}`)).body;
      const client = await connectAsync(url, { clientId, protocolVersion: 4, reconnectPeriod: 0 });
      const awaited = new Set(['in', 'out', 'events/heard'].map((end) => trial.topic(identity, end)));
      const heard = new Promise<void>((resolve) => {
        client.on('message', (topic) => awaited.delete(topic) && awaited.size === 0 && resolve());
      });
      await client.subscribeAsync(topics, { qos: 1 });
      for (const topic of [...awaited]) {
        await trial.account.iot.broker.publish({
          topic,
          payload: Buffer.from('[3,"heard",{}]'),
          qos: 1,
          userProperties: [],
        });
      }
      await within('a message of each kind', heard);
      await client.endAsync();
    },
  ],
];
