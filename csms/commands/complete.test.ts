import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { type Protocol, protocols } from '../ocpp/protocol.js';
import { validateCommand } from '../ocpp/validate.js';
import { blankTables } from './blanks.js';
import { complete, onTrial } from './complete.js';

const week = 7 * 24 * 60 * 60_000;
const schedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] };
const profile = { stackLevel: 0, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative' };
const profile16 = { ...profile, chargingSchedule: schedule };
const profile2x = { ...profile, chargingSchedule: [{ id: 1, ...schedule }] };
const idToken = { idToken: 'TAG', type: 'ISO14443' };
const expiryDateTime = '2026-02-01T00:00:00Z';
const certified = { signingCertificate: 'PEM', signature: 'abc' };

/** By version and action: a payload that lacks all that may be left out, and nothing else. */
const v2x: Record<string, object> = {
  CustomerInformation: { report: true, clear: false },
  GetBaseReport: { reportBase: 'FullInventory' },
  GetChargingProfiles: { chargingProfile: {} },
  GetDisplayMessages: {},
  GetLog: { logType: 'DiagnosticsLog' },
  GetMonitoringReport: {},
  GetReport: {},
  PublishFirmware: { checksum: 'c0ffee' },
  RequestStartTransaction: { idToken, chargingProfile: profile2x },
  ReserveNow: { expiryDateTime, idToken },
  SendLocalList: { updateType: 'Full' },
  SetChargingProfile: { evseId: 1, chargingProfile: profile2x },
  SetDisplayMessage: { message: { priority: 'NormalCycle', message: { format: 'UTF8', content: 'Hello' } } },
  UpdateFirmware: {},
};
const incomplete: Record<Protocol, Record<string, object>> = {
  'ocpp1.6': {
    GetDiagnostics: {},
    GetLog: { logType: 'SecurityLog' },
    RemoteStartTransaction: { idTag: 'TAG', chargingProfile: profile16 },
    ReserveNow: { connectorId: 1, expiryDate: expiryDateTime, idTag: 'TAG' },
    SendLocalList: { updateType: 'Full' },
    SetChargingProfile: { connectorId: 1, csChargingProfiles: profile16 },
    SignedUpdateFirmware: { firmware: certified },
    UpdateFirmware: {},
  },
  'ocpp2.0.1': v2x,
  'ocpp2.1': {
    ...v2x,
    GetDERControl: {},
    RequestBatterySwap: { idToken },
    SetDERControl: {
      isDefault: true,
      controlType: 'Gradients',
      gradient: { priority: 1, gradient: 10, softGradient: 20 },
    },
  },
};
const all = protocols.flatMap((protocol) =>
  Object.entries(incomplete[protocol]).map(([action, payload]) => [protocol, action, payload] as const),
);

const completed = (memory: Memory, protocol: Protocol, action: string, payload: unknown, more: object = {}) =>
  complete({ chargePointId: 'CP1', commandId: 'c1', action, payload, firmware: 'wallbox.bin', ...more }, protocol, {
    ...memory,
    fileUrls: memory.files,
  }) as Promise<Record<string, unknown>>;

describe('what the sender of a command may leave out', () => {
  it.each(protocols)('%s: each action that has such is tested', (protocol) => {
    expect(Object.keys(incomplete[protocol])).toEqual(Object.keys(blankTables[protocol]));
  });

  it.each(all)('%s %s: is filled in, and then it is what the schema asks for', async (protocol, action, payload) => {
    const result = await completed(inMemory(), protocol, action, payload);
    await expect(validateCommand(protocol, action, result)).resolves.toMatchObject(payload);
  });

  it.each(all)('%s %s: nothing is changed of what the sender says', async (protocol, action, payload) => {
    const memory = inMemory();
    const once = await completed(memory, protocol, action, payload);
    expect(await completed(memory, protocol, action, once, { commandId: 'c2', firmware: 'other.bin' })).toEqual(once);
    expect(payload).not.toBe(once);
  });

  it.each(all)('%s %s: the same command gets the same again', async (protocol, action, payload) => {
    const memory = inMemory();
    expect(await completed(memory, protocol, action, payload)).toEqual(
      await completed(memory, protocol, action, payload),
    );
  });

  it.each([null, 7, 'text', [], { csChargingProfiles: 7 }, { csChargingProfiles: null }])(
    'of %j nothing is made',
    async (payload) => {
      expect(await completed(inMemory(), 'ocpp1.6', 'SetChargingProfile', payload)).toEqual(payload);
    },
  );

  it('actions without such, and those that there are none of, are left alone', async () => {
    for (const action of ['Reset', 'Nonsense', 'constructor']) {
      expect(await completed(inMemory(), 'ocpp2.0.1', action, {})).toEqual({});
    }
  });

  it('a profile for a remote start is the sender’s wish', async () => {
    expect(await completed(inMemory(), 'ocpp1.6', 'RemoteStartTransaction', { idTag: 'TAG' })).toEqual({
      idTag: 'TAG',
    });
  });
});

describe('on trial', () => {
  it.each(all)('%s %s: is what it would be, and nothing is claimed', async (protocol, action, payload) => {
    const memory = inMemory();
    const ports = { ...memory, fileUrls: memory.files };
    const call = { chargePointId: 'CP1', commandId: 'c1', action, payload, firmware: 'wallbox.bin' };
    const tried = await complete(call, protocol, onTrial(ports));
    expect(memory.inventory.items.size).toBe(0);
    expect(await complete(call, protocol, ports)).toEqual(tried);
  });
});

describe('numbers', () => {
  const numbers = [
    ['ocpp1.6', 'ReserveNow', 'reservationId'],
    ['ocpp2.0.1', 'ReserveNow', 'id'],
    ['ocpp2.1', 'RequestStartTransaction', 'remoteStartId'],
    ['ocpp2.0.1', 'GetReport', 'requestId'],
    ['ocpp1.6', 'SendLocalList', 'listVersion'],
  ] as const;

  it.each(numbers)('%s %s: fifty at once get fifty, of 31 bits', async (protocol, action, member) => {
    const memory = inMemory();
    const commands = Array.from({ length: 50 }, (_, i) =>
      completed(memory, protocol, action, incomplete[protocol][action], { commandId: `c${i}` }),
    );
    const got = (await Promise.all(commands)).map((payload) => payload[member] as number);
    expect(new Set(got).size).toBe(50);
    expect(got.every((number) => Number.isInteger(number) && number > 0 && number < 2 ** 31)).toBe(true);
  });

  it('two that would get the same get two', async () => {
    const memory = inMemory();
    const payload = incomplete['ocpp1.6'].ReserveNow;
    const { reservationId } = await completed(memory, 'ocpp1.6', 'ReserveNow', payload);
    const { inventory } = memory;
    const other = inMemory();
    const item = await inventory.find('CP1', 'number', `reservation#${reservationId}`);
    if (item) await other.inventory.put({ ...item, detail: { commandId: 'other' } });
    expect((await completed(other, 'ocpp1.6', 'ReserveNow', payload)).reservationId).not.toBe(reservationId);
  });

  it('one that others gave to a reservation, a profile or a message is not given again', async () => {
    const first = inMemory();
    const reserve = incomplete['ocpp2.0.1'].ReserveNow;
    const { id } = await completed(first, 'ocpp2.0.1', 'ReserveNow', reserve);
    const { memory, told } = await connectedTo('ocpp2.0.1');
    await told('ReserveNow', { ...reserve, id }, { status: 'Accepted' });
    expect((await completed(memory, 'ocpp2.0.1', 'ReserveNow', reserve)).id).not.toBe(id);

    const set = { evseId: 1, chargingProfile: { ...profile2x, chargingProfilePurpose: 'TxDefaultProfile' } };
    const { chargingProfile } = await completed(first, 'ocpp2.0.1', 'SetChargingProfile', set);
    await told('SetChargingProfile', { evseId: 1, chargingProfile }, { status: 'Accepted' });
    expect((await completed(memory, 'ocpp2.0.1', 'SetChargingProfile', set)).chargingProfile).not.toEqual(
      chargingProfile,
    );
  });

  it('the local list’s version is the one after the last that is known', async () => {
    const { memory, told } = await connectedTo('ocpp1.6');
    const version = async (commandId: string) =>
      (await completed(memory, 'ocpp1.6', 'SendLocalList', { updateType: 'Full' }, { commandId })).listVersion;
    expect(await version('c1')).toBe(1);
    await told('GetLocalListVersion', {}, { listVersion: 41 });
    expect([await version('c2'), await version('c3')]).toEqual([42, 43]);
    await told('GetLocalListVersion', {}, { listVersion: -1 }, 1);
    expect(await version('c4')).toBe(2);
  });

  it('a version is the command’s for good, and after those of commands that came to nothing', async () => {
    const memory = inMemory();
    const version = async (commandId: string) =>
      (await completed(memory, 'ocpp1.6', 'SendLocalList', { updateType: 'Full' }, { commandId })).listVersion;
    for (let i = 1; i <= 150; i++) expect(await version(`c${i}`)).toBe(i);
    expect([await version('c5'), await version('c11'), await version('c150')]).toEqual([5, 11, 150]);
    const again = await Promise.all([1, 2, 3].flatMap((i) => [version(`d${i}`), version(`d${i}`)]));
    expect(new Set(again)).toEqual(new Set([151, 152, 153]));
  });
});

describe('files', () => {
  it.each([
    ['ocpp1.6', 'GetDiagnostics', 'diagnostics/c1'],
    ['ocpp1.6', 'GetLog', 'log/7'],
    ['ocpp2.0.1', 'GetLog', 'log/7'],
    ['ocpp2.1', 'GetLog', 'log/7'],
  ] as const)('%s %s: an upload goes to its own folder, for a week', async (protocol, action, folder) => {
    const memory = inMemory();
    const payload = action === 'GetLog' ? { requestId: 7, logType: 'DiagnosticsLog' } : {};
    const { log, location } = await completed(memory, protocol, action, payload);
    const url = (location ?? (log as { remoteLocation: string }).remoteLocation) as string;
    expect(url).toContain(`/uploads/CP1/${folder}/`);
    memory.clock.advance(week - 1_000);
    expect(memory.files.request(`${url}log.txt`, 'PUT', Buffer.from('hello')).status).toBe(200);
    memory.clock.advance(1_000);
    expect(memory.files.request(`${url}log.txt`, 'PUT', Buffer.from('hello')).status).toBe(403);
    expect(await memory.files.find(`uploads/CP1/${folder}/`)).toHaveLength(1);
  });

  it('firmware is there for a week from when it is to be fetched', async () => {
    const memory = inMemory();
    const at = new Date(memory.clock.millis + 2 * week).toISOString();
    const { location } = await completed(memory, 'ocpp1.6', 'UpdateFirmware', { retrieveDate: at });
    const key = 'firmware/wallbox.bin';
    memory.files.stored.set(key, { key, size: 3, at, body: Buffer.from('abc') });
    memory.clock.advance(3 * week - 1_000);
    expect(memory.files.request(location as string, 'GET').status).toBe(200);
    memory.clock.advance(1_000);
    expect(memory.files.request(location as string, 'GET').status).toBe(403);
    const tooLate = { retrieveDate: new Date(memory.clock.millis + 5 * week).toISOString() };
    await expect(completed(memory, 'ocpp1.6', 'UpdateFirmware', tooLate)).rejects.toThrow(RangeError);
  });

  it('which firmware is for the sender to say', async () => {
    const result = await completed(inMemory(), 'ocpp1.6', 'UpdateFirmware', {}, { firmware: undefined });
    expect(result).not.toHaveProperty('location');
  });
});
