import { describe, expect, it } from 'vitest';
import { inMemory } from '../../test/memory/index.js';
import type { Protocol } from '../ocpp/protocol.js';
import { verdictOf } from './verdict.js';

async function result(protocol: Protocol, action: string, payload: object, messageId = 'm1') {
  const answered = {
    command: { commandId: 'm1', action },
    messageId,
    at: new Date('2026-05-20T10:00:00Z'),
    outcome: { type: 'CALLRESULT', payload } as const,
  };
  const { outcome, ...verdict } = await verdictOf(answered, { ...inMemory(), chargePointId: 'CP1', protocol });
  expect(outcome).toEqual(answered.outcome);
  return verdict;
}
const variable = { component: { name: 'ClockCtrlr' }, variable: { name: 'TimeZone' } };

describe('the verdict on an answer', () => {
  it.each([
    ['ocpp1.6', 'ChangeConfiguration', { status: 'RebootRequired' }, 'accepted'],
    ['ocpp1.6', 'ChangeConfiguration', { status: 'NotSupported' }, 'rejected'],
    ['ocpp1.6', 'UnlockConnector', { status: 'Unlocked' }, 'accepted'],
    ['ocpp1.6', 'UnlockConnector', { status: 'UnlockFailed' }, 'rejected'],
    ['ocpp1.6', 'GetConfiguration', { unknownKey: ['X'] }, 'accepted'],
    ['ocpp1.6', 'GetLocalListVersion', { listVersion: -1 }, 'accepted'],
    ['ocpp1.6', 'ReserveNow', { status: 'Occupied' }, 'rejected'],
    ['ocpp1.6', 'SendLocalList', { status: 'VersionMismatch' }, 'rejected'],
    ['ocpp2.0.1', 'Reset', { status: 'Scheduled' }, 'accepted'],
    ['ocpp2.0.1', 'UnpublishFirmware', { status: 'Unpublished' }, 'accepted'],
    ['ocpp2.0.1', 'GetTransactionStatus', { messagesInQueue: false }, 'accepted'],
    ['ocpp2.0.1', 'CostUpdated', {}, 'accepted'],
  ] as const)('%s %s %j: %s', async (protocol, action, payload, status) => {
    expect(await result(protocol, action, payload)).toEqual({ status });
  });

  it.each([
    ['ocpp1.6', 'CancelReservation', { status: 'Rejected' }],
    ['ocpp1.6', 'ClearChargingProfile', { status: 'Unknown' }],
    ['ocpp1.6', 'DeleteCertificate', { status: 'NotFound' }],
    ['ocpp2.0.1', 'CancelReservation', { status: 'Rejected' }],
    ['ocpp2.0.1', 'ClearChargingProfile', { status: 'Unknown' }],
    ['ocpp2.0.1', 'ClearDisplayMessage', { status: 'Unknown' }],
    ['ocpp2.0.1', 'ClearVariableMonitoring', { clearMonitoringResult: [{ id: 1, status: 'NotFound' }] }],
    ['ocpp2.0.1', 'DeleteCertificate', { status: 'NotFound' }],
    ['ocpp2.0.1', 'UnpublishFirmware', { status: 'NoFirmware' }],
    ['ocpp2.1', 'ClearDERControl', { status: 'NotFound' }],
    ['ocpp2.1', 'ClearTariffs', { clearTariffsResult: [{ tariffId: 't', status: 'NoTariff' }] }],
  ] as const)(
    '%s %s %j: accepted when it was sent again, since the first was heard',
    async (protocol, action, payload) => {
      expect(await result(protocol, action, payload)).toEqual({ status: 'rejected' });
      expect(await result(protocol, action, payload, 'm2')).toEqual({ status: 'accepted' });
    },
  );

  it('of one that was sent again and refused is that', async () => {
    expect(await result('ocpp2.0.1', 'DeleteCertificate', { status: 'Failed' }, 'm2')).toEqual({ status: 'rejected' });
    expect(await result('ocpp2.0.1', 'GetReport', { status: 'Rejected' }, 'm2')).toEqual({ status: 'rejected' });
  });

  it('is that of all results where several things were asked for', async () => {
    const set = (...statuses: string[]) => ({
      setVariableResult: statuses.map((attributeStatus) => ({ ...variable, attributeStatus })),
    });
    expect(await result('ocpp2.0.1', 'SetVariables', set('Accepted', 'RebootRequired'))).toEqual({
      status: 'accepted',
    });
    expect(await result('ocpp2.0.1', 'SetVariables', set('Accepted', 'Rejected'))).toEqual({ status: 'rejected' });
    const monitors = { clearMonitoringResult: [{ id: 1, status: 'NotFound' }] };
    expect(await result('ocpp2.1', 'ClearVariableMonitoring', monitors)).toEqual({ status: 'rejected' });
  });

  it('of one that its schema forbids is that it failed, and why', async () => {
    const { fault, ...verdict } = await result('ocpp2.1', 'Reset', { status: 'Perhaps' });
    const reason = expect.stringContaining('The answer is not valid: status');
    expect(verdict).toEqual({ status: 'failed', code: 'answer-invalid', reason });
    expect(fault?.code).toBe('PropertyConstraintViolation');
  });
});
