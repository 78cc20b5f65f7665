import { describe, expect, it } from 'vitest';
import { call } from '../test/memory/call.js';
import { inMemory } from '../test/memory/index.js';
import { protocols } from './ocpp/protocol.js';

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const told = { vendorId: 'com.acme', messageId: 'Tariff', data: '{"perKWh":0.3}' };

describe('4.3/P02 DataTransfer', () => {
  it.each(protocols)(
    '%s P02.FR.06: of a vendor that is not known is answered UnknownVendorId, and told',
    async (protocol) => {
      const memory = inMemory();
      expect(await call(memory, protocol, 'DataTransfer', told)).toEqual([3, 'm1', { status: 'UnknownVendorId' }]);
      expect(memory.events.emitted).toMatchObject([{ name: 'data-transfer', chargePointId: 'CP1', ...told }]);
    },
  );

  it.each(v2x)('%s: data may be anything', async (protocol) => {
    const memory = inMemory();
    for (const data of [{ a: [1, null] }, 0, false, [], '']) {
      await call(memory, protocol, 'DataTransfer', { vendorId: 'com.acme', data });
      expect(memory.events.emitted.at(-1)).toHaveProperty('data', data);
    }
  });

  it.each(protocols)('%s: may say next to nothing', async (protocol) => {
    const memory = inMemory();
    await call(memory, protocol, 'DataTransfer', { vendorId: 'com.acme' });
    const [{ vendorId, ...event } = {}] = memory.events.emitted as unknown as Record<string, unknown>[];
    expect([vendorId, 'messageId' in event, 'data' in event]).toEqual(['com.acme', false, false]);
  });

  it.each(protocols)('%s: told twice is one event', async (protocol) => {
    const memory = inMemory();
    const receivedAt = memory.clock.now();
    await call(memory, protocol, 'DataTransfer', told, receivedAt);
    memory.clock.advance(60_000);
    await call(memory, protocol, 'DataTransfer', told, receivedAt);
    expect(memory.events.names()).toEqual(['data-transfer']);
  });

  it.each([
    [124 * 1024 - 2, true],
    [124 * 1024 - 1, false],
  ])('of %i bytes: an event has room for them: %j', async (size, fits) => {
    const memory = inMemory();
    const data = 'x'.repeat(size);
    await call(memory, 'ocpp1.6', 'DataTransfer', { vendorId: 'com.acme', data });
    const [event = {}] = memory.events.emitted as unknown as Record<string, unknown>[];
    expect(event.data).toBe(fits ? data : undefined);
    expect(event.dataIsTooLarge).toBe(fits ? undefined : true);
  });
});
