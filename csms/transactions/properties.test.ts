import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messages as messages16 } from '../../schemas/generated/ocpp1.6/messages.js';
import { messages as messages201 } from '../../schemas/generated/ocpp2.0.1/messages.js';
import { messages as messages21 } from '../../schemas/generated/ocpp2.1/messages.js';
import { valid } from '../../test/conformance/valid.js';
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
          const started = { connectorId: 1, idTag: 'ONE', meterStart: 1, timestamp: '2026-01-02T03:00:00Z' };
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
          // What is refused is told of each frame, and kept.
          if (type === 3) expect(memory.events.names()).toHaveLength(emitted);
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
