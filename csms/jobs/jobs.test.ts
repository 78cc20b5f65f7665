import { describe, expect, it } from 'vitest';
import { call } from '../../test/memory/call.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import type { Protocol } from '../ocpp/protocol.js';

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const received = '2026-01-02T03:04:05.000Z';
const answered = [3, 'm1', {}];

const statusesOf = (memory: Memory, job: string) => memory.jobs.items.get(`CP1/${job}`)?.statuses.map((s) => s.status);

/** By version and action: the job that a status is of, and one that means it goes on. */
const actions: [protocol: Protocol, action: string, payload: object, job: string][] = [
  ['ocpp1.6', 'FirmwareStatusNotification', { status: 'Downloading' }, 'firmware#'],
  ['ocpp1.6', 'DiagnosticsStatusNotification', { status: 'Uploading' }, 'diagnostics#'],
  ['ocpp1.6', 'SignedFirmwareStatusNotification', { status: 'SignatureVerified', requestId: 7 }, 'firmware#7'],
  ['ocpp1.6', 'LogStatusNotification', { status: 'Uploading', requestId: 7 }, 'log#7'],
  ...v2x.flatMap((protocol): typeof actions => [
    [protocol, 'FirmwareStatusNotification', { status: 'DownloadScheduled', requestId: 7 }, 'firmware#7'],
    [protocol, 'LogStatusNotification', { status: 'AcceptedCanceled', requestId: 0 }, 'log#0'],
    [
      protocol,
      'PublishFirmwareStatusNotification',
      { status: 'ChecksumVerified', requestId: 7 },
      'firmware-publishing#7',
    ],
  ]),
];

describe('4.4 Diagnostics-, 4.5 FirmwareStatusNotification; L01, L03, N01 of the whitepaper and 2.x', () => {
  it.each(actions)('%s %s: %j is kept as job %s, and told', async (protocol, action, payload, job) => {
    const memory = inMemory();
    expect(await call(memory, protocol, action, payload)).toEqual(answered);
    expect([...memory.jobs.items]).toEqual([
      [`CP1/${job}`, { statuses: [{ status: (payload as { status: string }).status, at: received }] }],
    ]);
    const [kind] = job.split('#');
    expect(memory.events.emitted).toMatchObject([
      { name: 'job-status', chargePointId: 'CP1', kind, ...payload, since: received, startedAt: received },
    ]);
  });

  it.each(actions)('%s %s: Idle is of no job', async (protocol, action) => {
    const memory = inMemory();
    expect(await call(memory, protocol, action, { status: 'Idle' })).toEqual(answered);
    expect([memory.jobs.items.size, memory.events.emitted]).toEqual([0, []]);
  });

  it.each(actions)('%s %s: told twice changes nothing, and is told again', async (protocol, action, payload) => {
    const memory = inMemory();
    await call(memory, protocol, action, payload, memory.clock.now());
    const once = structuredClone(memory.jobs.items);
    const receivedAt = memory.clock.now();
    memory.clock.advance(90_000);
    expect(await call(memory, protocol, action, payload, receivedAt)).toEqual(answered);
    expect(memory.jobs.items).toEqual(once);
    expect(memory.events.names()).toEqual(['job-status']);
    expect(memory.events.emitted).toHaveLength(2);
  });

  it.each(v2x)('%s L03.FR.04: where a published firmware is to be had is kept', async (protocol) => {
    const memory = inMemory();
    const told = { status: 'Published', requestId: 7, location: ['https://10.0.0.1/fw', 'ftp://10.0.0.1/fw'] };
    await call(memory, protocol, 'PublishFirmwareStatusNotification', told);
    const { requestId: _, ...status } = told;
    expect(memory.jobs.items.get('CP1/firmware-publishing#7')?.statuses).toEqual([{ ...status, at: received }]);
    expect(memory.events.emitted).toMatchObject([told]);
  });

  it('ocpp2.1: why it failed is kept', async () => {
    const memory = inMemory();
    const statusInfo = { reasonCode: 'NoSpace', additionalInfo: '12 MB are missing' };
    await call(memory, 'ocpp2.1', 'FirmwareStatusNotification', { status: 'DownloadFailed', requestId: 7, statusInfo });
    expect(memory.jobs.items.get('CP1/firmware#7')?.statuses).toMatchObject([{ statusInfo }]);
    expect(memory.events.emitted).toMatchObject([{ statusInfo }]);
  });
});

describe('a job', () => {
  async function tell(memory: Memory, status: string, seconds: number, requestId?: number) {
    const receivedAt = new Date(memory.clock.millis + seconds * 1_000);
    await call(
      memory,
      'ocpp2.0.1',
      'FirmwareStatusNotification',
      { status, ...(requestId && { requestId }) },
      receivedAt,
    );
  }

  it('has a history', async () => {
    const memory = inMemory();
    for (const [i, status] of ['Downloading', 'Downloaded', 'Installing', 'Installed'].entries()) {
      await tell(memory, status, i, 7);
    }
    expect(statusesOf(memory, 'firmware#7')).toEqual(['Downloading', 'Downloaded', 'Installing', 'Installed']);
  });

  it('is one of its number', async () => {
    const memory = inMemory();
    await tell(memory, 'Downloading', 0, 7);
    await tell(memory, 'Downloading', 1, 8);
    await tell(memory, 'Downloaded', 2, 7);
    expect([statusesOf(memory, 'firmware#7'), statusesOf(memory, 'firmware#8')]).toEqual([
      ['Downloading', 'Downloaded'],
      ['Downloading'],
    ]);
  });

  it('without a number begins anew with the first status of a new run', async () => {
    const memory = inMemory();
    const run = ['Downloading', 'Downloaded', 'Installing', 'Installed'];
    for (const [i, status] of [...run, ...run].entries()) await tell(memory, status, i);
    const starts = memory.events.emitted.map(({ startedAt }) => startedAt);
    expect(new Set(starts)).toEqual(new Set(['2026-01-02T03:04:05.000Z', '2026-01-02T03:04:09.000Z']));
  });

  it('is as its newest status says; one that comes late is kept in its place, and is no event', async () => {
    const memory = inMemory();
    await tell(memory, 'Downloading', 0, 7);
    await tell(memory, 'Installing', 2, 7);
    await tell(memory, 'Downloaded', 1, 7);
    expect(statusesOf(memory, 'firmware#7')).toEqual(['Downloading', 'Downloaded', 'Installing']);
    expect(memory.events.emitted.map(({ status }) => status)).toEqual(['Downloading', 'Installing']);
  });

  it('that says the same again has been so since it first did', async () => {
    const memory = inMemory();
    await tell(memory, 'Downloading', 0, 7);
    await tell(memory, 'Downloading', 60, 7);
    expect(memory.events.emitted.map(({ since }) => since)).toEqual([received, received]);
    expect(new Set(memory.events.emitted.map(({ id }) => id)).size).toBe(2);
  });

  it('whose event could not be told is told again', async () => {
    const memory = inMemory();
    const { emit } = memory.events;
    memory.events.emit = () => Promise.reject(new Error('throttled'));
    await expect(tell(memory, 'Downloading', 0, 7)).rejects.toThrow('throttled');
    memory.events.emit = emit;
    await tell(memory, 'Downloading', 0, 7);
    expect(memory.events.named('job-status')).toHaveLength(1);
  });
});
