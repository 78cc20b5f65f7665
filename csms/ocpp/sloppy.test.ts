import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messages as messages16 } from '../../schemas/generated/ocpp1.6/messages.js';
import { messages as messages201 } from '../../schemas/generated/ocpp2.0.1/messages.js';
import { messages as messages21 } from '../../schemas/generated/ocpp2.1/messages.js';
import type { Validators } from '../../schemas/generated/runtime.js';
import { variants } from '../../scripts/generate-ocpp/samples.mjs';
import { sloppy } from '../../test/conformance/sloppy.js';
import { type Protocol, protocols } from './protocol.js';
import { sends } from './routes.js';
import { type Forbidden, understandPayload, validateOutcome, validateRequest } from './validate.js';

const receivedAt = new Date('2026-01-02T03:04:05.678Z');
type Message = Pick<Forbidden, 'protocol' | 'action' | 'kind'>;
const understand = (message: Message, payload: unknown) => understandPayload({ ...message, payload }, receivedAt);

type Messages = Readonly<Record<string, () => Validators<unknown, unknown>>>;
const messages: Record<Protocol, Messages> = {
  'ocpp1.6': messages16,
  'ocpp2.0.1': messages201,
  'ocpp2.1': messages21,
};
const all = protocols.flatMap((protocol) =>
  Object.keys(messages[protocol]).flatMap((action): Message[] => [
    { protocol, action, kind: 'request' },
    ...(sends[protocol]?.includes(action) ? [] : [{ protocol, action, kind: 'response' } as const]),
  ]),
);
const schemaOf = ({ protocol, action, kind }: Message) =>
  messages[protocol][action]?.()[kind].schema ?? expect.fail(action);

/** Of two spellings of one time that both are RFC 3339, either will do. */
const comparable = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_name, member) =>
    typeof member === 'string' && /^\d{4}-\d\d-\d\dt/.test(member) ? member.toUpperCase() : member,
  );

describe('whatever is sent', () => {
  it.each(protocols)('%s: sloppily is what was meant', async (protocol) => {
    const some = fc.constantFrom(...all.filter((one) => one.protocol === protocol));
    const spoken = some.chain((message) => sloppy(schemaOf(message)).map((payload) => ({ message, ...payload })));
    await fc.assert(
      fc.asyncProperty(spoken, async ({ message, sent, meant }) => {
        const { payload, fault } = await understand(message, sent);
        expect(fault).toBeUndefined();
        expect(comparable(payload)).toEqual(comparable(meant));
      }),
      { numRuns: 1_000 },
    );
  });

  it('and valid is understood as it is, without a deviation', async () => {
    const spoken = fc
      .constantFrom(...all)
      .chain((message) => sloppy(schemaOf(message)).map(({ meant }) => ({ message, meant })));
    await fc.assert(
      fc.asyncProperty(spoken, async ({ message, meant }) => {
        const { protocol, action, kind } = message;
        const validate = kind === 'request' ? validateRequest : validateOutcome;
        const isValid = await validate(protocol, action, meant).then(
          () => true,
          () => false,
        );
        fc.pre(isValid);
        expect(await understand(message, meant)).toMatchObject({ payload: meant, deviations: [], fault: undefined });
      }),
    );
  });

  it('is understood or refused without a throw, and left as it is', async () => {
    const any = fc.constantFrom(...all).chain((message) => {
      const broken = sloppy(schemaOf(message)).map(({ sent }) => [...variants(schemaOf(message), sent)]);
      const payload = fc.oneof(
        fc.jsonValue(),
        broken.chain((all) => fc.constantFrom(...all)),
      );
      return payload.map((payload) => ({ message, payload }));
    });
    await fc.assert(
      fc.asyncProperty(any, async ({ message, payload }) => {
        const before = JSON.stringify(payload);
        await understand(message, payload);
        expect(JSON.stringify(payload)).toBe(before);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(protocols)('%s: nests deeper than a stack, it is understood or refused', async (protocol) => {
    const deep = JSON.parse('['.repeat(16_000) + ']'.repeat(16_000));
    for (const action of ['BootNotification', 'DataTransfer', 'Heartbeat', 'MeterValues']) {
      for (const payload of [deep, { deep, data: deep, meterValue: deep, customData: { deep } }]) {
        await understand({ protocol, action, kind: 'request' }, payload);
      }
    }
  });
});
