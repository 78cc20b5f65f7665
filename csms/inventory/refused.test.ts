import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import type { ItemKind } from './ports.js';

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const hash = { hashAlgorithm: 'SHA256', issuerNameHash: 'aa', issuerKeyHash: 'bb', serialNumber: '01' };
const monitored = { component: { name: 'Connector' }, variable: { name: 'Voltage' } };
const monitor = { ...monitored, type: 'UpperThreshold', value: 250, severity: 5 };
const connectionData = {
  ...{ messageTimeout: 30, ocppCsmsUrl: 'wss://csms.example', ocppInterface: 'Wired0', ocppTransport: 'JSON' },
  ...{ ocppVersion: 'OCPP20', securityProfile: 2 },
};
const control = { controlId: 'C1', controlType: 'FreqDroop', isDefault: true };

/** A charge point of which one thing is known. */
async function knowing(protocol: (typeof v2x)[number], kind: ItemKind, key: string) {
  const { memory, told } = await connectedTo(protocol);
  const at = memory.clock.now();
  await memory.inventory.put({ chargePointId: 'CP1', kind, key, at, detail: { controlType: 'FreqDroop' } });
  const keys = async () => (await memory.inventory.list('CP1', kind)).map((item) => item.key);
  return { told, keys };
}

describe('what the station refuses changes nothing of what is known:', () => {
  const refused = [
    ['M04', 'DeleteCertificate', { certificateHashData: hash }, { status: 'Failed' }, 'certificate'],
    [
      'N06',
      'ClearVariableMonitoring',
      { id: [7] },
      { clearMonitoringResult: [{ id: 7, status: 'Rejected' }] },
      'monitor',
    ],
    [
      ...['N04', 'SetVariableMonitoring', { setMonitoringData: [monitor] }],
      ...[
        { setMonitoringResult: [{ ...monitored, id: 9, type: monitor.type, severity: 5, status: 'Rejected' }] },
        'monitor',
      ],
    ],
    [
      ...['N04, without an id', 'SetVariableMonitoring', { setMonitoringData: [monitor] }],
      ...[{ setMonitoringResult: [{ ...monitored, type: monitor.type, severity: 5, status: 'Accepted' }] }, 'monitor'],
    ],
    ['B09', 'SetNetworkProfile', { configurationSlot: 1, connectionData }, { status: 'Rejected' }, 'network-profile'],
  ] as [string, string, object, object, ItemKind][];

  it.each(v2x.flatMap((protocol) => refused.map((row) => [protocol, ...row] as const)))(
    '%s %s %s',
    async (protocol, _, action, request, response, kind) => {
      const { told, keys } = await knowing(protocol, kind, '7');
      expect(await told(action, request, response, 1)).toMatch(/accepted|rejected/);
      expect(await keys()).toEqual(['7']);
    },
  );

  it.each([
    ['O05', 'ClearDisplayMessage', { id: 7 }, { status: 'Rejected' }, 'display-message'],
    ['R05', 'ClearDERControl', { isDefault: false, controlId: '7' }, { status: 'NotSupported' }, 'der-control'],
    ['R04', 'SetDERControl', control, { status: 'Rejected' }, 'der-control'],
    ['I10', 'ClearTariffs', {}, { clearTariffsResult: [{ tariffId: '7', status: 'Rejected' }] }, 'tariff'],
    ['I10, of no tariff', 'ClearTariffs', {}, { clearTariffsResult: [{ status: 'Accepted' }] }, 'tariff'],
  ] as const)('ocpp2.1 %s %s', async (_, action, request, response, kind) => {
    const { told, keys } = await knowing('ocpp2.1', kind, '7');
    expect(await told(action, request, response, 1)).toMatch(/accepted|rejected/);
    expect(await keys()).toEqual(['7']);
  });
});

describe('ocpp2.1 R04 the settings of a control', () => {
  const header = { priority: 1, startTime: '2026-01-01T00:00:00Z', duration: 60 };
  const curve = { yUnit: 'PctMaxW', curveData: [{ x: 1, y: 2 }], ...header };
  const fixedPF = { ...header, displacement: 0.9, excitation: true };

  it.each([
    ['HFMustTrip', { curve }],
    ['FixedPFAbsorb', { fixedPFAbsorb: fixedPF }],
    ['FixedPFInject', { fixedPFInject: fixedPF }],
    ['FixedVar', { fixedVar: { ...header, setpoint: 5, unit: 'PctMaxVar' } }],
    [
      'FreqDroop',
      { freqDroop: { ...header, overFreq: 61, underFreq: 59, overDroop: 1, underDroop: 1, responseTime: 1 } },
    ],
    ['Gradients', { gradient: { priority: 1, gradient: 1, softGradient: 1 } }],
    ['LimitMaxDischarge', { limitMaxDischarge: { ...header, pctMaxDischargePower: 50 } }],
  ])('%s are kept, whatever their kind', async (controlType, settings) => {
    const { memory, told } = await connectedTo('ocpp2.1');
    const request = { ...control, controlType, ...settings };
    expect(await told('SetDERControl', request, { status: 'Accepted' })).toBe('accepted');
    const detail = { controlType, isDefault: true, settings: Object.values(settings)[0] };
    expect(await memory.inventory.list('CP1', 'der-control')).toMatchObject([{ key: 'C1', detail }]);
  });
});
