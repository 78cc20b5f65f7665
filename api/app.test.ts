import { beforeEach, describe, expect, it } from 'vitest';
import { marksOf } from '../csms/access/token.js';
import { apiInMemory, furnish, tokenOf } from '../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
});

const ask: (typeof world)['ask'] = (...about) => world.ask(...about);
const changes = () => [...world.ports.audit.entries.values()];

describe('what is refused', () => {
  it.each([
    ['GET /nothing', {}, 404, 'not-found'],
    ['PUT /charge-points', {}, 405, 'method-not-allowed'],
    ['GET /charge-points', { who: 'nobody' }, 401, 'no-credentials'],
    ['GET /charge-points', { headers: { authorization: 'Bearer csms_wrong' } }, 401, 'bad-token'],
    ['GET /charge-points', { who: { id: 'me', role: undefined } }, 403, 'no-role'],
    ['DELETE /charge-points/CP1', { who: 'viewer' }, 403, 'role-too-low'],
    ['POST /charge-points', { who: { id: 'me', role: 'viewer' } }, 403, 'role-too-low'],
    ['GET /audit', { who: 'operator' }, 403, 'role-too-low'],
    ['GET /charge-points?limit=0', {}, 400, 'bad-parameter'],
    ['GET /charge-points?site=a&site=b', {}, 400, 'bad-parameter'],
    ['GET /charge-points?sight=a', {}, 400, 'bad-parameter'],
    ['GET /charge-points?cursor=nonsense', {}, 400, 'bad-cursor'],
    ['GET /charge-points/CP%209', {}, 400, 'bad-parameter'],
    ['GET /charge-points/CP9', {}, 404, 'charge-point-unknown'],
    ['POST /charge-points', { body: {} }, 422, 'bad-body'],
    ['POST /charge-points', { body: 'x' }, 415, 'unsupported-media-type'],
    ['POST /charge-points', { body: '{', headers: { 'content-type': 'application/json' } }, 400, 'broken-json'],
    ['POST /charge-points', { body: { chargePointId: 'CP1' } }, 409, 'charge-point-exists'],
    ['PATCH /charge-points/CP1', { body: {}, headers: { 'if-match': '"7.x"' } }, 412, 'changed-meanwhile'],
    ['PATCH /charge-points/CP1', { body: {}, headers: { 'if-match': 'no tag' } }, 400, 'bad-parameter'],
    ['GET /charge-points/CP1/commands/none', {}, 404, 'command-unknown'],
    ['GET /charge-points/CP1/transactions/none', {}, 404, 'transaction-unknown'],
    ['GET /id-tokens/NONE', {}, 404, 'id-token-unknown'],
    ['DELETE /api-tokens/aaaaaaaaaaaaaaaaaaaa', {}, 404, 'api-token-unknown'],
  ] as const)('%s %j: %d %s', async (asked, options, status, code) => {
    const answer = await ask(asked, options as never);
    expect(answer).toMatchObject({ status, body: { status, code, type: `urn:serverless-csms:problem:${code}` } });
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body.detail).toMatch(/^[A-Z].+\.$/s);
    expect(world.errors).toEqual([]);
  });

  it('says which methods a path has', async () => {
    expect((await ask('PUT /charge-points')).headers.get('allow')).toBe('HEAD, GET, POST');
  });

  it('names what is wrong in a body by its JSON pointer', async () => {
    const { body } = await ask('POST /charge-points', { body: { chargePointId: 'CP2', labels: ['', 1] } });
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/labels/0', '/labels/1']);
  });

  it('a body above 1 MB, and one that is nested deeper than anything here', async () => {
    const headers = { 'content-type': 'application/json' };
    const large = await ask('POST /charge-points', { body: `"${'x'.repeat(1024 * 1024)}"`, headers });
    expect(large).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
    const deep = await ask('POST /charge-points/CP1/commands/Reset', { body: '['.repeat(100_000), headers });
    expect(deep).toMatchObject({ status: 400, body: { code: 'broken-json' } });
  });

  it('a token that has expired, or was revoked', async () => {
    world.ports.clock.advance(86_400_000);
    expect(await ask('GET /charge-points')).toMatchObject({ status: 401, body: { code: 'bad-token' } });
    world.ports.clock.advance(-1);
    expect((await ask('GET /charge-points')).status).toBe(200);
    await world.ports.apiTokens.remove(marksOf(tokenOf('admin')).tokenId);
    expect((await ask('GET /charge-points')).status).toBe(401);
  });

  it('a fault of ours says so, and nothing of what went wrong', async () => {
    world.ports.chargePointRecords.list = () => Promise.reject(new Error('secret table'));
    const { status, text } = await ask('GET /charge-points');
    expect(status).toBe(500);
    expect(text).not.toContain('secret table');
    expect(world.errors).toHaveLength(1);
  });
});

describe('a token', () => {
  it('is known to have been used, to the hour', async () => {
    const last = async () => (await world.ports.apiTokens.find(marksOf(tokenOf('viewer')).tokenId))?.token.lastUsedAt;
    await ask('GET /stage', { who: 'viewer' });
    const first = await last();
    world.ports.clock.advance(59 * 60_000);
    await ask('GET /stage', { who: 'viewer' });
    expect(await last()).toBe(first);
    world.ports.clock.advance(60_000);
    await ask('GET /stage', { who: 'viewer' });
    expect(await last()).not.toBe(first);
  });

  it('that an admin made is told once, does what its role may, and is kept as a hash', async () => {
    const { body } = await ask('POST /api-tokens', { body: { name: 'billing', role: 'viewer' } });
    const headers = { authorization: `Bearer ${body.token}` };
    expect((await ask('GET /charge-points', { headers })).status).toBe(200);
    expect((await ask('DELETE /charge-points/CP1', { headers })).status).toBe(403);
    expect((await ask('GET /api-tokens')).text).not.toContain(body.token);
    expect(JSON.stringify([...world.ports.apiTokens.items])).not.toContain(body.token);
    expect((await ask(`DELETE /api-tokens/${body.tokenId}`)).status).toBe(204);
    expect((await ask('GET /charge-points', { headers })).status).toBe(401);
  });
});

describe('the audit trail', () => {
  it('has who changed what, when, and what came of it', async () => {
    const person = { id: 'jane', role: 'operator' } as const;
    await ask('PATCH /charge-points/CP1', { who: person, body: { site: 'South' } });
    expect(changes()).toMatchObject([
      { by: 'jane', role: 'operator', method: 'PATCH', path: '/charge-points/CP1', about: 'charge-points/CP1' },
    ]);
    expect(changes()[0]).toMatchObject({ body: '{"site":"South"}', status: 200, at: '2026-05-20T10:00:00.000Z' });
  });

  it('has nothing of what is only read, or never began', async () => {
    await ask('GET /charge-points/CP1');
    await ask('PATCH /charge-points/CP1', { body: { sight: 'South' } });
    await ask('DELETE /charge-points/CP1', { who: 'viewer' });
    expect(changes()).toEqual([]);
  });

  it('has a change that was interrupted, without a status', async () => {
    world.ports.chargePointRecords.change = () => Promise.reject(new Error('down'));
    await ask('PATCH /charge-points/CP1', { body: { site: 'South' } });
    expect(changes()[0]).not.toHaveProperty('status');
  });
});

describe('an ETag', () => {
  it('spares whoever has the answer', async () => {
    const { headers } = await ask('GET /charge-points/CP1');
    const again = await ask('GET /charge-points/CP1', { headers: { 'if-none-match': String(headers.get('etag')) } });
    expect(again).toMatchObject({ status: 304, text: '' });
  });

  it('keeps two from overwriting each other', async () => {
    const tag = { 'if-match': String((await ask('GET /charge-points/CP1')).headers.get('etag')) };
    expect((await ask('PATCH /charge-points/CP1', { body: { site: 'A' }, headers: tag })).status).toBe(200);
    expect((await ask('PATCH /charge-points/CP1', { body: { site: 'B' }, headers: tag })).status).toBe(412);
    expect((await ask('GET /charge-points/CP1')).body.site).toBe('A');
  });

  it('of * lets a token be made, and not replaced', async () => {
    const headers = { 'if-none-match': '*' };
    expect((await ask('PUT /id-tokens/NEW', { body: {}, headers })).status).toBe(201);
    expect((await ask('PUT /id-tokens/NEW', { body: { status: 'Blocked' }, headers })).status).toBe(412);
  });
});

describe('an idempotency key', () => {
  const headers = { 'idempotency-key': 'key-1' };
  const send = (body: object, path = '/charge-points/CP1/commands/ClearCache') =>
    ask(`POST ${path}`, { body, headers });

  it('has what is asked again done once, and answered the same', async () => {
    const [first, second] = [await send({}), await send({})];
    expect(second.text).toBe(first.text);
    expect(second.status).toBe(202);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(world.ports.calls.asked).toHaveLength(1);
  });

  it('is for one request', async () => {
    await send({});
    expect(await send({ customData: { vendorId: 'x' } })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
  });

  it('is whoever uses it', async () => {
    await send({});
    await ask('POST /charge-points/CP1/commands/ClearCache', { who: 'operator', body: {}, headers });
    expect(world.ports.calls.asked).toHaveLength(2);
  });

  it('is free again when nothing was done', async () => {
    const { add } = world.ports.commands;
    world.ports.commands.add = () => Promise.reject(new Error('down'));
    expect((await send({})).status).toBe(500);
    world.ports.commands.add = add.bind(world.ports.commands);
    expect((await send({})).status).toBe(202);
  });

  it('makes the same again when nobody knows how far it came', async () => {
    const { ask: publish } = world.ports.calls;
    world.ports.calls.ask = () => Promise.reject(new Error('down'));
    expect((await send({})).status).toBe(500);
    world.ports.calls.ask = publish.bind(world.ports.calls);
    const { body } = await send({});
    expect(body.action).toBe('ClearCache');
    expect([...world.ports.commands.items.keys()]).toEqual(['CP1/queued-1', `CP1/${body.commandId}`]);
  });

  it.each(['idempotency', 'audit'] as const)(
    'has it done once, though %s can not note what was answered',
    async (what) => {
      world.ports[what].end = () => Promise.reject(new Error('throttled'));
      const first = await send({});
      expect(first.status).toBe(202);
      world.ports.clock.advance(61_000);
      expect((await send({})).body.commandId).toBe(first.body.commandId);
      expect(world.ports.commands.items.has(`CP1/${first.body.commandId}`)).toBe(true);
      expect(new Set(world.ports.calls.asked.map(({ frame }) => frame)).size).toBe(1);
      expect(world.errors).not.toEqual([]);
    },
  );

  it('is for one query, too', async () => {
    const path = '/charge-points/CP1/commands/ClearCache?expiresIn=';
    await send({}, `${path}60`);
    expect((await send({}, `${path}600`)).body.code).toBe('idempotency-key-reused');
  });

  it('makes two at once wait for each other', async () => {
    const both = await Promise.all([send({}), send({})]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
  });
});
