import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { edgeFileUrls } from '../../aws/file-urls.js';
import { s3Files } from '../../aws/files.js';
import { firmwareKey, uploadFolder } from '../../csms/files/keys.js';
import { keyIn } from '../../csms/files/locations.js';
import type { Files, FileUrls } from '../../csms/files/ports.js';
import { SettableClock } from '../memory/clock.js';
import { MemoryFiles } from '../memory/files.js';
import { atOnce } from '../memory/turn.js';
import { type EdgeOfFiles, openEdgeOfFiles } from './edge-of-files.js';

interface Subject {
  files: Files;
  urls: FileUrls;
  now(): Date;
  elapse(ms: number): void;
  /** As a charge point uses a URL. */
  request(url: string, method: string, body?: Buffer): Promise<{ status: number; body: Buffer }>;
}

const hour = 60 * 60_000;
const day = 24 * hour;
let requests = 0;
const newFolder = (chargePointId = 'CP1') => uploadFolder({ chargePointId, kind: 'log', requestId: ++requests });
const content = Buffer.from([0, 255, 13, 10]);

function contract(make: () => Promise<Subject>) {
  let subject: Subject;
  const inAnHour = () => new Date(subject.now().getTime() + hour);
  const uploadUrl = (key: string) => subject.urls.uploadUrl({ key, expiresAt: inAnHour() });
  const downloadUrl = (key: string) => subject.urls.downloadUrl({ key, expiresAt: inAnHour() });
  const put = async (url: string, body = content) => (await subject.request(url, 'PUT', body)).status;
  beforeAll(async () => {
    subject = await make();
  });

  it('finds nothing where nothing was uploaded', async () => {
    const folder = newFolder();
    uploadUrl(folder);
    expect(await subject.files.find(folder)).toEqual([]);
    expect((await subject.request(downloadUrl(`${folder}file`), 'GET')).status).toBe(403);
  });

  it('finds what was uploaded, and gives it byte for byte', async () => {
    const folder = newFolder();
    expect(await put(uploadUrl(folder))).toBe(200);
    const at = `${subject.now().toISOString().slice(0, 19)}.000Z`;
    expect(await subject.files.find(folder)).toEqual([{ key: `${folder}file`, size: 4, at }]);
    const url = downloadUrl(`${folder}file`);
    expect(await subject.request(url, 'GET')).toEqual({ status: 200, body: content });
    expect(await subject.request(url, 'HEAD')).toEqual({ status: 200, body: Buffer.alloc(0) });
  });

  it.each(['log.zip', '/log.zip'])('takes a file by the name that is appended: %s', async (name) => {
    const folder = newFolder();
    expect(await put(`${uploadUrl(folder)}${name}`)).toBe(200);
    expect(await subject.files.find(folder)).toMatchObject([{ key: `${folder}log.zip` }]);
  });

  it('keeps files of different names, and the second of two with the same, in the order of their names', async () => {
    const folder = newFolder();
    for (const name of ['b', 'a', 'b']) await put(`${uploadUrl(folder)}${name}`, Buffer.from(`${name} ${++requests}`));
    expect((await subject.files.find(folder)).map(({ key }) => key)).toEqual([`${folder}a`, `${folder}b`]);
    expect((await subject.request(downloadUrl(`${folder}b`), 'GET')).body.toString()).toBe(`b ${requests}`);
  });

  it('takes an empty file', async () => {
    const folder = newFolder();
    await put(uploadUrl(folder), Buffer.alloc(0));
    expect(await subject.files.find(folder)).toMatchObject([{ size: 0 }]);
  });

  it.each(['CP:1_a-b', '../CP2', 'a b+c&d=e?f#g', "ü!'()*~"])('keeps apart the files of %s', async (chargePointId) => {
    const folder = newFolder(chargePointId);
    expect(await put(uploadUrl(folder))).toBe(200);
    expect(await subject.files.find(folder)).toMatchObject([{ key: `${folder}file` }]);
    expect(await subject.files.find(newFolder(chargePointId))).toEqual([]);
  });

  it('gives a URL for one direction only', async () => {
    const key = firmwareKey(`wallbox-${++requests}.bin`);
    expect(await put(uploadUrl(key))).toBe(200);
    for (const method of ['GET', 'HEAD', 'POST', 'DELETE']) {
      expect((await subject.request(uploadUrl(key), method)).status).toBe(403);
    }
    for (const method of ['PUT', 'POST', 'DELETE']) {
      expect((await subject.request(downloadUrl(key), method)).status).toBe(403);
    }
  });

  it('removes one file, and takes one that is not there for removed', async () => {
    const [gone, kept] = [firmwareKey(`to go:${++requests}`), firmwareKey(`to go:${++requests}`)];
    for (const key of [gone, kept]) await put(uploadUrl(key));
    for (const _ of [1, 2]) await subject.files.remove(gone);
    expect(await subject.files.find(gone)).toEqual([]);
    expect(await subject.files.find(kept)).toMatchObject([{ key: kept }]);
  });

  it('takes no name behind firmware', async () => {
    const key = firmwareKey(`wallbox-${++requests}.bin`);
    expect(await put(`${uploadUrl(key)}/other`)).toBe(403);
    expect(await put(`${uploadUrl(key)}2`)).toBe(403);
  });

  it('gives a URL that is used again, and ends in time', async () => {
    const key = firmwareKey(`wallbox-${++requests}.bin`);
    await put(uploadUrl(key));
    const url = downloadUrl(key);
    for (const status of [200, 200]) expect((await subject.request(url, 'GET')).status).toBe(status);
    subject.elapse(hour);
    expect((await subject.request(url, 'GET')).status).toBe(403);
  });

  it.each([
    ['has expired', -1_000],
    ['expires at once', 0],
    ['would be good for more than thirty days', 30 * day + 1_000],
  ])('refuses to sign what %s', (_what, ms) => {
    const file = { key: newFolder(), expiresAt: new Date(subject.now().getTime() + ms) };
    expect(() => subject.urls.uploadUrl(file)).toThrow(RangeError);
    expect(() => subject.urls.downloadUrl(file)).toThrow(RangeError);
  });

  it('signs for thirty days', async () => {
    const expiresAt = new Date(subject.now().getTime() + 30 * day);
    expect(await put(subject.urls.uploadUrl({ key: newFolder(), expiresAt }))).toBe(200);
  });

  it('gives URLs that tell what they are for', () => {
    const folder = newFolder('CP:1');
    expect(keyIn(uploadUrl(folder))).toBe(folder);
    expect(keyIn(downloadUrl(`${folder}log.zip`))).toBe(`${folder}log.zip`);
  });

  it('refuses a URL that OCPP has no room for', () => {
    expect(uploadUrl(firmwareKey('x'.repeat(300))).length).toBeLessThanOrEqual(512);
    expect(() => uploadUrl(firmwareKey('x'.repeat(500)))).toThrow('OCPP has 512 characters for a URL');
  });
}

describe('Files in memory', () =>
  contract(async () => {
    const clock = new SettableClock();
    const files = new MemoryFiles(atOnce, clock);
    return {
      ...{ files, urls: files },
      now: () => clock.now(),
      elapse: (ms) => clock.advance(ms),
      request: async (url, method, body) => files.request(url, method, body),
    };
  }));

describe('Files behind the edge', () => {
  let edge: EdgeOfFiles;
  let files: Files;
  let urls: FileUrls;
  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'somebody');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'embedded');
    edge = await openEdgeOfFiles();
    files = s3Files(edge.bucketUrl, 'us-east-1', edge.clock);
    urls = edgeFileUrls(edge.url, edge.secret, edge.clock);
  });
  beforeEach(() => {
    edge.failures = 0;
    edge.mayList = true;
  });
  afterAll(() => edge.close());

  const now = () => edge.clock.now();
  const use = async (url: string, method: string, body?: Buffer, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { method, headers, ...(body && { body: new Uint8Array(body) }) });
    return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
  };
  contract(async () => ({ files, urls, now, elapse: (ms) => edge.elapse(ms), request: use }));

  const uploadUrl = (key: string) => urls.uploadUrl({ key, expiresAt: new Date(now().getTime() + hour) });

  it('asks again when S3 has a fault, three times in all', async () => {
    edge.failures = 2;
    expect(await files.find(newFolder())).toEqual([]);
    edge.failures = 3;
    await expect(files.find(newFolder())).rejects.toThrow('S3 answered 500');
  });

  it('says so when it may not look', async () => {
    edge.mayList = false;
    await expect(files.find('uploads/any')).rejects.toThrow('S3 answered 403 when asked for GET uploads/any.');
  });

  it('finds the first thousand', async () => {
    const folder = newFolder();
    const names = Array.from({ length: 1_001 }, (_, i) => String(i).padStart(4, '0'));
    await Promise.all(names.map((name) => edge.put(`${folder}${name}`, content)));
    expect((await files.find(folder)).at(-1)?.key).toBe(`${folder}0999`);
  });

  it('finds what somebody else put there, by its name', async () => {
    await edge.put('firmware/a b&c+d.bin', content);
    expect(await files.find('firmware/a')).toMatchObject([{ key: 'firmware/a b&c+d.bin' }]);
    await files.remove('firmware/a b&c+d.bin');
    expect(await files.find('firmware/a')).toEqual([]);
  });

  it.each([
    ['nothing', '', 'file'],
    ['no slash', undefined, 'file'],
    ['a slash', '/', 'file'],
    ['a path', '/var/log/all.log', 'var_log_all.log'],
    ['a way out', '%2e%2e%2fx', '_._x'],
    ['a name with more than letters', 'Log%20von%20S%C3%BCd&x=1.txt', 'Log_von_S_d_x_1.txt'],
    ['a query', 'a.log?partNumber=1&uploadId=2', 'a.log'],
    ['a long name', `${'x'.repeat(200)}.tar.gz`, `${'x'.repeat(93)}.tar.gz`],
  ])('names a file with %s behind its URL', async (_what, appended, name) => {
    const folder = newFolder();
    const url = uploadUrl(folder);
    const target = appended === undefined ? url.slice(0, -1) : `${url}${appended}`;
    expect(await edge.raw(target, 'PUT', content)).toBe(200);
    expect(await files.find(folder)).toMatchObject([{ key: `${folder}${name}` }]);
  });

  it('takes a URL that a charge point encoded more than it needs', async () => {
    const folder = newFolder('CP:1');
    expect(await edge.raw(uploadUrl(folder).replace('CP:1', 'CP%3A1'), 'PUT', content)).toBe(200);
    expect(await files.find(folder)).toMatchObject([{ key: `${folder}file` }]);
  });

  const changed: [string, (url: string) => string][] = [
    ["another charge point's key", (url) => url.replace('/CP1/', '/CP2/')],
    ['another request', (url) => url.replace(/\d+\/$/, '999999/')],
    ['another kind', (url) => url.replace('/log/', '/diagnostics/')],
    ['firmware', (url) => url.replace(/\/uploads\/.*/, '/firmware/x')],
    ['a folder above', (url) => url.replace(/\d+\/$/, '')],
    ['a longer life', (url) => url.replace(/\/(\d+)-/, (_, end) => `/${Number(end) + 1}-`)],
    ['another method', (url) => url.replace('-PUT-', '-GET-')],
    ['a method that there is none of', (url) => url.replace('-PUT-', '-DELETE-')],
    ['another signature', (url) => url.replace(/-[\w-]{43}\//, `-${'A'.repeat(43)}/`)],
    ['a shorter signature', (url) => url.replace(/.(?=\/uploads)/, '')],
    ['no signature', (url) => url.replace(/\d+-PUT-[\w-]{43}\//, '')],
    ['no percent-encoding', (url) => `${url}%zz`],
  ];
  it.each(changed)('refuses %s', async (_what, change) => {
    const url = uploadUrl(newFolder());
    expect(change(url)).not.toBe(url);
    expect(await edge.raw(change(url), 'PUT', content)).toBe(403);
  });

  it("refuses another stage's signature", async () => {
    const others = edgeFileUrls(edge.url, 'x'.repeat(40), edge.clock);
    const url = others.uploadUrl({ key: newFolder(), expiresAt: new Date(now().getTime() + hour) });
    expect((await use(url, 'PUT', content)).status).toBe(403);
  });

  it("takes no order to S3 in a client's headers", async () => {
    const folder = newFolder();
    const secret = firmwareKey(`secret-${++requests}`);
    await edge.put(secret, Buffer.from('secret'));
    const headers = {
      'x-amz-copy-source': `/${edge.bucket}/${secret}`,
      'x-amz-acl': 'public-read',
      authorization: 'x',
    };
    expect((await use(uploadUrl(folder), 'PUT', content, headers)).status).toBe(200);
    expect(await files.find(folder)).toMatchObject([{ size: 4 }]);
  });

  it('gives a part of a file, so that a download that broke off can go on', async () => {
    const key = firmwareKey(`part-${++requests}`);
    await edge.put(key, Buffer.from('abcdef'));
    const url = urls.downloadUrl({ key, expiresAt: new Date(now().getTime() + hour) });
    expect(await use(url, 'GET', undefined, { range: 'bytes=4-' })).toEqual({ status: 206, body: Buffer.from('ef') });
  });

  it('has URLs of at most 512 characters for the longest key, whatever the name of the edge’s host', () => {
    const chargePointId = 'X'.repeat(128);
    const longest = uploadFolder({ chargePointId, kind: 'diagnostics', requestId: '01JGZ3N7Q8XK5R9T2V4W6Y8Z0B' });
    const host = `${'label.'.repeat(20)}example.com`;
    const { uploadUrl: sign } = edgeFileUrls(`https://${host}`, edge.secret, edge.clock);
    const url = sign({ key: longest, expiresAt: new Date(now().getTime() + hour) });
    expect(`${url}${'x'.repeat(100)}`.length).toBeLessThanOrEqual(512);
  });
});
