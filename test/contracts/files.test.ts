import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { s3Files } from '../../aws/files.js';
import { firmwareKey, uploadKey } from '../../csms/files/keys.js';
import type { Files } from '../../csms/files/ports.js';
import { startMeter } from '../../local/meter.js';
import { type S3, startS3 } from '../../local/s3/index.js';
import { AwsError } from '../../local/service.js';
import { deployed, ManualClock } from '../../local/testing.js';
import { SettableClock } from '../memory/clock.js';
import { MemoryFiles } from '../memory/files.js';
import { atOnce } from '../memory/turn.js';

interface Subject {
  files: Files;
  now(): Date;
  elapse(ms: number): void;
  /** As a charge point uses a URL. */
  request(url: string, method: string, body?: Buffer): Promise<{ status: number; body: Buffer }>;
}

const hour = 60 * 60_000;
const day = 24 * hour;
let requests = 0;
const newKey = (chargePointId = 'CP1') => uploadKey({ chargePointId, kind: 'log', requestId: ++requests, name: 'log' });
const content = Buffer.from([0, 255, 13, 10]);

function contract(make: () => Promise<Subject>) {
  let subject: Subject;
  const inAnHour = () => new Date(subject.now().getTime() + hour);
  const uploadUrl = (key: string) => subject.files.uploadUrl({ key, expiresAt: inAnHour() });
  const downloadUrl = (key: string) => subject.files.downloadUrl({ key, expiresAt: inAnHour() });
  async function upload(key: string, body = content): Promise<void> {
    expect((await subject.request(await uploadUrl(key), 'PUT', body)).status).toBe(200);
  }
  beforeAll(async () => {
    subject = await make();
  });

  it('finds nothing where nothing was uploaded', async () => {
    const key = newKey();
    await uploadUrl(key);
    expect(await subject.files.find(key)).toBeUndefined();
  });

  it('finds what was uploaded, and gives it byte for byte', async () => {
    const key = newKey();
    await upload(key);
    const at = `${subject.now().toISOString().slice(0, 19)}.000Z`;
    expect(await subject.files.find(key)).toEqual({ size: 4, at });
    expect(await subject.request(await downloadUrl(key), 'GET')).toEqual({ status: 200, body: content });
  });

  it('keeps the second of two uploads', async () => {
    const key = newKey();
    await upload(key);
    await upload(key, Buffer.from('the second'));
    expect((await subject.request(await downloadUrl(key), 'GET')).body.toString()).toBe('the second');
  });

  it('takes an empty file', async () => {
    const key = newKey();
    await upload(key, Buffer.alloc(0));
    expect(await subject.files.find(key)).toMatchObject({ size: 0 });
  });

  it.each(['CP:1_a-b', '../CP2', 'a b+c&d=e?f#g', "ü!'()*"])('keeps apart the files of %s', async (chargePointId) => {
    const key = newKey(chargePointId);
    await upload(key);
    expect(await subject.files.find(key)).toMatchObject({ size: 4 });
    expect(await subject.files.find(newKey(chargePointId))).toBeUndefined();
  });

  it('gives a URL for one method only', async () => {
    const key = newKey();
    await upload(key);
    expect((await subject.request(await uploadUrl(key), 'GET')).status).toBe(403);
    expect((await subject.request(await downloadUrl(key), 'PUT', content)).status).toBe(403);
  });

  it('gives a URL that is used again, and ends in time', async () => {
    const key = firmwareKey(`wallbox-${++requests}.bin`);
    await upload(key);
    const url = await downloadUrl(key);
    for (const status of [200, 200]) expect((await subject.request(url, 'GET')).status).toBe(status);
    subject.elapse(hour + 1_000);
    expect((await subject.request(url, 'GET')).status).toBe(403);
  });

  it.each([
    ['has expired', -1_000],
    ['expires at once', 0],
    ['would be good for more than seven days', 7 * day + 1_000],
  ])('refuses to sign what %s', async (_what, ms) => {
    const file = { key: newKey(), expiresAt: new Date(subject.now().getTime() + ms) };
    await expect(subject.files.uploadUrl(file)).rejects.toThrow(RangeError);
    await expect(subject.files.downloadUrl(file)).rejects.toThrow(RangeError);
  });

  it('signs for seven days', async () => {
    const expiresAt = new Date(subject.now().getTime() + 7 * day);
    const key = newKey();
    const url = await subject.files.uploadUrl({ key, expiresAt });
    expect((await subject.request(url, 'PUT', content)).status).toBe(200);
  });
}

describe('Files in memory', () =>
  contract(async () => {
    const clock = new SettableClock();
    const files = new MemoryFiles(atOnce, clock);
    return {
      files,
      now: () => clock.now(),
      elapse: (ms) => clock.advance(ms),
      request: async (url, method, body) => files.request(url, method, body),
    };
  }));

describe('Files in S3', () => {
  const clock = new ManualClock();
  const now = { now: () => new Date(clock.now()) };
  let s3: S3;
  let files: Files;
  /** What S3 answers instead, so often. */
  let failures = 0;
  let mayLook = true;
  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'somebody');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'embedded');
    vi.stubEnv('AWS_SESSION_TOKEN', 'embedded'.repeat(100));
    s3 = await startS3({
      ...{ clock, meter: startMeter(), region: 'eu-west-1', host: '127.0.0.1', port: 0 },
      authorize() {
        if (!mayLook) throw new AwsError('AccessDeniedException', 'no', 403);
      },
      faulty: ({ handle }) => ({
        async handle(request) {
          if (failures-- > 0) throw new Error('on purpose');
          return handle(request);
        },
      }),
    });
    s3.createBucket(deployed({}, { ref: 'files' }));
    files = s3Files(`${s3.url}/files`, 'eu-west-1', now);
  });
  beforeEach(() => {
    failures = 0;
    mayLook = true;
  });
  afterAll(() => s3.close());

  contract(async () => ({
    ...{ files, now: now.now },
    elapse: (ms) => clock.skip(ms),
    async request(url, method, body) {
      const response = await fetch(url, { method, ...(body && { body: new Uint8Array(body) }) });
      return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
    },
  }));

  it('asks again when S3 has a fault, three times in all', async () => {
    failures = 2;
    expect(await files.find(newKey())).toBeUndefined();
    failures = 3;
    await expect(files.find(newKey())).rejects.toThrow('S3 answered 500');
  });

  it('says so when it may not look', async () => {
    mayLook = false;
    await expect(files.find('uploads/any')).rejects.toThrow('S3 answered 403 when asked for uploads/any.');
  });

  it('a URL that a role signs is longer than the 512 characters that OCPP 2.0.1 has for it', async () => {
    const { length } = await files.uploadUrl({ key: newKey(), expiresAt: new Date(clock.now() + hour) });
    expect(length).toBeGreaterThan(512);
  });

  it('a charge point that appends a name to the URL of an upload is refused', async () => {
    const url = await files.uploadUrl({ key: newKey(), expiresAt: new Date(clock.now() + hour) });
    const response = await fetch(`${url}/diagnostics.log`, { method: 'PUT', body: 'x' });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
  });
});
