import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actions as actions16 } from '../schemas/generated/ocpp1.6/actions.js';
import { actions as actions201 } from '../schemas/generated/ocpp2.0.1/actions.js';
import { actions as actions21 } from '../schemas/generated/ocpp2.1/actions.js';
import { inMemory } from '../test/memory/index.js';
import { answer } from './answer.js';
import { failureOf } from './ocpp/failure.js';
import { type Protocol, protocols } from './ocpp/protocol.js';
import { routes } from './ocpp/routes.js';

const boots: Record<Protocol, { chargingStation?: object }> = {
  'ocpp1.6': { chargePointVendor: 'Acme', chargePointModel: 'One' } as object,
  'ocpp2.0.1': { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'One' } } as object,
  'ocpp2.1': { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'One' } } as object,
};
const known = { 'ocpp1.6': actions16, 'ocpp2.0.1': actions201, 'ocpp2.1': actions21 } as const;
const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
/** 1.6's own spelling, where it has one. */
const spelled = (code: string, protocol: Protocol) =>
  protocol === 'ocpp1.6' ? code.replace('Format', 'Formation').replace('Occurrence', 'Occurence') : code;

/** What the charge point hears on a CALL. */
async function call(protocol: Protocol, action: string, payload: unknown, memory = inMemory()) {
  const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt: memory.clock.now() };
  return JSON.parse((await answer(JSON.stringify([2, 'm1', action, payload]), context)) ?? 'null');
}

describe('an answer', () => {
  it('goes to nothing but a CALL', async () => {
    const memory = inMemory();
    const context = {
      ...memory,
      chargePointId: 'CP1',
      connectionId: 'c1',
      protocol: 'ocpp2.1' as const,
      receivedAt: memory.clock.now(),
    };
    for (const text of [
      '[3,"m1",{}]',
      '[4,"m1","GenericError","",{}]',
      '[5,"m1","GenericError","",{}]',
      '[6,"m1","X",{}]',
    ]) {
      expect(await answer(text, context)).toBeUndefined();
    }
  });

  it('to what is no frame is its CALLERROR', async () => {
    const memory = inMemory();
    const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', receivedAt: memory.clock.now() };
    expect(await answer('hello', { ...context, protocol: 'ocpp2.1' })).toContain('"-1"');
    expect(await answer('hello', { ...context, protocol: 'ocpp1.6' })).toBeUndefined();
  });

  it('never throws, whatever comes', async () => {
    const action = fc.oneof(
      fc.constantFrom('BootNotification', 'Heartbeat', 'StatusNotification', '__proto__'),
      fc.string(),
    );
    const frame = fc.tuple(fc.constantFrom(2, 3, 4, 5, 6, 7), fc.string(), action, fc.jsonValue());
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.jsonValue()).map((a) => JSON.stringify(a)),
      frame.map((a) => JSON.stringify(a)),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom(...protocols), async (text, protocol) => {
        const memory = inMemory();
        const reply = await answer(text, {
          ...memory,
          chargePointId: 'CP1',
          connectionId: 'c1',
          protocol,
          receivedAt: memory.clock.now(),
        });
        expect([undefined, 3, 4]).toContain(reply && JSON.parse(reply)[0]);
      }),
    );
  });

  it('is compact, its members in the order of the schema', async () => {
    const memory = inMemory();
    const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', receivedAt: memory.clock.now() };
    const text = JSON.stringify([2, 'm1', 'BootNotification', boots['ocpp1.6']]);
    const reply = await answer(text, { ...context, protocol: 'ocpp1.6' });
    expect(reply).toMatch(
      /^\[3,"m1",\{"status":"Accepted","currentTime":"2026-01-02T03:04:05.000Z","interval":\d+\}\]$/,
    );
  });
});

describe('an action', () => {
  const table = protocols.flatMap((protocol) => known[protocol].map((action) => ({ protocol, action })));

  it.each(table.filter(({ protocol, action }) => !routes[protocol][action]))(
    '$protocol $action, known and not for a CSMS: NotSupported',
    async ({ protocol, action }) => {
      expect(await call(protocol, action, {})).toEqual([4, 'm1', 'NotSupported', `${action} is not for a CSMS.`, {}]);
    },
  );

  it.each([
    ['ocpp1.6', 'TransactionEvent'],
    ['ocpp2.0.1', 'StartTransaction'],
    ['ocpp2.0.1', 'BatterySwap'],
    ['ocpp2.1', 'Invented'],
    ['ocpp1.6', 'heartbeat'],
    ['ocpp1.6', ''],
    ...protocols.flatMap((protocol) =>
      ['constructor', '__proto__', 'toString', 'hasOwnProperty'].map((a) => [protocol, a] as const),
    ),
  ] as const)('%s %s, not known: NotImplemented', async (protocol, action) => {
    expect((await call(protocol, action, {})).slice(0, 3)).toEqual([4, 'm1', 'NotImplemented']);
  });

  it.each(protocols)('%s: every route is an action of the version', (protocol) => {
    for (const action of Object.keys(routes[protocol])) expect(known[protocol]).toContain(action);
  });
});

describe('a payload', () => {
  it.each(protocols.flatMap((protocol) => [[], null, 1, 'text', true].map((payload) => ({ protocol, payload }))))(
    '$protocol: $payload is no object: FormatViolation',
    async ({ protocol, payload }) => {
      const [type, id, code, description] = await call(protocol, 'Heartbeat', payload);
      expect([type, id, code]).toEqual([4, 'm1', spelled('FormatViolation', protocol)]);
      expect(description).toBe('The payload must be an object.');
    },
  );

  it.each(protocols)('%s: a missing member is an OccurrenceConstraintViolation', async (protocol) => {
    const [, , code, , details] = await call(protocol, 'BootNotification', {});
    expect(code).toBe(spelled('OccurrenceConstraintViolation', protocol));
    expect(details).toMatchObject({ path: '', missingProperty: expect.any(String) });
  });

  it.each(protocols)('%s: a member that is not allowed is a FormatViolation', async (protocol) => {
    const [, , code, , details] = await call(protocol, 'BootNotification', { ...boots[protocol], color: 'red' });
    expect(code).toBe(spelled('FormatViolation', protocol));
    expect(details).toMatchObject({ additionalProperty: 'color' });
  });

  it.each(protocols)('%s: __proto__ is a member that is not allowed', async (protocol) => {
    const payload = JSON.parse('{"__proto__":{}}');
    expect((await call(protocol, 'Heartbeat', payload))[2]).toBe(spelled('FormatViolation', protocol));
  });

  it.each([
    ['ocpp1.6', 'StatusNotification', { connectorId: '1', errorCode: 'NoError', status: 'Available' }, '/connectorId'],
    ['ocpp1.6', 'StatusNotification', { connectorId: 1.5, errorCode: 'NoError', status: 'Available' }, '/connectorId'],
    ['ocpp1.6', 'BootNotification', { chargePointVendor: 1, chargePointModel: 'One' }, '/chargePointVendor'],
    ['ocpp2.0.1', 'BootNotification', { reason: 'PowerUp', chargingStation: 'One' }, '/chargingStation'],
    ['ocpp2.1', 'BootNotification', { reason: null, chargingStation: { vendorName: 'A', model: 'B' } }, '/reason'],
  ] as const)(
    '%s %s: a member of a wrong type is a TypeConstraintViolation',
    async (protocol, action, payload, path) => {
      const [, , code, , details] = await call(protocol, action, payload);
      expect([code, details.path]).toEqual(['TypeConstraintViolation', path]);
    },
  );

  it.each([
    ['an enum', 'ocpp1.6', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Fine' }, '/status'],
    [
      'a length',
      'ocpp1.6',
      'BootNotification',
      { chargePointVendor: 'x'.repeat(21), chargePointModel: 'One' },
      '/chargePointVendor',
    ],
    [
      'a format',
      'ocpp2.0.1',
      'StatusNotification',
      { timestamp: 'now', connectorStatus: 'Available', evseId: 1, connectorId: 1 },
      '/timestamp',
    ],
    [
      'a day that is none',
      'ocpp2.0.1',
      'StatusNotification',
      { timestamp: '2026-02-30T00:00:00Z', connectorStatus: 'Available', evseId: 1, connectorId: 1 },
      '/timestamp',
    ],
    [
      'an enum',
      'ocpp2.1',
      'BootNotification',
      { reason: 'Boredom', chargingStation: { vendorName: 'A', model: 'B' } },
      '/reason',
    ],
    [
      'a range',
      'ocpp2.1',
      'StatusNotification',
      { timestamp: '2026-01-01T00:00:00Z', connectorStatus: 'Available', evseId: -1, connectorId: 1 },
      '/evseId',
    ],
  ] as const)(
    '%s that is broken is a PropertyConstraintViolation (%s %s)',
    async (_what, protocol, action, payload, path) => {
      const [, , code, , details] = await call(protocol, action, payload);
      expect([code, details.path]).toEqual(['PropertyConstraintViolation', path]);
    },
  );

  it('that is wrong leaves nothing behind', async () => {
    const memory = inMemory();
    await call('ocpp1.6', 'BootNotification', { ...boots['ocpp1.6'], color: 'red' }, memory);
    await call('ocpp1.6', 'StatusNotification', { connectorId: 1 }, memory);
    expect([memory.chargePoints.items.size, memory.shadows.reported.size, memory.connectors.states.size]).toEqual([
      0, 0, 0,
    ]);
  });
});

describe('G02/4.6 Heartbeat', () => {
  it.each(protocols)('%s: is answered with the time, and the charge point was seen', async (protocol) => {
    const memory = inMemory();
    expect(await call(protocol, 'Heartbeat', {}, memory)).toEqual([
      3,
      'm1',
      { currentTime: '2026-01-02T03:04:05.000Z' },
    ]);
    expect(memory.chargePoints.items.get('CP1')).toMatchObject({ seenAt: memory.clock.now() });
  });

  it('4.6: may be left out by whoever says something else, which is seen as well', async () => {
    const memory = inMemory();
    const seenAt = () => memory.chargePoints.items.get('CP1')?.seenAt;
    const values = [{ timestamp: '2026-01-02T03:04:05Z', sampledValue: [{ value: '1' }] }];
    await call('ocpp1.6', 'BootNotification', boots['ocpp1.6'], memory);
    memory.clock.advance(15 * 60_000);
    await call('ocpp1.6', 'MeterValues', { connectorId: 1, meterValue: values }, memory);
    expect(seenAt()).toEqual(memory.clock.now());
    memory.clock.advance(15 * 60_000);
    await call('ocpp1.6', 'MeterValues', { connectorId: 1 }, memory);
    expect(seenAt()).not.toEqual(memory.clock.now());
  });

  it.each(v2x)('%s: may carry customData', async (protocol) => {
    expect((await call(protocol, 'Heartbeat', { customData: { vendorId: 'acme', x: [1] } }))[0]).toBe(3);
  });
});

describe('when an answer could not be made', () => {
  it.each(protocols)('%s: the charge point hears InternalError', (protocol) => {
    const reply = failureOf('[2,"m1","Heartbeat",{}]', protocol);
    expect(reply).toBe('[4,"m1","InternalError","The message could not be handled.",{}]');
  });

  it.each(['StartTransaction', 'StopTransaction', 'MeterValues', 'TransactionEvent'])(
    '%s is left to be repeated',
    (action) => {
      expect(failureOf(JSON.stringify([2, 'm1', action, {}]), 'ocpp1.6')).toBeUndefined();
    },
  );

  it('what is no CALL is left alone', () => {
    expect(failureOf('[3,"m1",{}]', 'ocpp1.6')).toBeUndefined();
    expect(failureOf('hello', 'ocpp2.1')).toBeUndefined();
  });

  it('one that its schema forbids never leaves, and says so by its name in the log', async () => {
    const memory = inMemory({ stage: { registrationStatus: 'Perhaps' as never } });
    const boot = call('ocpp2.0.1', 'BootNotification', boots['ocpp2.0.1'], memory);
    await expect(boot).rejects.toMatchObject({
      name: 'InvalidAnswer',
      message: 'Our answer to ocpp2.0.1 BootNotification is wrong: status must be equal to one of the allowed values',
    });
  });

  it('a port that fails is told to whoever asked', async () => {
    const memory = inMemory();
    memory.chargePoints.seen = () => Promise.reject(new Error('table is gone'));
    await expect(call('ocpp1.6', 'Heartbeat', {}, memory)).rejects.toThrow('table is gone');
  });
});
