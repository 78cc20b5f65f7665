import { beforeEach, expect, it } from 'vitest';
import { apiInMemory, furnish } from '../../test/memory/api.js';
import { segmentOf } from '../names.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
});

const ask: (typeof world)['ask'] = (...about) => world.ask(...about);
const names = async () => (await ask('GET /firmware')).body.items.map(({ name }: { name: string }) => name);

it.each(['wallbox-1.3.bin', 'a b/é.bin', '.hidden'])('%s is uploaded, listed, downloaded and deleted', async (name) => {
  const path = `/firmware/${segmentOf(name)}`;
  const uploading = await ask(`POST ${path}/upload`, { who: 'operator' });
  expect(uploading).toMatchObject({ status: 201, body: { name, expiresAt: '2026-05-20T11:00:00.000Z' } });
  expect(uploading.headers.get('location')).toBe(`/api/v1${path}`);
  expect(await names()).not.toContain(name);
  const { files } = world.ports;
  expect(files.request(uploading.body.url, 'PUT', Buffer.from('new')).status).toBe(200);
  expect(await names()).toContain(name);
  const { body } = await ask(`GET ${path}`, { who: 'operator' });
  expect(body).toMatchObject({ name, size: 3, expiresAt: '2026-05-20T10:15:00.000Z' });
  expect(files.request(body.url, 'GET').body.toString()).toBe('new');
  expect((await ask(`DELETE ${path}`, { who: 'operator' })).status).toBe(204);
  expect(await names()).toEqual(['wallbox-1.2.bin']);
});

it.each([
  ['GET /firmware/wallbox', 404, 'firmware-unknown'],
  ['DELETE /firmware/wallbox-1', 404, 'firmware-unknown'],
  [`POST /firmware/${'a'.repeat(101)}/upload`, 400, 'bad-parameter'],
  [`POST /firmware/${segmentOf('a\nb')}/upload`, 400, 'bad-parameter'],
  // A hundred characters, of which each is twelve in a URL.
  [`POST /firmware/${segmentOf('😀'.repeat(50))}/upload`, 400, 'bad-parameter'],
])('%s: %d %s', async (asked, status, code) => {
  expect(await ask(asked)).toMatchObject({ status, body: { code } });
  expect(await names()).toEqual(['wallbox-1.2.bin']);
});

it('a viewer is given no URL', async () => {
  for (const asked of [
    'GET /firmware/wallbox-1.2.bin',
    'POST /firmware/a/upload',
    'DELETE /firmware/wallbox-1.2.bin',
  ]) {
    expect((await ask(asked, { who: 'viewer' })).status).toBe(403);
  }
  expect((await ask('GET /firmware', { who: 'viewer' })).text).not.toContain('https://');
});
