import { describe, expect, it } from 'vitest';
import { call } from '../../test/memory/call.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import type { ItemKind } from './ports.js';

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const ok = [3, 'm1', {}];
const at = (memory: Memory, seconds: number) => new Date(memory.clock.millis + seconds * 1_000);
const kept = async (memory: Memory, kind: ItemKind) =>
  (await memory.inventory.list('CP1', kind)).map(({ key, detail }) => [key, detail]);
const reports = (memory: Memory) => memory.events.named('report-complete');

describe.each(v2x)('%s N02 NotifyMonitoringReport', (protocol) => {
  const monitor = (id: number, value: number) => ({
    ...{ id, value, transaction: false, type: 'UpperThreshold', severity: 4 },
    ...(protocol === 'ocpp2.1' && { eventNotificationType: 'CustomMonitor' }),
  });
  const of = { component: { name: 'EVSE', evse: { id: 1 } }, variable: { name: 'Temperature', instance: 'inlet' } };
  const tell = (memory: Memory, seqNo: number, variableMonitoring: object[], tbc: boolean, seconds = seqNo) =>
    call(
      memory,
      protocol,
      'NotifyMonitoringReport',
      {
        ...{ requestId: 7, seqNo, tbc, generatedAt: at(memory, seconds).toISOString() },
        monitor: [{ ...of, variableMonitoring }],
      },
      at(memory, seconds),
    );

  it('each monitor is kept, with the variable that it is of', async () => {
    const memory = inMemory();
    expect(await tell(memory, 0, [monitor(1, 80.5), monitor(2, 90)], false)).toEqual(ok);
    const where = { component: { name: 'EVSE', evseId: 1 }, variable: { name: 'Temperature', instance: 'inlet' } };
    expect(await kept(memory, 'monitor')).toEqual(
      [monitor(1, 80.5), monitor(2, 90)].map(({ id, ...rest }) => [String(id), { ...rest, ...where }]),
    );
  });

  it('the report is complete when all parts are there, in whatever order they came', async () => {
    const memory = inMemory();
    await tell(memory, 1, [monitor(2, 90)], false);
    expect(reports(memory)).toEqual([]);
    await tell(memory, 0, [monitor(1, 80)], true);
    expect(reports(memory)).toMatchObject([{ kind: 'monitoring-report', requestId: 7, parts: 2 }]);
    expect((await kept(memory, 'monitor')).map(([key]) => key)).toEqual(['1', '2']);
  });

  it('a station without monitors has nothing to report', async () => {
    const memory = inMemory();
    const generatedAt = memory.clock.now().toISOString();
    await call(memory, protocol, 'NotifyMonitoringReport', { requestId: 7, seqNo: 0, generatedAt });
    expect([await kept(memory, 'monitor'), reports(memory).length]).toEqual([[], 1]);
  });
});

describe.each(v2x)('%s O03, O04 NotifyDisplayMessages', (protocol) => {
  const message = (id: number, content: string) => ({
    ...{ id, priority: 'AlwaysFront', state: 'Idle', endDateTime: '2026-02-01T00:00:00Z' },
    message: { format: 'UTF8', language: 'de', content },
  });
  const tell = (memory: Memory, seconds: number, messageInfo: object[] | undefined, tbc?: boolean) =>
    call(
      memory,
      protocol,
      'NotifyDisplayMessages',
      { requestId: 7, ...(messageInfo && { messageInfo }), ...(tbc !== undefined && { tbc }) },
      at(memory, seconds),
    );

  it('each message is kept, and the report is complete with the part that is not to be continued', async () => {
    const memory = inMemory();
    expect(await tell(memory, 0, [message(1, 'Grüß Gott')], true)).toEqual(ok);
    expect(reports(memory)).toEqual([]);
    await tell(memory, 1, [message(2, 'Hello')]);
    expect(await kept(memory, 'display-message')).toEqual([
      ['1', message(1, 'Grüß Gott')],
      ['2', message(2, 'Hello')],
    ]);
    expect(reports(memory)).toMatchObject([{ kind: 'display-messages', requestId: 7 }]);
  });

  it('the newest text of a message holds', async () => {
    const memory = inMemory();
    await tell(memory, 1, [message(1, 'new')]);
    await tell(memory, 0, [message(1, 'old')]);
    expect(await kept(memory, 'display-message')).toEqual([['1', message(1, 'new')]]);
  });

  it('there may be none', async () => {
    const memory = inMemory();
    expect(await tell(memory, 0, undefined)).toEqual(ok);
    expect([await kept(memory, 'display-message'), reports(memory).length]).toEqual([[], 1]);
  });
});

describe('ocpp2.1 R04 ReportDERControl', () => {
  const fixedPF = { priority: 1, displacement: 0.95, excitation: true };
  const curve = { curveData: [{ x: 0, y: 1 }], priority: 0, yUnit: 'PctMaxVar' };
  const flags = { isDefault: true, isSuperseded: false };
  const report = {
    requestId: 7,
    curve: [{ id: 'c', curveType: 'VoltVar', ...flags, curve }],
    enterService: [
      { id: 'e', enterService: { priority: 1, highVoltage: 110, lowVoltage: 90, highFreq: 50.2, lowFreq: 49.8 } },
    ],
    fixedPFAbsorb: [{ id: 'pa', ...flags, fixedPF }],
    fixedPFInject: [{ id: 'pi', ...flags, fixedPF }],
    fixedVar: [{ id: 'v', ...flags, fixedVar: { priority: 1, setpoint: -20, unit: 'PctMaxVar' } }],
    freqDroop: [
      {
        ...{ id: 'f', ...flags },
        freqDroop: { priority: 1, overFreq: 50.2, underFreq: 49.8, overDroop: 5, underDroop: 5, responseTime: 2 },
      },
    ],
    gradient: [{ id: 'g', gradient: { priority: 1, gradient: 10, softGradient: 20 } }],
    limitMaxDischarge: [{ id: 'l', ...flags, limitMaxDischarge: { priority: 1, pctMaxDischargePower: 70 } }],
  };

  it('each control is kept with its type and settings', async () => {
    const memory = inMemory();
    expect(await call(memory, 'ocpp2.1', 'ReportDERControl', report)).toEqual(ok);
    expect(await kept(memory, 'der-control')).toEqual([
      ['c', { controlType: 'VoltVar', ...flags, settings: curve }],
      ['e', { controlType: 'EnterService', settings: report.enterService[0]?.enterService }],
      ['f', { controlType: 'FreqDroop', ...flags, settings: report.freqDroop[0]?.freqDroop }],
      ['g', { controlType: 'Gradients', settings: report.gradient[0]?.gradient }],
      ['l', { controlType: 'LimitMaxDischarge', ...flags, settings: report.limitMaxDischarge[0]?.limitMaxDischarge }],
      ['pa', { controlType: 'FixedPFAbsorb', ...flags, settings: fixedPF }],
      ['pi', { controlType: 'FixedPFInject', ...flags, settings: fixedPF }],
      ['v', { controlType: 'FixedVar', ...flags, settings: report.fixedVar[0]?.fixedVar }],
    ]);
  });

  it('the report is complete with the part that is not to be continued', async () => {
    const memory = inMemory();
    await call(memory, 'ocpp2.1', 'ReportDERControl', { requestId: 7, tbc: true }, at(memory, 0));
    expect(reports(memory)).toEqual([]);
    await call(memory, 'ocpp2.1', 'ReportDERControl', report, at(memory, 1));
    expect(reports(memory)).toMatchObject([{ kind: 'der-controls', requestId: 7 }]);
  });
});

describe('ocpp2.1 R04.FR.20 NotifyDERStartStop', () => {
  const tell = (memory: Memory, seconds: number, started: boolean, more: object = {}) =>
    call(memory, 'ocpp2.1', 'NotifyDERStartStop', {
      ...{ controlId: 'c1', started, timestamp: at(memory, seconds - 60).toISOString(), ...more },
    });

  it('is kept and told, with what it supersedes', async () => {
    const memory = inMemory();
    expect(await tell(memory, 0, true, { supersededIds: ['c0'] })).toEqual(ok);
    expect(await kept(memory, 'der-activity')).toEqual([['c1', { started: true, supersededIds: ['c0'] }]]);
    expect(memory.events.emitted).toMatchObject([
      { name: 'der-control', controlId: 'c1', started: true, supersededIds: ['c0'], at: at(memory, -60).toJSON() },
    ]);
  });

  it('the newest by the station’s clock holds', async () => {
    const memory = inMemory();
    await tell(memory, 1, false);
    await tell(memory, 0, true);
    expect(await kept(memory, 'der-activity')).toEqual([['c1', { started: false }]]);
    expect(memory.events.emitted).toHaveLength(1);
  });
});
