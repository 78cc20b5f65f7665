import { beforeEach, describe, expect, it } from 'vitest';
import { answer } from '../../csms/answer.js';
import { repairFrame } from '../../csms/repair-frame.js';
import { apiInMemory, furnish, now } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
});

const receivedAt = new Date('2026-05-20T09:30:00.123Z');
const origin = { connectionId: 'c1', protocol: 'ocpp2.0.1' as const, receivedAt };
const ended = {
  ...{ eventType: 'Ended', timestamp: '2026-05-20T09:29:58Z', triggerReason: 'StopAuthorized', seqNo: 2 },
  transactionInfo: { transactionId: 'tx-1', stoppedReason: 'Local' },
};

/** What CP1 said wrong: the path of what is kept of it. */
async function kept(): Promise<string> {
  await answer('[2,"m1","TransactionEvent",{"eventType":"Ended"}]', {
    ...world.ports,
    ...origin,
    chargePointId: 'CP1',
  });
  const { body } = await world.ask('GET /charge-points/CP1/frames');
  const { frameId } = body.items.find((one: { receivedAt: string }) => one.receivedAt === receivedAt.toISOString());
  return `/charge-points/CP1/frames/${frameId}`;
}

/** The rule on `{id}/in` hands what the API published to `csms`. */
async function handled(): Promise<void> {
  for (const { chargePointId, text, repairs = '', ...rest } of world.ports.topics.taken.splice(0)) {
    await repairFrame({ chargePointId, frameId: repairs, text, origin: rest }, world.ports);
  }
}
const repair = (path: string, body: object, more = {}) => world.ask(`POST ${path}/repair`, { body, ...more });
const transaction = () => world.ports.transactions.items.get('CP1/tx-1');
const open = async () => (await world.ask('GET /frames')).body.items.map(({ frameId }: { frameId: string }) => frameId);

describe('a frame that is repaired', () => {
  it('has its effect as if it had been said when it came, and is answered nobody', async () => {
    const path = await kept();
    const asked = await repair(path, { payload: ended }, { who: 'operator' });
    expect(asked).toMatchObject({ status: 202, body: { repair: { status: 'asked', payload: ended } } });
    expect(world.ports.topics.taken).toMatchObject([{ chargePointId: 'CP1', ...origin }]);
    await handled();
    expect(transaction()).toMatchObject({ ended: { value: { at: '2026-05-20T09:29:58.000Z', reason: 'Local' } } });
    expect(world.ports.topics.answered).toEqual([]);
    const { body } = await world.ask(`GET ${path}`);
    expect(body.repair).toMatchObject({ status: 'repaired', at: now.toISOString(), answer: {} });
    expect(body.repair.by).toMatch(/^token:/);
  });

  it('is told while somebody waits for it', async () => {
    const path = await kept();
    world.ports.wait = async () => handled();
    const { status, body } = await repair(path, { payload: ended }, { headers: { prefer: 'wait=5' } });
    expect([status, body.repair.status]).toEqual([200, 'repaired']);
  });

  it('is no longer among those that wait for it', async () => {
    const path = await kept();
    expect(await open()).toHaveLength(2);
    await repair(path, { payload: ended });
    expect(await open()).toHaveLength(2);
    await handled();
    expect(await open()).toEqual(['2026-05-20T10:00:00.000Z-00112233445566aa']);
  });

  it('is repaired once, however often it is asked for and told', async () => {
    const path = await kept();
    await repair(path, { payload: ended });
    await repair(path, { payload: ended });
    const { taken } = world.ports.topics;
    expect(taken).toHaveLength(2);
    expect(taken[0]).toEqual(taken[1]);
    await handled();
    expect((await repair(path, { payload: ended })).status).toBe(200);
    expect(taken).toHaveLength(0);
    expect(world.ports.events.named('transaction-ended')).toHaveLength(1);
  });

  it('may be of another action with money in it, of the version that it came in', async () => {
    const path = await kept();
    const meterValue = [{ timestamp: '2026-05-20T09:29:58Z', sampledValue: [{ value: 1 }] }];
    expect((await repair(path, { action: 'MeterValues', payload: { evseId: 1, meterValue } })).status).toBe(202);
  });
});

describe('a repair is refused', () => {
  it.each([
    ['a payload that is not valid', { payload: { ...ended, seqNo: 'two' } }, 422, 'payload-invalid'],
    ['an action of another version', { action: 'StopTransaction', payload: {} }, 422, 'action-unknown'],
    ['an action without money in it', { action: 'Heartbeat', payload: {} }, 422, 'action-unknown'],
  ])('%s', async (_, body, status, code) => {
    const answered = await repair(await kept(), body);
    expect(answered).toMatchObject({ status, body: { code } });
    expect(world.ports.topics.taken).toEqual([]);
  });

  it('with another payload while one is under way, and when it is done', async () => {
    const path = await kept();
    await repair(path, { payload: ended });
    const other = { payload: { ...ended, seqNo: 3 } };
    expect(await repair(path, other)).toMatchObject({ status: 409, body: { code: 'frame-done' } });
    await handled();
    expect(await repair(path, other)).toMatchObject({ status: 409, body: { code: 'frame-done' } });
    expect((await world.ask(`POST ${path}/dismiss`, { body: { reason: 'late' } })).status).toBe(409);
  });

  it('where the CALL is: then it says why, keeps no second frame, and may be corrected again', async () => {
    const path = await kept();
    await world.ports.chargePointRecords.change('CP1', { registrationStatus: 'Rejected' });
    const hardware = { vendor: 'Acme', model: 'Wallbox' };
    const boot = { chargePointId: 'CP1', protocol: origin.protocol, hardware, at: now };
    await world.ports.chargePoints.booted({ ...boot, at: new Date(now.getTime() + 1) }, 'Accepted');
    await repair(path, { payload: ended });
    await handled();
    const { body } = await world.ask(`GET ${path}`);
    expect(body.repair).toMatchObject({ status: 'refused', reason: expect.stringMatching(/^SecurityError: /) });
    expect(await open()).toHaveLength(2);
    expect((await repair(path, { payload: ended })).status).toBe(202);
  });

  it('of a frame that nobody kept', async () => {
    const path = '/charge-points/CP1/frames/2026-05-20T10:00:00.000Z-ffffffffffffffff';
    expect(await repair(path, { payload: ended })).toMatchObject({ status: 404, body: { code: 'frame-unknown' } });
  });
});

describe('a frame that is dismissed', () => {
  it('says by whom and why, waits for nobody, and may be repaired after all', async () => {
    const path = await kept();
    const { body } = await world.ask(`POST ${path}/dismiss`, { body: { reason: 'It was sent again' } });
    expect(body.repair).toMatchObject({ status: 'dismissed', reason: 'It was sent again' });
    expect(await open()).toHaveLength(1);
    expect((await repair(path, { payload: ended })).status).toBe(202);
  });

  it('has no effect when its repair was under way', async () => {
    const path = await kept();
    await repair(path, { payload: ended });
    await world.ask(`POST ${path}/dismiss`, { body: { reason: 'Never mind' } });
    await handled();
    expect(transaction()?.ended).toBeUndefined();
  });
});
