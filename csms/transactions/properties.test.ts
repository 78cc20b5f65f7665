import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messages as messages16 } from '../../schemas/generated/ocpp1.6/messages.js';
import { messages as messages201 } from '../../schemas/generated/ocpp2.0.1/messages.js';
import { messages as messages21 } from '../../schemas/generated/ocpp2.1/messages.js';
import type { Schema } from '../../schemas/generated/runtime.js';
import { calling, stored } from '../../test/memory/calling.js';
import { inMemory } from '../../test/memory/index.js';

const subjects = [
  ...(['StartTransaction', 'StopTransaction', 'MeterValues'] as const).map(
    (action) => ['ocpp1.6', action, messages16[action]().request.schema] as const,
  ),
  ...(['TransactionEvent', 'MeterValues'] as const).flatMap((action) => [
    ['ocpp2.0.1', action, messages201[action]().request.schema] as const,
    ['ocpp2.1', action, messages21[action]().request.schema] as const,
  ]),
];

const times = ['2026-01-02T03:00:00Z', '2026-01-02T03:20:00.5+01:00', '1970-01-01T00:00:00Z', '2099-12-31T23:59:60Z'];
const integers = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(0, 1, 2) },
  fc.integer(),
  fc.constantFrom(-1, 2 ** 31, 2 ** 53, 1e300),
);
const texts = fc.oneof(fc.constantFrom('', '1', '8200', 'ONE', 'TWO'), fc.string({ unit: 'grapheme', maxLength: 20 }));

/** A value that a schema allows; often the same as another, so that messages are about the same transaction. */
function valid({ type, properties = {}, required = [], ...schema }: Schema): fc.Arbitrary<unknown> {
  const { items = {}, minItems = 0, maxItems = 3, enum: allowed, format, maxLength = 20, minimum, maximum } = schema;
  const isWithin = (number: number) => number >= (minimum ?? -Infinity) && number <= (maximum ?? Infinity);
  switch (type) {
    case 'object': {
      const members = Object.entries(properties).map(([name, member]) => [name, valid(member)]);
      return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
        requiredKeys: [...required],
      });
    }
    case 'array':
      return fc.array(valid(items), { minLength: minItems, maxLength: Math.max(minItems, Math.min(3, maxItems)) });
    case 'string':
      if (allowed) return fc.constantFrom(...allowed);
      if (format === 'date-time') return fc.constantFrom(...times);
      return texts.filter((text) => [...text].length <= maxLength);
    case 'integer':
      return integers.filter(isWithin);
    case 'number':
      return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.nat(9_000)).filter(isWithin);
    default:
      return fc.boolean();
  }
}

it.each(subjects)(
  '%s %s: whatever is valid is answered, can be stored, and may come twice',
  async (protocol, action, schema) => {
    const payloads = fc.array(valid(schema) as fc.Arbitrary<object>, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(payloads, async (payloads) => {
        const memory = inMemory();
        memory.idTokens.put({ idToken: 'ONE', oneTransaction: true });
        memory.idTokens.put({ idToken: 'TWO', groupId: 'Family', cacheSeconds: 60 });
        await memory.idTokens.hold('ONE', { chargePointId: 'CP9', transactionId: 'gone' });
        const { frame, call } = calling(memory, protocol);
        if (protocol === 'ocpp1.6') {
          const started = { connectorId: 1, idTag: 'ONE', meterStart: 1, timestamp: times[0] };
          const { transactionId } = await call('StartTransaction', started);
          // What is said of transaction 1 is said of this one.
          payloads = payloads.map((one) =>
            'transactionId' in one && one.transactionId === 1 ? { ...one, transactionId } : one,
          );
        }
        for (const payload of payloads) {
          const [type, , ...answer] = await frame(action, payload);
          if (type !== 3) expect(answer[0]).toBe('PropertyConstraintViolation');
          const before = stored(memory);
          const emitted = memory.events.names().length;
          const [typeAgain, , ...again] = await frame(action, payload);
          expect([typeAgain, ...again]).toEqual([type, ...answer]);
          expect(stored(memory)).toEqual(before);
          expect(memory.events.names()).toHaveLength(emitted);
        }
        // What DynamoDB would be told to keep.
        for (const one of [...memory.transactions.items.values(), ...memory.meterValues.readings]) {
          marshall(JSON.parse(JSON.stringify(one)));
        }
      }),
      { numRuns: 100 },
    );
  },
);
