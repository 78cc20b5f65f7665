import { beforeEach, describe, expect, it } from 'vitest';
import { apiInMemory, furnish } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
  await world.ask('PUT /id-tokens/BLOCKED', { body: { status: 'Blocked' } });
  await world.ask('PUT /id-tokens/SECOND', { body: { groupId: 'FLEET' } });
});

const send = (body: object, id = 'CP1') => world.ask(`POST /charge-points/${id}/local-list`, { body, who: 'operator' });
/** What each command asks for, as the charge point gets it. */
const frames = () => world.ports.calls.asked.map(({ frame }) => JSON.parse(frame));
const tokensIn = (frame: { localAuthorizationList?: { idToken: { idToken: string }; idTokenInfo?: object }[] }[]) =>
  frame[3]?.localAuthorizationList?.map(({ idToken, idTokenInfo }) => [idToken.idToken, idTokenInfo !== undefined]);

/** What it says of itself. */
async function told(name: string, is: string) {
  const at = '2026-05-20T09:00:00.000Z';
  const value = { is, at, receivedAt: at };
  await world.ports.components.change('CP1', { name: 'LocalAuthListCtrlr' }, (known) => ({
    name: 'LocalAuthListCtrlr',
    variables: [...(known?.variables ?? []), { name, attributes: [{ type: 'Actual', value }] }],
  }));
}

describe('the local list that is made of the id tokens', () => {
  it('is all of them, as the charge point’s version has it', async () => {
    const { status, body } = await send({});
    expect([status, body.commands.length]).toEqual([202, 1]);
    const [, id, action, payload] = frames()[0];
    expect([id, action]).toEqual([body.commands[0].commandId, 'SendLocalList']);
    expect(payload).toMatchObject({ versionNumber: 1, updateType: 'Full' });
    expect(tokensIn(frames()[0])).toEqual([
      ['04A2B3', true],
      ['BLOCKED', true],
      ['SECOND', true],
    ]);
    expect((await world.ports.commands.find('CP1', id))?.payload).toBe(JSON.stringify(payload));
  });

  it('is that of a group', async () => {
    await send({ groupId: 'FLEET' });
    expect(tokensIn(frames()[0])).toEqual([
      ['04A2B3', true],
      ['SECOND', true],
    ]);
  });

  it('is changed by those that are named: there are some, and others no more', async () => {
    await send({ idTokens: ['blocked', 'GONE'] });
    expect(frames()[0][3].updateType).toBe('Differential');
    const inOrder = tokensIn(frames()[0]) ?? [];
    expect(inOrder.at(-1)).toEqual(['BLOCKED', true]);
    // Of each type that it may have had.
    expect(new Set(inOrder.slice(0, -1).map(String))).toEqual(new Set(['GONE,false']));
  });

  it('is sent in as many messages as the charge point needs, in their order, each with the next version', async () => {
    await told('ItemsPerMessage', '1');
    const { body } = await send({});
    expect(frames().map(([, , , { versionNumber, updateType }]) => [versionNumber, updateType])).toEqual([
      [1, 'Full'],
      [2, 'Differential'],
      [3, 'Differential'],
    ]);
    const ids = body.commands.map(({ commandId }: { commandId: string }) => commandId);
    const queue = (await world.ask('GET /charge-points/CP1/commands?status=queued')).body.items;
    expect(queue.map(({ commandId }: { commandId: string }) => commandId)).toEqual([...ids, 'queued-1']);
  });

  it.each([
    ['once', 3, async () => {}],
    ['anew, when the tokens are others by then', 2 + 4, () => world.ask('PUT /id-tokens/NEW', { body: {} })],
  ])('that failed half way and is asked for again under its key is sent %s', async (_, messages, meanwhile) => {
    await told('ItemsPerMessage', '1');
    const again = { body: {}, headers: { 'idempotency-key': 'key-1' } };
    const { commands, calls } = world.ports;
    const { add } = commands;
    commands.add = (one) => (calls.asked.length < 2 ? add.call(commands, one) : Promise.reject(new Error('down')));
    expect((await world.ask('POST /charge-points/CP1/local-list', again)).status).toBe(500);
    commands.add = add;
    await meanwhile();
    expect((await world.ask('POST /charge-points/CP1/local-list', again)).status).toBe(202);
    expect(new Set(frames().map(([, id]) => id)).size).toBe(messages);
  });

  it.each([
    [{ groupId: 'FLEET', idTokens: ['A'] }, 'bad-body'],
    [{ idTokens: [] }, 'bad-body'],
    [{ groupID: 'FLEET' }, 'bad-body'],
  ])('of %j is refused: %s', async (body, code) => {
    expect((await send(body)).body.code).toBe(code);
    expect(frames()).toEqual([]);
  });

  it('has versions that nothing else has, however many are sent at once, each list’s in their order', async () => {
    await told('ItemsPerMessage', '1');
    const lists = await Promise.all([1, 2, 3, 4, 5].map(() => send({})));
    const versions = lists.map(({ body }) =>
      body.commands.map(({ payload }: { payload: { versionNumber: number } }) => payload.versionNumber),
    );
    expect(new Set(versions.flat()).size).toBe(15);
    for (const one of versions) expect(one).toEqual([...one].sort((a, b) => a - b));
  });

  it('is sent in more than a hundred messages, and again though none has been taken', async () => {
    await told('ItemsPerMessage', '1');
    for (let i = 0; i < 147; i++) await world.ask(`PUT /id-tokens/MORE${i}`, { body: {} });
    for (const [first, last] of [
      [1, 150],
      [151, 300],
    ]) {
      const { status, body } = await send({});
      expect([status, body.commands.length]).toEqual([202, 150]);
      expect(body.commands[0].payload.versionNumber).toBe(first);
      expect(body.commands.at(-1).payload.versionNumber).toBe(last);
    }
  });

  it('is refused before anything is sent where it is of too many messages, or no version is left', async () => {
    await told('ItemsPerMessage', '1');
    const item = { chargePointId: 'CP1', kind: 'local-list', key: '', at: world.ports.clock.now() } as const;
    await world.ports.inventory.put({ ...item, detail: { version: 2 ** 31 - 3 } });
    expect((await send({})).body).toMatchObject({ status: 409, code: 'no-number-free' });
    for (let i = 0; i < 198; i++) await world.ask(`PUT /id-tokens/MORE${i}`, { body: {} });
    const { body } = await send({});
    expect(body).toMatchObject({ status: 422, code: 'too-many-tokens' });
    expect(body.detail).toContain('CP1 takes so few in a message that these are 201 messages');
    expect(frames()).toEqual([]);
  });

  it('of one that never came is made when it has come', async () => {
    world.ports.chargePoints.put({ chargePointId: 'NEW' });
    expect((await send({}, 'NEW')).body).toMatchObject({ status: 409, code: 'version-unknown' });
  });

  it('is for nobody whose token is for some charge points only: it has all id tokens in it', async () => {
    const scope = { chargePointIds: ['CP1'] };
    const { token } = (await world.ask('POST /api-tokens', { body: { name: 'x', role: 'operator', scope } })).body;
    const headers = { authorization: `Bearer ${token}` };
    const { body } = await world.ask('POST /charge-points/CP1/local-list', { body: {}, headers });
    expect(body.code).toBe('out-of-scope');
  });
});
