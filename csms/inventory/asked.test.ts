import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { rootCertificate, subCertificate } from '../../test/memory/certificates.js';
import type { Memory } from '../../test/memory/index.js';
import type { ItemKind } from './ports.js';

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;

async function known(memory: Memory, kind: ItemKind) {
  const items = await memory.inventory.list('CP1', kind);
  return Object.fromEntries(items.map(({ key, detail }) => [key, detail]));
}

describe('5.2/G03, G04 ChangeAvailability', () => {
  it.each([
    [0, '0#0'],
    [2, '2#1'],
  ])('1.6: connector %d is asked to be out of service', async (connectorId, key) => {
    const { told, memory } = await connectedTo('ocpp1.6');
    const request = { connectorId, type: 'Inoperative' };
    expect(await told('ChangeAvailability', request, { status: 'Scheduled' })).toBe('accepted');
    expect(await known(memory, 'availability')).toEqual({
      [key]: { operationalStatus: 'Inoperative', status: 'Scheduled' },
    });
  });

  it.each(v2x)(
    '%s: the station, an EVSE and a connector are asked apart; what is refused changes nothing',
    async (protocol) => {
      const { told, memory } = await connectedTo(protocol);
      const request = { operationalStatus: 'Inoperative' };
      await told('ChangeAvailability', request, { status: 'Accepted' });
      await told('ChangeAvailability', { ...request, evse: { id: 1 } }, { status: 'Accepted' });
      await told('ChangeAvailability', { ...request, evse: { id: 1, connectorId: 2 } }, { status: 'Accepted' });
      const operative = { operationalStatus: 'Operative', evse: { id: 1 } };
      expect(await told('ChangeAvailability', operative, { status: 'Rejected' })).toBe('rejected');
      expect(Object.keys(await known(memory, 'availability'))).toEqual(['0#0', '1#0', '1#2']);
      expect((await known(memory, 'availability'))['1#0']).toMatchObject(request);
    },
  );
});

describe('5.10, 5.15/D01, D02 the local list', () => {
  it('1.6 TC_042, TC_043: has the version that the charge point says, or took', async () => {
    const { told, memory } = await connectedTo('ocpp1.6');
    await told('GetLocalListVersion', {}, { listVersion: 3 });
    expect(await known(memory, 'local-list')).toEqual({ '': { version: 3 } });
    const list = { listVersion: 4, updateType: 'Full', localAuthorizationList: [] };
    await told('SendLocalList', list, { status: 'Accepted' });
    await told('SendLocalList', { ...list, listVersion: 9 }, { status: 'VersionMismatch' });
    expect(await known(memory, 'local-list')).toEqual({ '': { version: 4 } });
  });

  it.each(v2x)('%s: has the version that the station says, or took', async (protocol) => {
    const { told, memory } = await connectedTo(protocol);
    await told('SendLocalList', { versionNumber: 4, updateType: 'Full' }, { status: 'Accepted' });
    await told('SendLocalList', { versionNumber: 5, updateType: 'Full' }, { status: 'Failed' });
    expect(await known(memory, 'local-list')).toEqual({ '': { version: 4 } });
    await told('GetLocalListVersion', {}, { versionNumber: 7 }, 1);
    expect(await known(memory, 'local-list')).toEqual({ '': { version: 7 } });
  });
});

describe.each(v2x)('%s', (protocol) => {
  const message = { id: 7, priority: 'NormalCycle', message: { format: 'UTF8', content: 'Hello' } };

  it('O01, O05 display messages: what was set is shown, what was cleared or not found is not', async () => {
    const { told, memory } = await connectedTo(protocol);
    await told('SetDisplayMessage', { message }, { status: 'Accepted' });
    await told('SetDisplayMessage', { message: { ...message, id: 8 } }, { status: 'NotSupportedPriority' });
    expect(await known(memory, 'display-message')).toEqual({ 7: message });
    expect(await told('ClearDisplayMessage', { id: 7 }, { status: 'Unknown' }, 1)).toBe('rejected');
    expect(await known(memory, 'display-message')).toEqual({});
  });

  it('N04, N06 monitors: have the id that the station gave; one that is not found is gone', async () => {
    const { told, memory } = await connectedTo(protocol);
    const of = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Power' } };
    const data = { ...of, type: 'UpperThreshold', value: 11_000, severity: 4 };
    const result = { ...of, type: 'UpperThreshold', severity: 4 };
    const setMonitoringData = [data, { ...data, value: 22_000 }];
    const setMonitoringResult = [
      { ...result, status: 'Rejected' },
      { ...result, status: 'Accepted', id: 5 },
    ];
    expect(await told('SetVariableMonitoring', { setMonitoringData }, { setMonitoringResult })).toBe('rejected');
    expect(await known(memory, 'monitor')).toMatchObject({
      5: { value: 22_000, component: { name: 'EVSE', evseId: 1 } },
    });
    const clearMonitoringResult = [{ id: 5, status: 'NotFound' }];
    await told('ClearVariableMonitoring', { id: [5] }, { clearMonitoringResult }, 1);
    expect(await known(memory, 'monitor')).toEqual({});
  });
});

describe.each(v2x)('%s N04.FR.01, N04.FR.02, N04.FR.10 the results of SetVariableMonitoring', (protocol) => {
  const variable = { name: 'Power' };
  const at = (evseId: number, more: object = {}) => {
    const of = { component: { name: 'EVSE', evse: { id: evseId } }, variable, type: 'UpperThreshold', severity: 4 };
    return { ...of, ...more };
  };
  async function values(setMonitoringData: object[], results: object[]) {
    const { told, memory } = await connectedTo(protocol);
    const setMonitoringResult = results.map((one) => ({ status: 'Accepted', ...one }));
    await told('SetVariableMonitoring', { setMonitoringData }, { setMonitoringResult });
    const monitors = Object.entries(await known(memory, 'monitor'));
    return Object.fromEntries(monitors.map(([id, detail]) => [id, (detail as { value: number }).value]));
  }

  it('are of what they name, in whatever order and spelling they come', async () => {
    const asked = [
      { ...at(1), value: 10 },
      { ...at(2), value: 20 },
      { ...at(2, { type: 'LowerThreshold' }), value: 30 },
      { ...at(2, { severity: 5 }), value: 40 },
      { ...at(2, { variable: { name: 'Voltage' } }), value: 50 },
    ];
    const results = [
      { ...at(2, { variable: { name: 'Voltage' } }), id: 5 },
      { ...at(2, { severity: 5 }), id: 4 },
      { ...at(2, { type: 'LowerThreshold' }), id: 3 },
      { ...at(2, { component: { name: 'evse', evse: { id: 2 } }, variable: { name: 'POWER' } }), id: 2 },
      { ...at(1), status: 'Rejected' },
    ];
    expect(await values(asked, results)).toEqual({ 2: 20, 3: 30, 4: 40, 5: 50 });
  });

  it('are of one each, those that name the same in the order of what was asked', async () => {
    const asked = [10, 20, 30].map((value) => ({ ...at(1), value }));
    const results = [
      { ...at(1), id: 7 },
      { ...at(1), status: 'Duplicate' },
      { ...at(1), id: 8 },
    ];
    expect(await values(asked, results)).toEqual({ 7: 10, 8: 30 });
  });

  it('are of the monitor with their id, where that was asked for', async () => {
    const asked = [1, 2].map((id) => ({ ...at(1), id, value: 10 * id }));
    const results = [2, 1].map((id) => ({ ...at(1), id }));
    expect(await values(asked, results)).toEqual({ 1: 10, 2: 20 });
  });

  it('that name nothing that was asked are in its order', async () => {
    const asked = [
      { ...at(1), value: 10 },
      { ...at(2), value: 20 },
    ];
    const results = [
      { ...at(1, { severity: 0 }), id: 1 },
      { ...at(2, { severity: 0 }), id: 2 },
      { ...at(3), id: 3 },
    ];
    expect(await values(asked, results)).toEqual({ 1: 10, 2: 20 });
  });
});

describe.each(v2x)('%s N03 SetMonitoringBase', (protocol) => {
  /** A monitor of each kind is known, and one of which it was not told what set it. */
  async function station() {
    const { memory, told, ask, reply } = await connectedTo(protocol);
    const put = (key: string, detail: object) =>
      memory.inventory.put({ chargePointId: 'CP1', kind: 'monitor', key, at: memory.clock.now(), detail });
    for (const [key, eventNotificationType] of [
      ['1', 'HardWiredMonitor'],
      ['2', 'PreconfiguredMonitor'],
      ['3', 'CustomMonitor'],
    ] as const) {
      await put(key, { eventNotificationType });
    }
    await put('4', {});
    return { told, ask, reply, put, ids: async () => Object.keys(await known(memory, 'monitor')) };
  }

  it.each([
    ['All', 'Accepted', ['1', '2', '3', '4']],
    ['FactoryDefault', 'Accepted', ['1', '2']],
    ['HardWiredOnly', 'Accepted', ['1']],
    ['FactoryDefault', 'NotSupported', ['1', '2', '3', '4']],
    ['HardWiredOnly', 'Rejected', ['1', '2', '3', '4']],
  ])('N03.FR.03, N03.FR.04, N03.FR.05 %s that is %s leaves the monitors %j', async (monitoringBase, status, left) => {
    const { told, ids } = await station();
    await told('SetMonitoringBase', { monitoringBase }, { status }, 1);
    expect(await ids()).toEqual(left);
  });

  it('that is told again, and late, leaves what was set since', async () => {
    const { ask, reply, put, ids } = await station();
    const base = await ask('SetMonitoringBase', { monitoringBase: 'HardWiredOnly' });
    await reply(base, { status: 'Accepted' }, 1);
    await reply(base, { status: 'Accepted' }, 1);
    await put('3', { type: 'Delta' });
    await reply(base, { status: 'Accepted' }, 1);
    expect(await ids()).toEqual(['1', '3']);
  });
});

describe('M03, M04 certificates', () => {
  const hash = (serialNumber: string) => ({
    ...{ hashAlgorithm: 'SHA256', issuerNameHash: 'aa', issuerKeyHash: 'bb', serialNumber },
  });
  const serials = async (memory: Memory) => Object.keys(await known(memory, 'certificate'));

  it('1.6: those of the type that was asked for are replaced by what is told', async () => {
    const { told, memory } = await connectedTo('ocpp1.6');
    const ask = (certificateType: string, serialNumbers: string[]) =>
      told(
        'GetInstalledCertificateIds',
        { certificateType },
        { status: 'Accepted', certificateHashData: serialNumbers.map(hash) },
        1,
      );
    await ask('CentralSystemRootCertificate', ['01', '02']);
    await ask('ManufacturerRootCertificate', ['03']);
    await ask('CentralSystemRootCertificate', ['02']);
    expect(await serials(memory)).toEqual(['CentralSystemRootCertificate#2#aa', 'ManufacturerRootCertificate#3#aa']);
    await told('DeleteCertificate', { certificateHashData: hash('02') }, { status: 'Failed' }, 1);
    expect(await serials(memory)).toHaveLength(2);
    await told('DeleteCertificate', { certificateHashData: hash('02') }, { status: 'Accepted' }, 1);
    expect(await serials(memory)).toEqual(['ManufacturerRootCertificate#3#aa']);
  });

  it.each(v2x)('%s: all of them, when no type was asked for; none when there are none', async (protocol) => {
    const { told, memory } = await connectedTo(protocol);
    const chain = (certificateType: string, serialNumber: string) => ({
      certificateType,
      certificateHashData: hash(serialNumber),
    });
    const certificateHashDataChain = [chain('CSMSRootCertificate', '01'), chain('V2GRootCertificate', '02')];
    await told('GetInstalledCertificateIds', {}, { status: 'Accepted', certificateHashDataChain });
    expect(await serials(memory)).toEqual(['CSMSRootCertificate#1#aa', 'V2GRootCertificate#2#aa']);
    await told('DeleteCertificate', { certificateHashData: hash('01') }, { status: 'NotFound' }, 1);
    expect(await serials(memory)).toEqual(['V2GRootCertificate#2#aa']);
    await told('GetInstalledCertificateIds', { certificateType: ['V2GRootCertificate'] }, { status: 'NotFound' }, 1);
    expect(await serials(memory)).toEqual([]);
  });
});

describe.each(['ocpp1.6', ...v2x] as const)('%s M05 InstallCertificate', (protocol) => {
  const type = protocol === 'ocpp1.6' ? 'CentralSystemRootCertificate' : 'CSMSRootCertificate';
  const request = (certificate: string) => ({ certificateType: type, certificate });
  const installed = { certificateType: type, certificateHashData: rootCertificate.hash };
  const keys = async (memory: Memory) => Object.keys(await known(memory, 'certificate'));
  const spelled = { ...rootCertificate.hash, serialNumber: '00A1B2C3' };
  const asReported =
    protocol === 'ocpp1.6'
      ? { certificateHashData: [spelled] }
      : { certificateHashDataChain: [{ certificateType: type, certificateHashData: spelled }] };
  const query = { certificateType: protocol === 'ocpp1.6' ? type : [type] };

  it('that is accepted leaves the certificate, by the name under which it can be deleted', async () => {
    const { told, memory } = await connectedTo(protocol);
    expect(await told('InstallCertificate', request(rootCertificate.pem), { status: 'Accepted' })).toBe('accepted');
    expect(Object.values(await known(memory, 'certificate'))).toEqual([installed]);
    await told('DeleteCertificate', { certificateHashData: rootCertificate.hash }, { status: 'Accepted' }, 1);
    expect(await keys(memory)).toEqual([]);
  });

  it.each(['Rejected', 'Failed'])('%s: nothing is installed', async (status) => {
    const { told, memory } = await connectedTo(protocol);
    expect(await told('InstallCertificate', request(rootCertificate.pem), { status })).toBe('rejected');
    expect(await keys(memory)).toEqual([]);
  });

  it('is one with that of which the charge point tells, however that spells it', async () => {
    const { told, memory } = await connectedTo(protocol);
    await told('InstallCertificate', request(rootCertificate.pem), { status: 'Accepted' });
    await told('GetInstalledCertificateIds', query, { status: 'Accepted', ...asReported }, 1);
    expect(await known(memory, 'certificate')).toMatchObject({
      [`${type}#a1b2c3#${rootCertificate.hash.issuerNameHash}`]: { certificateHashData: spelled },
    });
    expect(await keys(memory)).toHaveLength(1);
    await told('DeleteCertificate', { certificateHashData: rootCertificate.hash }, { status: 'Accepted' }, 1);
    expect(await keys(memory)).toEqual([]);
  });

  it('told again after the charge point said that it has none brings nothing back', async () => {
    const { told, reply, memory } = await connectedTo(protocol);
    await told('InstallCertificate', request(rootCertificate.pem), { status: 'Accepted' });
    await told('GetInstalledCertificateIds', query, { status: 'NotFound' }, 1);
    await reply('ask-1', { status: 'Accepted' }, 1);
    expect(await keys(memory)).toEqual([]);
  });

  it('answered after a list that is told late stays', async () => {
    const { told, ask, reply, memory } = await connectedTo(protocol);
    const list = await ask('GetInstalledCertificateIds', query);
    await reply(list, { status: 'NotFound' });
    await told('InstallCertificate', request(rootCertificate.pem), { status: 'Accepted' }, 1);
    await reply(list, { status: 'NotFound' }, 1);
    expect(await keys(memory)).toHaveLength(1);
  });

  it('of another than a root: whose key signed it is not known, and it is deleted by its name and number', async () => {
    const { told, memory } = await connectedTo(protocol);
    await told('InstallCertificate', request(subCertificate.pem), { status: 'Accepted' });
    expect(Object.values(await known(memory, 'certificate'))).toMatchObject([
      { certificateHashData: { serialNumber: '7', issuerNameHash: subCertificate.hash.issuerNameHash } },
    ]);
    await told('DeleteCertificate', { certificateHashData: subCertificate.hash }, { status: 'NotFound' }, 1);
    expect(await keys(memory)).toEqual([]);
  });

  it('is not what has the name and number of another with another key', async () => {
    const { told, memory } = await connectedTo(protocol);
    await told('InstallCertificate', request(rootCertificate.pem), { status: 'Accepted' });
    const other = { ...rootCertificate.hash, issuerKeyHash: 'bb' };
    await told('DeleteCertificate', { certificateHashData: other }, { status: 'NotFound' }, 1);
    expect(await keys(memory)).toHaveLength(1);
  });

  it('of what is no certificate leaves nothing, and is accepted all the same', async () => {
    const { told, memory } = await connectedTo(protocol);
    expect(await told('InstallCertificate', request('PEM'), { status: 'Accepted' })).toBe('accepted');
    expect(await keys(memory)).toEqual([]);
  });
});

it('an answer that is told again, and one that is told late, bring nothing back', async () => {
  const { ask, reply, memory } = await connectedTo('ocpp2.0.1');
  const message = { id: 7, priority: 'NormalCycle', message: { format: 'UTF8', content: 'Hello' } };
  const set = await ask('SetDisplayMessage', { message });
  await reply(set, { status: 'Accepted' });
  const clear = await ask('ClearDisplayMessage', { id: 7 });
  await reply(clear, { status: 'Accepted' }, 1);
  await reply(set, { status: 'Accepted' }, 1);
  expect(await known(memory, 'display-message')).toEqual({});
});
