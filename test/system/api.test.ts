import { beforeAll, describe, expect, it } from 'vitest';
import { type ApiAnswer, askApi, putToken } from './api-client.js';
import { newThing } from './deliveries.js';
import { dial, type Socket } from './socket.js';
import { testSystem, yesterday } from './system.js';

const csms = testSystem({ stage: 'withIssuer' });
let admin: string;
beforeAll(async () => {
  admin = await putToken(csms.system, 'admin');
});

const ask = (asked: string, options: Parameters<typeof askApi>[2] = {}): Promise<ApiAnswer> =>
  askApi(csms.system, asked, { token: admin, ...options });

const boot = { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme' } };

async function registered(more: object = {}): Promise<string> {
  const chargePointId = newThing();
  expect((await ask('POST /charge-points', { body: { chargePointId, ...more } })).status).toBe(201);
  return chargePointId;
}

/** Registered through the API, connected and booted. */
async function connected(): Promise<{ identity: string; socket: Socket }> {
  const identity = await registered();
  const current = csms.message(`${identity}/events/connected`);
  const socket = await dial(`${csms.url}${identity}`);
  await csms.advance(1_000);
  await current;
  await socket.call('BootNotification', boot);
  return { identity, socket };
}

describe('who may', () => {
  const jwt = (claims: Record<string, unknown>) => csms.system.issuer.token(claims);
  const person = (role: string, more: object = {}) => jwt({ sub: 'jane', 'cognito:groups': [role], ...more });
  const statusFor = async (token: string, asked = 'GET /stage') => (await askApi(csms.system, asked, { token })).status;

  it('nobody without a token, and everybody to the document', async () => {
    const { status, body, headers } = await askApi(csms.system, 'GET /stage');
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'no-credentials' });
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect((await askApi(csms.system, 'GET /openapi.json')).body.openapi).toBe('3.1.0');
  });

  it('machines with API tokens that have not expired', async () => {
    expect(await statusFor(admin)).toBe(200);
    expect(await statusFor(await putToken(csms.system, 'viewer', '2020-01-01T00:00:00.000Z'))).toBe(401);
    expect(await statusFor(await putToken(csms.system, 'viewer'), 'GET /audit')).toBe(403);
  });

  it('people whom the issuer put into a group', async () => {
    expect(await statusFor(person('viewer'))).toBe(200);
    expect(await statusFor(person('viewer'), 'GET /audit')).toBe(403);
    expect(await statusFor(person('admin'), 'GET /audit')).toBe(200);
    expect(await statusFor(person('guests'))).toBe(403);
  });

  it.each([
    ['of another issuer', { iss: 'https://elsewhere.example' }, 'the token has an invalid issuer'],
    ['for another audience', { aud: 'another' }, 'the token does not have a valid audience'],
    ['that has expired', { exp: 1 }, 'the token has expired'],
    ['that is not valid yet', { nbf: 4_000_000_000 }, 'the token is not valid yet'],
  ])('nobody with a token %s', async (_, claims, why) => {
    const { status, text, headers } = await askApi(csms.system, 'GET /stage', { token: person('admin', claims) });
    expect({ status, text }).toEqual({ status: 401, text: '{"message":"Unauthorized"}' });
    expect(headers.get('www-authenticate')).toContain(`error_description="${why}"`);
  });

  it('nobody with a token that he signed himself', async () => {
    const [head, claims] = person('viewer').split('.');
    const [, others, signature] = person('admin').split('.');
    expect(await statusFor(`${head}.${others}.${signature?.slice(4)}AAAA`)).toBe(401);
    expect(await statusFor(`${head}.${claims}.`)).toBe(401);
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    expect(await statusFor(`${none}.${others}.AAAA`)).toBe(401);
  });

  it("nobody who claims on the machines' route to be a person", async () => {
    const api = `http://127.0.0.1:${csms.system.stack.edge.port}/people/api/v1/stage`;
    expect((await fetch(api, { headers: { authorization: `Bearer ${person('admin')}` } })).status).toBe(403);
  });
});

describe('a charge point', () => {
  it('is registered, read, changed, listed by its site, and taken out', async () => {
    const identity = await registered({ site: 'North', labels: ['fast'], displayName: 'Gate 1' });
    const told = await ask(`GET /charge-points/${identity}`);
    expect(told.body).toMatchObject({ chargePointId: identity, site: 'North', connection: { isConnected: false } });
    const changed = await ask(`PATCH /charge-points/${identity}`, { body: { site: 'South', labels: null } });
    expect(changed.body).toEqual({ chargePointId: identity, site: 'South', displayName: 'Gate 1', hasPassword: false });
    const bySite = async (site: string) => (await ask(`GET /charge-points?site=${site}`)).body.items;
    expect(await bySite('North')).toEqual([]);
    expect(await bySite('South')).toEqual([{ ...changed.body, connection: { isConnected: false } }]);

    const { socket } = await (async () => ({ socket: await dial(`${csms.url}${identity}`) }))();
    expect((await ask(`DELETE /charge-points/${identity}`)).status).toBe(204);
    await socket.closed;
    expect((await ask(`GET /charge-points/${identity}`)).status).toBe(404);
    expect((await ask('GET /charge-points')).text).not.toContain(`"${identity}"`);
    const { body } = await ask(`GET /audit?about=charge-points/${identity}`);
    expect(body.items.map(({ method, status }: { method: string; status: number }) => [method, status])).toEqual([
      ['DELETE', 204],
      ['PATCH', 200],
    ]);
  });

  it('is in the list however it was registered, on pages', async () => {
    const others = [await csms.thing(), await registered(), await registered()];
    await csms.system.account.clock.idle();
    const seen: string[] = [];
    let next: string | undefined;
    do {
      const { body } = await ask(`GET /charge-points?limit=2${next ? `&cursor=${next}` : ''}`);
      seen.push(...body.items.map(({ chargePointId }: { chargePointId: string }) => chargePointId));
      next = body.next;
    } while (next);
    expect(seen).toEqual(expect.arrayContaining(others));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('gets a password, which its next handshake needs', async () => {
    const identity = await registered();
    const { body } = await ask(`POST /charge-points/${identity}/password`);
    await expect(dial(`${csms.url}${identity}`)).rejects.toThrow();
    const authorization = `Basic ${Buffer.from(`${body.user}:${body.password}`).toString('base64')}`;
    const socket = await dial(`${csms.url}${identity}`, { headers: { authorization } });
    await socket.call('BootNotification', boot);
    expect((await ask(`DELETE /charge-points/${identity}/password`)).status).toBe(204);
  });

  it('is told with its connection, connectors and what is kept of it', async () => {
    const { identity, socket } = await connected();
    const status = { timestamp: `${yesterday}T10:00:00Z`, connectorStatus: 'Available', evseId: 1, connectorId: 1 };
    await socket.call('StatusNotification', status);
    await socket.call('SecurityEventNotification', { type: 'ResetOrReboot', timestamp: status.timestamp });
    const { body } = await ask(`GET /charge-points/${identity}`);
    expect(body).toMatchObject({
      protocol: 'ocpp2.0.1',
      hardware: { vendor: 'Acme', model: 'Wallbox' },
      connection: { isConnected: true, protocol: 'ocpp2.0.1' },
    });
    const connectors = await ask(`GET /charge-points/${identity}/connectors`);
    expect(connectors.body.items).toMatchObject([{ evseId: 1, connectorId: 1, status: 'Available' }]);
    const history = await ask(`GET /charge-points/${identity}/history?kind=security-event`);
    expect(history.body.items).toMatchObject([{ detail: { type: 'ResetOrReboot' } }]);
  });
});

describe('a command', () => {
  it('is sent, waited for, and told with what the charge point answered', async () => {
    const { identity, socket } = await connected();
    // An answer of before may be told again.
    const asked = csms.message(`${identity}/out`, ({ payload }) => String(payload).startsWith('[2,'));
    const answer = ask(`POST /charge-points/${identity}/commands/Reset`, {
      body: { type: 'Immediate' },
      headers: { prefer: 'wait=20' },
    });
    const [, messageId, action, payload] = await socket.frame();
    expect([action, payload]).toEqual(['Reset', { type: 'Immediate' }]);
    expect(String((await asked).payload)).toBe(`[2,"${messageId}","Reset",{"type":"Immediate"}]`);
    socket.send(JSON.stringify([3, messageId, { status: 'Accepted' }]));
    const { status, body, headers } = await answer;
    expect(status).toBe(200);
    expect(body).toMatchObject({ commandId: messageId, status: 'accepted', response: { status: 'Accepted' } });
    expect(headers.get('preference-applied')).toBe('wait=20');
    expect((await ask(String(headers.get('location')).replace(/^\/api\/v1/, 'GET '))).body).toEqual(body);
  });

  it('waits for a charge point that is away, is listed, and can be cancelled', async () => {
    const identity = await registered();
    const { status, body } = await ask(`POST /charge-points/${identity}/commands/ClearCache`, { body: {} });
    expect([status, body.status]).toEqual([202, 'queued']);
    const queue = async () => (await ask(`GET /charge-points/${identity}/commands?status=queued`)).body.items;
    expect(await queue()).toMatchObject([{ commandId: body.commandId }]);
    const settled = csms.event(identity, 'command-settled');
    const one = `/charge-points/${identity}/commands/${body.commandId}`;
    expect((await ask(`DELETE ${one}`)).body.status).toBe('cancelled');
    expect(await settled).toMatchObject({ commandId: body.commandId, status: 'cancelled' });
    expect(await queue()).toEqual([]);
    const { items } = (await ask(`GET /charge-points/${identity}/commands`)).body;
    expect(items).toMatchObject([{ commandId: body.commandId, status: 'cancelled' }]);
  });

  it("is refused when the charge point's version has none of it, or another payload", async () => {
    const { identity } = await connected();
    const send = (action: string, body: object) => ask(`POST /charge-points/${identity}/commands/${action}`, { body });
    const { status, body } = await send('RemoteStartTransaction', { idTag: 'A' });
    expect([status, body.code]).toEqual([422, 'action-unknown']);
    const wrong = await send('Reset', { type: 'Whenever' });
    expect([wrong.status, wrong.body.code, wrong.body.errors[0].pointer]).toEqual([422, 'payload-invalid', '/type']);
  });
});

describe('id tokens', () => {
  it('are imported and exported, listed by their group, put and deleted', async () => {
    const group = newThing().toUpperCase().slice(-20);
    const csv = `idToken,groupId,expiry\r\nA-${group},${group},\r\n"b-${group}",${group},2027-01-01T00:00:00Z\r\n`;
    expect((await ask('POST /id-tokens.csv', { body: csv })).body).toEqual({ imported: 2, isNew: 2 });
    const exported = await ask(`GET /id-tokens.csv?groupId=${group}`);
    expect(exported.text.split('\r\n').slice(0, 3)).toEqual([
      'idToken,type,status,expiry,groupId,oneTransaction,language,cacheSeconds',
      `A-${group},,Accepted,,${group},false,,`,
      `B-${group},,Accepted,2027-01-01T00:00:00.000Z,${group},false,,`,
    ]);
    const { items } = (await ask(`GET /id-tokens?groupId=${group}&limit=1`)).body;
    expect(items).toEqual([{ idToken: `A-${group}`, status: 'Accepted', groupId: group, oneTransaction: false }]);
    const odd = `~${Buffer.from('A/B?%2F').toString('base64url')}`;
    expect((await ask(`PUT /id-tokens/${odd}`, { body: { status: 'Blocked' } })).body.idToken).toBe('A/B?%2F');
    expect((await ask(`DELETE /id-tokens/${odd}`)).status).toBe(204);
    expect((await ask(`GET /id-tokens/${odd}`)).status).toBe(404);
  });

  it('a file with a wrong row imports nothing', async () => {
    const { status, body } = await ask('POST /id-tokens.csv', { body: 'idToken,status\nFINE-1,\nBAD-1,Perhaps\n' });
    expect([status, body.errors[0].row]).toEqual([422, 3]);
    expect((await ask('GET /id-tokens/FINE-1')).status).toBe(404);
  });
});

describe('a transaction', () => {
  it('is read while it is open and when it is over, with its series', async () => {
    const { identity, socket } = await connected();
    const idToken = newThing().slice(-20);
    await ask(`PUT /id-tokens/${idToken}`, { body: {} });
    const event = (eventType: string, seqNo: number, at: string, wh: number) =>
      socket.call('TransactionEvent', {
        ...{ eventType, seqNo, timestamp: `${yesterday}T${at}:00Z`, triggerReason: 'Authorized' },
        transactionInfo: { transactionId: 'session-1' },
        evse: { id: 1, connectorId: 1 },
        ...(eventType === 'Started' && { idToken: { idToken, type: 'ISO14443' } }),
        meterValue: [
          { timestamp: `${yesterday}T${at}:00Z`, sampledValue: [{ value: wh, context: contexts[eventType] }] },
        ],
      });
    const contexts: Record<string, string> = {
      Started: 'Transaction.Begin',
      Updated: 'Sample.Periodic',
      Ended: 'Transaction.End',
    };
    await event('Started', 0, '10:00', 1_000);
    await event('Updated', 1, '10:30', 4_000);
    const one = `/charge-points/${identity}/transactions/session-1`;
    expect((await ask(`GET ${one}`)).body).toMatchObject({ isOpen: true, idToken: { idToken } });
    expect((await ask('GET /transactions?status=open')).text).toContain(identity);
    await event('Ended', 2, '11:00', 8_000);
    expect((await ask(`GET ${one}`)).body).toMatchObject({ isOpen: false, energyWh: 7_000 });
    const { series } = (await ask(`GET ${one}/meter-values`)).body;
    expect(series[0].points.map(({ value }: { value: number }) => value)).toEqual([1_000, 4_000, 8_000]);
    expect((await ask(`GET /charge-points/${identity}/transactions`)).body.items).toHaveLength(1);
    expect((await ask('GET /transactions?status=open')).text).not.toContain(identity);
    const onThatDay = await ask(`GET /transactions?from=${yesterday}T00:00:00Z&to=${yesterday}T23:59:59Z`);
    expect(onThatDay.text).toContain(identity);
  });
});
