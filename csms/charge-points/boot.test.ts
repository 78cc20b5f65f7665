import { describe, expect, it } from 'vitest';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { answer } from '../answer.js';
import { protocols } from '../ocpp/protocol.js';

const payload16 = {
  ...{ chargePointVendor: 'Acme', chargePointModel: 'One', chargePointSerialNumber: 'S1', firmwareVersion: '1.2' },
  ...{ iccid: '89', chargeBoxSerialNumber: 'B1' },
};
const payload2x = {
  reason: 'PowerUp',
  chargingStation: {
    vendorName: 'Acme',
    model: 'One',
    serialNumber: 'S1',
    firmwareVersion: '1.2',
    modem: { iccid: '89' },
  },
};
const hardware = { vendor: 'Acme', model: 'One', serialNumber: 'S1', firmwareVersion: '1.2' };
const payloads = { 'ocpp1.6': payload16, 'ocpp2.0.1': payload2x, 'ocpp2.1': payload2x };

async function boot(
  memory: Memory,
  { chargePointId = 'CP1', protocol = 'ocpp1.6' as (typeof protocols)[number], receivedAt = memory.clock.now() } = {},
  payload: object = payloads[protocol],
) {
  const text = JSON.stringify([2, 'm1', 'BootNotification', payload]);
  return JSON.parse(
    (await answer(text, { ...memory, chargePointId, connectionId: 'c1', protocol, receivedAt })) ?? 'null',
  )[2];
}

describe('B01/4.2 BootNotification', () => {
  it.each(protocols)('%s: is accepted, with the time and an interval', async (protocol) => {
    expect(await boot(inMemory(), { protocol })).toEqual({
      ...{ status: 'Accepted', currentTime: '2026-01-02T03:04:05.000Z', interval: expect.any(Number) },
    });
  });

  it.each(protocols)('%s: what the charge point is, is kept', async (protocol) => {
    const memory = inMemory();
    await boot(memory, { protocol });
    const at = memory.clock.now();
    const reason = protocol === 'ocpp1.6' ? {} : { reason: 'PowerUp' };
    expect(memory.chargePoints.items.get('CP1')).toMatchObject({
      boot: { protocol, hardware, at, ...reason },
      seenAt: at,
    });
  });

  it.each(protocols)('%s: the payload is in the shadow as it came', async (protocol) => {
    const memory = inMemory();
    await boot(memory, { protocol });
    expect(memory.shadows.reported.get('CP1')).toEqual(payloads[protocol]);
  });

  it.each(['Accepted', 'Pending', 'Rejected'] as const)(
    'B02, B03: a new charge point is %s as the stage says',
    async (status) => {
      expect(await boot(inMemory({ stage: { registrationStatus: status } }))).toMatchObject({ status });
    },
  );

  it('the charge point’s own registration status overrules the stage’s', async () => {
    const memory = inMemory();
    memory.chargePoints.put({ chargePointId: 'CP1', registrationStatus: 'Pending' });
    expect(await boot(memory)).toMatchObject({ status: 'Pending' });
  });
});

describe('the heartbeat interval', () => {
  const ids = Array.from({ length: 500 }, (_, i) => `CP${i}`);
  const intervals = (memory: Memory) =>
    Promise.all(ids.map(async (chargePointId) => (await boot(memory, { chargePointId })).interval as number));

  it('is 10 % around the stage’s, spread over the charge points', async () => {
    const all = await intervals(inMemory({ stage: { heartbeatInterval: 300 } }));
    expect(Math.min(...all)).toBeGreaterThanOrEqual(270);
    expect(Math.max(...all)).toBeLessThanOrEqual(330);
    expect(new Set(all).size).toBeGreaterThan(50);
  });

  it('is whole seconds below 540, since a socket silent for 600 s is closed', async () => {
    const all = await intervals(inMemory({ stage: { heartbeatInterval: 539 } }));
    expect(Math.max(...all)).toBeLessThan(540);
    expect(all.every(Number.isInteger)).toBe(true);
  });

  it('is the same when the boot is told again', async () => {
    const memory = inMemory();
    const first = await boot(memory);
    memory.clock.advance(1_234);
    expect((await boot(memory)).interval).toBe(first.interval);
  });
});

describe('a boot', () => {
  it('told twice leaves what it left at first', async () => {
    const memory = inMemory();
    const receivedAt = memory.clock.now();
    await boot(memory, { receivedAt });
    const once = structuredClone(memory.chargePoints.items);
    memory.clock.advance(60_000);
    await boot(memory, { receivedAt });
    expect(memory.chargePoints.items).toEqual(once);
  });

  it('told late does not overwrite a newer one', async () => {
    const memory = inMemory();
    const receivedAt = memory.clock.now();
    memory.clock.advance(60_000);
    await boot(memory, {}, { ...payload16, firmwareVersion: '2.0' });
    await boot(memory, { receivedAt });
    expect(memory.chargePoints.items.get('CP1')?.boot?.hardware.firmwareVersion).toBe('2.0');
  });

  it('is accepted although AWS refuses its shadow, and an event tells', async () => {
    const memory = inMemory();
    const customData = { vendorId: 'acme', text: 'x'.repeat(9_000) };
    expect(await boot(memory, { protocol: 'ocpp2.0.1' }, { ...payload2x, customData })).toMatchObject({
      status: 'Accepted',
    });
    expect(memory.chargePoints.items.get('CP1')).toMatchObject({ boot: { hardware } });
    expect(memory.events.emitted).toMatchObject([
      { name: 'shadow-refused', chargePointId: 'CP1', reason: expect.any(String) },
    ]);
  });

  it('is not answered while the shadow can’t be reached', async () => {
    const memory = inMemory();
    memory.shadows.report = () => Promise.reject(new Error('throttled'));
    await expect(boot(memory)).rejects.toThrow('throttled');
  });
});
