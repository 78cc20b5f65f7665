import { describe, expect, it } from 'vitest';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { answer } from '../answer.js';
import type { Protocol } from './protocol.js';
import type { Validation } from './validate.js';

const stage = (validation: Validation) => inMemory({ stage: { validation } });

async function call(
  memory: Memory,
  protocol: Protocol,
  action: string,
  payload: unknown,
  receivedAt = memory.clock.now(),
) {
  const text = JSON.stringify([2, 'm1', action, payload]);
  const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt };
  return JSON.parse((await answer(text, context)) ?? 'null');
}
const told = (memory: Memory) => memory.events.named('protocol-deviation');

const status16 = {
  connectorId: '1',
  errorCode: 'noerror',
  status: 'Available',
  timestamp: '2026-01-02 03:00',
  mood: 'good',
};
const boot16 = { chargePointVendor: 'Acme', chargePointModel: 17, firmwareVersion: '1.'.padEnd(60, '0'), iccid: null };
const boot2x = { chargingStation: { vendorName: 'Acme', model: 'One', modem: '' } };

describe('where the stage is tolerant', () => {
  it('1.6: a sloppy StatusNotification is answered as a proper one, and so stored', async () => {
    const memory = stage('tolerant');
    expect(await call(memory, 'ocpp1.6', 'StatusNotification', status16)).toEqual([3, 'm1', {}]);
    expect(memory.connectors.states.get('CP1/1/1')).toMatchObject({
      ...{ evseId: 1, connectorId: 1, status: 'Available', errorCode: 'NoError' },
      at: new Date('2026-01-02T03:00:00Z'),
    });
  });

  it('1.6: a sloppy BootNotification is accepted, its hardware kept whole, and in the shadow as it came', async () => {
    const memory = stage('tolerant');
    expect(await call(memory, 'ocpp1.6', 'BootNotification', boot16)).toMatchObject([3, 'm1', { status: 'Accepted' }]);
    const hardware = { vendor: 'Acme', model: '17', firmwareVersion: boot16.firmwareVersion };
    expect(memory.chargePoints.items.get('CP1')?.boot).toMatchObject({ hardware });
    expect(memory.shadows.reported.get('CP1')).toEqual(boot16);
  });

  it.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s: a sloppy BootNotification is accepted', async (protocol) => {
    const memory = stage('tolerant');
    expect(await call(memory, protocol, 'BootNotification', boot2x)).toMatchObject([3, 'm1', { status: 'Accepted' }]);
    expect(memory.chargePoints.items.get('CP1')?.boot).toMatchObject({ reason: 'Unknown' });
  });

  it('what nothing can be made of is refused with the code of that', async () => {
    const memory = stage('tolerant');
    const reply = await call(memory, 'ocpp1.6', 'StatusNotification', { ...status16, status: 'Occupied' });
    expect(reply).toMatchObject([4, 'm1', 'PropertyConstraintViolation', expect.any(String), { path: '/status' }]);
    expect(memory.connectors.states.size).toBe(0);
    expect(told(memory)).toMatchObject([{ refused: true, reason: reply[3] }]);
  });

  it('a charge point may be taken strictly', async () => {
    const memory = stage('tolerant');
    memory.chargePoints.put({ chargePointId: 'CP1', validation: 'strict' });
    expect((await call(memory, 'ocpp1.6', 'StatusNotification', status16))[0]).toBe(4);
  });
});

describe('where the stage is strict', () => {
  it('the first fault is refused, and changes nothing', async () => {
    const memory = stage('strict');
    const reply = await call(memory, 'ocpp1.6', 'StatusNotification', status16);
    expect(reply).toMatchObject([4, 'm1', 'FormationViolation', expect.any(String), { path: '' }]);
    expect(memory.connectors.states.size).toBe(0);
  });

  it('a charge point may be tolerated', async () => {
    const memory = stage('strict');
    memory.chargePoints.put({ chargePointId: 'CP1', validation: 'tolerant' });
    expect((await call(memory, 'ocpp1.6', 'StatusNotification', status16))[0]).toBe(3);
  });
});

describe('event protocol-deviation', () => {
  it('says what was wrong where, and what there was, of which charge point', async () => {
    const memory = stage('tolerant');
    const boot = { chargePointVendor: 'Acme', chargePointModel: 'One', firmwareVersion: '1.2' };
    await call(memory, 'ocpp1.6', 'BootNotification', boot);
    await call(memory, 'ocpp1.6', 'StatusNotification', status16);
    expect(told(memory)).toEqual([
      {
        ...{ name: 'protocol-deviation', id: expect.any(String), time: expect.any(String), chargePointId: 'CP1' },
        ...{
          protocol: 'ocpp1.6',
          action: 'StatusNotification',
          messageId: 'm1',
          vendor: 'Acme',
          model: 'One',
          firmwareVersion: '1.2',
        },
        deviations: [
          { path: '/connectorId', what: 'number', was: '"1"' },
          { path: '/errorCode', what: 'case', was: '"noerror"' },
          { path: '/timestamp', what: 'date-time', was: '"2026-01-02 03:00"' },
          { path: '/mood', what: 'unknown-member', was: '"good"' },
        ],
      },
    ]);
  });

  it('says the same of a frame that was refused', async () => {
    const memory = stage('strict');
    const reply = await call(memory, 'ocpp1.6', 'StatusNotification', status16);
    expect(told(memory)).toMatchObject([{ refused: true, reason: reply[3], deviations: { length: 4 } }]);
  });

  it('is told once for a frame, and has the same id when that is told again', async () => {
    const memory = stage('tolerant');
    const receivedAt = memory.clock.now();
    await call(memory, 'ocpp1.6', 'StatusNotification', status16, receivedAt);
    memory.clock.advance(60_000);
    await call(memory, 'ocpp1.6', 'StatusNotification', status16, receivedAt);
    await call(memory, 'ocpp1.6', 'StatusNotification', { ...status16, mood: 'bad' }, receivedAt);
    const ids = told(memory).map(({ id }) => id);
    expect(ids).toHaveLength(3);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('is not told of what is as it should be, for which nobody looks the charge point up', async () => {
    const memory = stage('tolerant');
    memory.chargePoints.find = () => Promise.reject(new Error('nobody asked'));
    const proper = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
    expect((await call(memory, 'ocpp1.6', 'StatusNotification', proper))[0]).toBe(3);
    expect(told(memory)).toEqual([]);
  });

  it('fits into a message of AWS IoT, whatever is sent', async () => {
    const memory = stage('tolerant');
    const members = Array.from({ length: 500 }, (_, i) => [`${i}${'\u0001'.repeat(1_000)}`, '\u0001'.repeat(1_000)]);
    const proper = { connectorId: 1, errorCode: 'NoError', status: 'Available' };
    await call(memory, 'ocpp1.6', 'StatusNotification', { ...proper, ...Object.fromEntries(members) });
    expect(JSON.stringify(told(memory)[0]).length).toBeLessThan(128 * 1024);
    expect(told(memory)[0]).toMatchObject({ deviations: { length: 20 }, more: 480 });
    const frame = `[2,"m1","Heartbeat",{"deep":${'['.repeat(16_000)}${']'.repeat(16_000)}}]`;
    const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', receivedAt: memory.clock.now() };
    expect(await answer(frame, { ...context, protocol: 'ocpp1.6' })).toContain('currentTime');
    expect(told(memory)[1]).toMatchObject({ deviations: [{ path: '/deep', what: 'unknown-member' }] });
  });
});
