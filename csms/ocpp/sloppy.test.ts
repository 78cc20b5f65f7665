import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messages as messages16 } from '../../schemas/generated/ocpp1.6/messages.js';
import { messages as messages201 } from '../../schemas/generated/ocpp2.0.1/messages.js';
import { messages as messages21 } from '../../schemas/generated/ocpp2.1/messages.js';
import type { Validators } from '../../schemas/generated/runtime.js';
import { variants } from '../../scripts/generate-ocpp/samples.mjs';
import { sloppy } from '../../test/conformance/sloppy.js';
import { type Protocol, protocols } from './protocol.js';
import { understandRequest, validateRequest } from './validate.js';

const receivedAt = new Date('2026-01-02T03:04:05.678Z');
const understand = (protocol: Protocol, action: string, payload: unknown) =>
  understandRequest(protocol, action, payload, receivedAt);

type Messages = Readonly<Record<string, () => Validators<unknown, unknown>>>;
const messages: Record<Protocol, Messages> = {
  'ocpp1.6': messages16,
  'ocpp2.0.1': messages201,
  'ocpp2.1': messages21,
};
const actions = protocols.flatMap((protocol) =>
  Object.keys(messages[protocol]).map((action) => ({ protocol, action })),
);
const schemaOf = ({ protocol, action }: { protocol: Protocol; action: string }) =>
  messages[protocol][action]?.().request.schema ?? expect.fail(action);

/** Of two spellings of one time that both are RFC 3339, either will do. */
const comparable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_name, member) =>
    typeof member === 'string' && /^\d{4}-\d\d-\d\dt/.test(member) ? member.toUpperCase() : member,
  );

describe('whatever is sent', () => {
  it.each(protocols)('%s: sloppily is the request that was meant', async (protocol) => {
    const some = fc.constantFrom(...actions.filter((one) => one.protocol === protocol));
    const message = some.chain((one) => sloppy(schemaOf(one)).map((payload) => ({ ...one, ...payload })));
    await fc.assert(
      fc.asyncProperty(message, async ({ action, sent, meant }) => {
        const { request, fault } = await understand(protocol, action, sent);
        expect(fault).toBeUndefined();
        expect(comparable(request)).toEqual(comparable(meant));
      }),
      { numRuns: 1_000 },
    );
  });

  it('and valid is understood as it is, without a deviation', async () => {
    const message = fc
      .constantFrom(...actions)
      .chain((one) => sloppy(schemaOf(one)).map(({ meant }) => ({ ...one, meant })));
    await fc.assert(
      fc.asyncProperty(message, async ({ protocol, action, meant }) => {
        const isValid = await validateRequest(protocol, action, meant).then(
          () => true,
          () => false,
        );
        fc.pre(isValid);
        expect(await understand(protocol, action, meant)).toEqual({ request: meant, deviations: [], fault: undefined });
      }),
    );
  });

  it('is understood or refused without a throw, and left as it is', async () => {
    const any = fc.constantFrom(...actions).chain((one) => {
      const broken = sloppy(schemaOf(one)).map(({ sent }) => [...variants(schemaOf(one), sent)]);
      const payload = fc.oneof(
        fc.jsonValue(),
        broken.chain((all) => fc.constantFrom(...all)),
      );
      return payload.map((payload) => ({ ...one, payload }));
    });
    await fc.assert(
      fc.asyncProperty(any, async ({ protocol, action, payload }) => {
        const before = JSON.stringify(payload);
        await understand(protocol, action, payload);
        expect(JSON.stringify(payload)).toBe(before);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(protocols)('%s: nests deeper than a stack, it is understood or refused', async (protocol) => {
    const deep = JSON.parse('['.repeat(16_000) + ']'.repeat(16_000));
    for (const action of ['BootNotification', 'DataTransfer', 'Heartbeat', 'MeterValues']) {
      for (const payload of [deep, { deep, data: deep, meterValue: deep, customData: { deep } }]) {
        await understand(protocol, action, payload);
      }
    }
  });
});
