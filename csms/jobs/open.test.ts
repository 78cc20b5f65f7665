import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { call } from '../../test/memory/call.js';
import { uploadFolder } from '../files/keys.js';
import type { Protocol } from '../ocpp/protocol.js';
import { ofRequest } from './statuses.js';

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const location = 'https://files.acme.com/some/where?token=secret';
const seen = 'https://files.acme.com/some/where';
const retrieveDateTime = '2026-02-01T00:00:00Z';
const log = (requestId: number) => ({ requestId, logType: 'DiagnosticsLog', log: { remoteLocation: location } });
const firmware = (requestId: number) => ({ requestId, firmware: { location, retrieveDateTime } });
const signed = (requestId: number) => ({
  ...{ requestId, firmware: { location, retrieveDateTime, signingCertificate: 'PEM', signature: 'abc' } },
});

/** By version and action: a request for the job with a number, and how the charge point tells of it. */
const numbered: [protocol: Protocol, action: string, request: (id: number) => object, kind: string, told: string][] = [
  ['ocpp1.6', 'GetLog', log, 'log', 'LogStatusNotification'],
  ['ocpp1.6', 'SignedUpdateFirmware', signed, 'firmware', 'SignedFirmwareStatusNotification'],
  ...v2x.flatMap((protocol): typeof numbered => [
    [protocol, 'GetLog', log, 'log', 'LogStatusNotification'],
    [protocol, 'UpdateFirmware', firmware, 'firmware', 'FirmwareStatusNotification'],
  ]),
];
/** By action of 1.6: one without a number. */
const unnumbered = [
  ['UpdateFirmware', { location, retrieveDate: retrieveDateTime }, 'firmware', 'FirmwareStatusNotification'],
  ['GetDiagnostics', { location }, 'diagnostics', 'DiagnosticsStatusNotification'],
] as const;

const begun = { log: 'Uploading', firmware: 'Downloading', diagnostics: 'Uploading' } as Record<string, string>;
const done = { log: 'Uploaded', firmware: 'Installed', diagnostics: 'Uploaded' } as Record<string, string>;

async function connected(protocol: Protocol) {
  const all = await connectedTo(protocol);
  const { memory } = all;
  return {
    ...all,
    job: (name: string) => memory.jobs.items.get(`CP1/${name}`),
    statuses: (name: string) => memory.jobs.items.get(`CP1/${name}`)?.statuses.map(({ status }) => status),
    /** The last that was said since it was asked for. */
    last: (name: string) => ofRequest(memory.jobs.items.get(`CP1/${name}`) ?? { statuses: [] }).at(-1)?.status,
    tell: (action: string, status: string, requestId?: number) =>
      call(memory, protocol, action, { status, ...(requestId !== undefined && { requestId }) }),
  };
}

describe.each(numbered)('%s %s L01, N01', (protocol, action, request, kind, notification) => {
  it('that is accepted is a job, which knows what it is for and where its file goes, but not the way in', async () => {
    const { told, job, memory } = await connected(protocol);
    const at = memory.clock.now().toISOString();
    expect(await told(action, request(7), { status: 'Accepted' })).toBe('accepted');
    expect(job(`${kind}#7`)).toEqual({ statuses: [], asked: { at, commandId: 'ask-1', location: seen } });
  });

  it('merges with what the charge point said of it, before its answer or after', async () => {
    const { ask, reply, tell, job, statuses } = await connected(protocol);
    const id = await ask(action, request(7));
    await tell(notification, begun[kind] ?? '', 7);
    await reply(id, { status: 'Accepted' }, 1);
    await tell(notification, done[kind] ?? '', 7);
    expect(statuses(`${kind}#7`)).toEqual([begun[kind], done[kind]]);
    expect(job(`${kind}#7`)?.asked?.commandId).toBe('ask-1');
  });

  it('that is rejected is none', async () => {
    const { told, memory } = await connected(protocol);
    expect(await told(action, request(7), { status: 'Rejected' })).toBe('rejected');
    expect(memory.jobs.items.size).toBe(0);
  });

  it('AcceptedCanceled: the former is given up for it, and that is told', async () => {
    const { told, tell, statuses, memory } = await connected(protocol);
    await told(action, request(7), { status: 'Accepted' });
    await tell(notification, begun[kind] ?? '', 7);
    expect(await told(action, request(8), { status: 'AcceptedCanceled' }, 1)).toBe('accepted');
    expect(statuses(`${kind}#7`)).toEqual([begun[kind], 'AcceptedCanceled']);
    expect(statuses(`${kind}#8`)).toEqual([]);
    expect(memory.events.named('job-status').at(-1)).toMatchObject({ requestId: 7, status: 'AcceptedCanceled' });
  });

  it('AcceptedCanceled: a former that was done by then stays done', async () => {
    const { told, tell, statuses } = await connected(protocol);
    await told(action, request(7), { status: 'Accepted' });
    await tell(notification, done[kind] ?? '', 7);
    await told(action, request(8), { status: 'AcceptedCanceled' }, 1);
    expect(statuses(`${kind}#7`)).toEqual([done[kind]]);
  });

  it('leaves the same when its answer is told twice, also after the next one', async () => {
    const { told, reply, memory } = await connected(protocol);
    await told(action, request(7), { status: 'Accepted' });
    await told(action, request(8), { status: 'AcceptedCanceled' }, 1);
    const once = structuredClone(memory.jobs.items);
    await reply('ask-2', { status: 'AcceptedCanceled' }, 1);
    await reply('ask-1', { status: 'Accepted' }, 1);
    expect(memory.jobs.items).toEqual(once);
  });
});

describe.each(unnumbered)('1.6 %s', (action, request, kind, notification) => {
  it('is the charge point’s job of its kind, until the next', async () => {
    const { told, tell, job, statuses, memory } = await connected('ocpp1.6');
    const at = memory.clock.now().toISOString();
    expect(await told(action, request, {})).toBe('accepted');
    expect(job(`${kind}#`)).toEqual({ statuses: [], asked: { at, commandId: 'ask-1', location: seen } });
    await tell(notification, begun[kind] ?? '');
    await told(action, request, {}, 1);
    expect([job(`${kind}#`)?.asked?.commandId, statuses(`${kind}#`)]).toEqual(['ask-2', [begun[kind]]]);
  });

  it('that was done says nothing of the next: it is not over, and has a run of its own', async () => {
    const { told, tell, last, memory } = await connected('ocpp1.6');
    await told(action, request, {});
    await tell(notification, done[kind] ?? '');
    expect(last(`${kind}#`)).toBe(done[kind]);
    memory.clock.advance(1_000);
    await told(action, request, {}, 1);
    expect(last(`${kind}#`)).toBeUndefined();
    await tell(notification, done[kind] ?? '');
    expect(last(`${kind}#`)).toBe(done[kind]);
    const at = memory.clock.now().toISOString();
    expect(memory.events.named('job-status').at(-1)).toMatchObject({ since: at, startedAt: at });
  });

  it('is as far as was said since it was asked for, though a status of before comes late', async () => {
    const { told, last, memory } = await connected('ocpp1.6');
    await told(action, request, {});
    const receivedAt = memory.clock.now();
    memory.clock.advance(1_000);
    await told(action, request, {}, 1);
    await call(memory, 'ocpp1.6', notification, { status: done[kind] }, receivedAt);
    expect(last(`${kind}#`)).toBeUndefined();
    expect(memory.events.named('job-status')).toEqual([]);
  });

  it('that is answered late doesn’t replace the next', async () => {
    const { told, reply, job, memory } = await connected('ocpp1.6');
    await told(action, request, {});
    memory.clock.advance(1_000);
    await told(action, request, {});
    await reply('ask-1', {}, 1);
    expect(job(`${kind}#`)?.asked?.commandId).toBe('ask-2');
  });
});

it('1.6 5.9, N01: what the charge point calls the file is kept', async () => {
  const { told, job } = await connected('ocpp1.6');
  await told('GetDiagnostics', { location }, { fileName: 'diag.zip' });
  await told('GetLog', log(7), { status: 'Accepted', filename: 'log.zip' });
  expect([job('diagnostics#')?.asked?.fileName, job('log#7')?.asked?.fileName]).toEqual(['diag.zip', 'log.zip']);
});

it('a file of the stage’s own is known by its key', async () => {
  const { told, job } = await connected('ocpp1.6');
  const file = uploadFolder({ chargePointId: 'CP1', kind: 'diagnostics', requestId: 'ask-1' });
  await told('GetDiagnostics', { location: `https://edge/files/1767323045-PUT-${'x'.repeat(43)}/${file}` }, {});
  expect(job('diagnostics#')?.asked).toMatchObject({ file, location: `https://edge/files/${file}` });
});

it.each(['InvalidCertificate', 'RevokedCertificate'])('L01.FR.02, FR.03 %s: there is no update', async (status) => {
  for (const [protocol, action] of [
    ['ocpp1.6', 'SignedUpdateFirmware'],
    ['ocpp2.0.1', 'UpdateFirmware'],
    ['ocpp2.1', 'UpdateFirmware'],
  ] as const) {
    const { told, memory } = await connected(protocol);
    expect(await told(action, signed(7), { status })).toBe('rejected');
    expect(memory.jobs.items.size).toBe(0);
  }
});

describe.each(v2x)('%s L03, L04 a firmware for others', (protocol) => {
  const publish = { location, checksum: 'c0ffee', requestId: 7 };
  const job = 'firmware-publishing#7';

  it('is published', async () => {
    const { told, tell, statuses, memory } = await connected(protocol);
    expect(await told('PublishFirmware', publish, { status: 'Accepted' })).toBe('accepted');
    await tell('PublishFirmwareStatusNotification', 'Downloading', 7);
    expect(statuses(job)).toEqual(['Downloading']);
    expect(await memory.inventory.list('CP1', 'published-firmware')).toMatchObject([{ key: 'c0ffee' }]);
  });

  it('is not, when that is rejected', async () => {
    const { told, memory } = await connected(protocol);
    expect(await told('PublishFirmware', publish, { status: 'Rejected' })).toBe('rejected');
    expect(memory.jobs.items.size).toBe(0);
  });

  it.each([
    ['Unpublished', 'accepted', ['Downloading', 'Unpublished']],
    ['NoFirmware', 'rejected', ['Downloading', 'Unpublished']],
    ['DownloadOngoing', 'rejected', ['Downloading']],
  ])('UnpublishFirmware: %s', async (status, verdict, expected) => {
    const { told, tell, statuses, memory } = await connected(protocol);
    await told('PublishFirmware', publish, { status: 'Accepted' });
    await tell('PublishFirmwareStatusNotification', 'Downloading', 7);
    expect(await told('UnpublishFirmware', { checksum: 'c0ffee' }, { status }, 1)).toBe(verdict);
    expect(statuses(job)).toEqual(expected);
    const left = await memory.inventory.list('CP1', 'published-firmware');
    expect(left).toHaveLength(status === 'DownloadOngoing' ? 1 : 0);
  });

  it('that was published again is not unpublished by an answer that is told late', async () => {
    const { told, reply, statuses } = await connected(protocol);
    await told('PublishFirmware', publish, { status: 'Accepted' });
    await told('UnpublishFirmware', { checksum: 'c0ffee' }, { status: 'Unpublished' }, 1);
    await told('PublishFirmware', { ...publish, requestId: 8 }, { status: 'Accepted' }, 1);
    await reply('ask-2', { status: 'Unpublished' }, 1);
    expect(statuses('firmware-publishing#8')).toEqual([]);
  });
});
