import { beforeEach, describe, expect, it } from 'vitest';
import type { JobKey } from '../../csms/jobs/ports.js';
import { apiInMemory, furnish, now } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
});

const ask: (typeof world)['ask'] = (...about) => world.ask(...about);
const at = now.toISOString();
const jobs = '/charge-points/CP1/jobs';

describe('a log', () => {
  it('is listed with what the charge point said last', async () => {
    const { items } = (await ask(`GET ${jobs}?kind=log`)).body;
    expect(items).toEqual([
      {
        ...{ kind: 'log', requestId: 7, status: 'Uploaded', since: at, startedAt: at, isOver: true },
        asked: { at, commandId: 'asked-1' },
      },
    ]);
    expect((await ask(`GET ${jobs}?kind=firmware`)).body.items).toEqual([]);
  });

  it('gives an operator its file, for a quarter of an hour', async () => {
    const { files } = (await ask(`GET ${jobs}/log/7`, { who: 'operator' })).body;
    expect(files).toMatchObject([{ name: 'cp1.log', size: 3, at, expiresAt: '2026-05-20T10:15:00.000Z' }]);
    expect(world.ports.files.request(files[0].url, 'GET').body.toString()).toBe('abc');
    world.ports.clock.advance(15 * 60_000);
    expect(world.ports.files.request(files[0].url, 'GET').status).toBe(403);
  });

  it('tells a viewer which files there are, and not where', async () => {
    const { files } = (await ask(`GET ${jobs}/log/7`, { who: 'viewer' })).body;
    expect(files).toEqual([{ name: 'cp1.log', size: 3, at }]);
  });

  it('has its files also where nobody is known to have asked for it', async () => {
    await world.ports.jobs.change({ chargePointId: 'CP1', kind: 'log', requestId: 7 }, () => ({ statuses: [] }));
    const { files, status, isOver } = (await ask(`GET ${jobs}/log/7`)).body;
    expect({ names: files.map(({ name }: { name: string }) => name), status, isOver }).toEqual({
      ...{ names: ['cp1.log'], status: undefined, isOver: false },
    });
  });
});

describe('diagnostics of 1.6', () => {
  it('have no number, and the files of the last request', async () => {
    const file = 'uploads/CP1/diagnostics/asked-2/';
    const statuses = [{ status: 'Uploading', at }];
    await world.ports.jobs.change({ chargePointId: 'CP1', kind: 'diagnostics' }, () => ({
      ...{ asked: { at, commandId: 'asked-2', file, fileName: 'd.zip', location: 'https://edge/files/' }, statuses },
    }));
    world.ports.files.stored.set(`${file}d.zip`, { key: `${file}d.zip`, size: 1, at, body: Buffer.alloc(1) });
    const { body } = await ask(`GET ${jobs}/diagnostics/none`);
    expect(body).toMatchObject({ kind: 'diagnostics', status: 'Uploading', isOver: false, statuses });
    expect(body).toMatchObject({ asked: { fileName: 'd.zip' }, files: [{ name: 'd.zip' }] });
    expect(body).not.toHaveProperty('requestId');
    expect(body.asked).not.toHaveProperty('file');
  });
});

it('1.6 5.19 an update that was asked for again is not over, whatever was said of the one before', async () => {
  const before = new Date(now.getTime() - 1_000).toISOString();
  const statuses = [{ status: 'Installed', at: before }];
  await world.ports.jobs.change({ chargePointId: 'CP1', kind: 'firmware' }, () => ({
    ...{ asked: { at, commandId: 'asked-3' }, statuses },
  }));
  const { body } = await ask(`GET ${jobs}/firmware/none`);
  expect(body).toMatchObject({ isOver: false, statuses });
  expect(body).not.toHaveProperty('status');
});

it("an update of the stage's own firmware says which", async () => {
  await world.ports.jobs.change({ chargePointId: 'CP1', kind: 'firmware', requestId: 3 }, () => ({
    ...{ asked: { at, commandId: 'asked-3', file: 'firmware/a~20b.bin' }, statuses: [] },
  }));
  const { body } = await ask(`GET ${jobs}/firmware/3`);
  expect(body).toMatchObject({ asked: { commandId: 'asked-3', firmware: 'a b.bin' }, files: [] });
});

describe('a report', () => {
  const receivedAt = { first: at, last: at };
  const put = (key: Omit<JobKey, 'chargePointId'>, job: object) =>
    world.ports.jobs.change({ chargePointId: 'CP1', ...key }, () => ({
      ...{ statuses: [{ status: 'Receiving', at }], ...job },
    }));

  it('says which of its parts came', async () => {
    await put(
      { kind: 'report', requestId: 1 },
      { parts: { came: [[0, 1]], last: 2, generatedAt: at, receivedAt, formerUntil: at } },
    );
    const parts = { isComplete: false, came: [[0, 1]], last: 2, generatedAt: at, receivedAt };
    expect((await ask(`GET ${jobs}/report/1`)).body.parts).toEqual(parts);
    await put({ kind: 'display-messages', requestId: 1 }, { unnumbered: { receivedAt, endedAt: at } });
    expect((await ask(`GET ${jobs}/display-messages/1`)).body.parts).toEqual({ isComplete: true, receivedAt });
  });

  it('that was asked for, and of which nothing has come, says nothing of the former one with its number', async () => {
    const parts = { came: [[0, 0]], last: 0, generatedAt: at, receivedAt, texts: { 0: 'Jane Doe' } };
    const asked = { at, commandId: 'asked-4' };
    await put({ kind: 'customer-information', requestId: 1 }, { statuses: [], asked, parts });
    const { body } = await ask(`GET ${jobs}/customer-information/1`, { who: 'operator' });
    expect(body).toEqual({
      ...{ kind: 'customer-information', requestId: 1, isOver: false, asked, statuses: [], files: [] },
    });
  });

  it('of customer information has its text for operators, until it is forgotten', async () => {
    const texts = { 10: '!', 0: 'Jane ', 2: 'Doe' };
    const expiresAt = '2026-05-21T00:00:00.000Z';
    await put(
      { kind: 'customer-information', requestId: 1 },
      { expiresAt, parts: { came: [[0, 10]], generatedAt: at, receivedAt, texts } },
    );
    const path = `GET ${jobs}/customer-information/1`;
    expect((await ask(path, { who: 'operator' })).body).toMatchObject({
      text: 'Jane Doe!',
      textIsCut: false,
      expiresAt,
    });
    expect((await ask(path, { who: 'viewer' })).text).not.toContain('Jane');
    expect((await ask(`GET ${jobs}`)).text).not.toContain('Jane');
    world.ports.clock.advance(15 * 60 * 60_000);
    expect(await ask(path)).toMatchObject({ status: 404, body: { code: 'job-unknown' } });
  });
});
