import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer } from '../../csms/answer.js';
import { deliver, refusalOf } from '../../csms/deliver.js';
import { isTooDeep } from '../../csms/ocpp/depth.js';
import { protocols } from '../../csms/ocpp/protocol.js';
import { routes, sends } from '../../csms/ocpp/routes.js';
import { receive } from '../../csms/receive.js';
import { refusals } from '../../schemas/refusals.js';
import { everythingIn } from '../memory/everything.js';
import { inMemory, type Memory } from '../memory/index.js';
import { messages } from './messages.js';
import { asText, valid } from './valid.js';

/** DynamoDB takes no item that is deeper, the levels of its key and of what it is in not counted. */
const deepestItem = 28;

/** A charge point with a connection that exists, and the tokens that messages name. */
function connected(validation: 'strict' | 'tolerant'): Memory {
  const memory = inMemory({ stage: { validation } });
  memory.idTokens.put({ idToken: 'ONE', oneTransaction: true });
  memory.idTokens.put({ idToken: 'TWO', groupId: 'Family' });
  memory.chargePoints.put({ chargePointId: 'CP1' });
  memory.sockets.connect('c1');
  return memory;
}

/** All that DynamoDB is told to keep, as the stores in aws/ tell it: what is in the inventory is text. */
function assertStorable(memory: Memory): void {
  const { inventory, shadows: _, ...stores } = everythingIn(memory);
  const texts = inventory.map(([key, item]) => [key, { ...item, detail: JSON.stringify(item) }]);
  for (const [, item] of [...Object.values(stores).flat(), ...texts]) {
    marshall(JSON.parse(JSON.stringify({ item })));
    expect(isTooDeep(item, deepestItem)).toBe(false);
  }
}

const actions = protocols.flatMap((protocol) => Object.keys(routes[protocol]).map((one) => [protocol, one] as const));

describe('whatever is valid', () => {
  it.each(actions)('%s %s: is taken, answered and delivered, and can be kept', async (protocol, action) => {
    const { schema } = messages[protocol][action]?.().request ?? expect.fail(action);
    const isSend = sends[protocol]?.includes(action) ?? false;
    const said = fc.tuple(
      fc.array(valid(schema), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('strict', 'tolerant'),
    );
    await fc.assert(
      fc.asyncProperty(said, async ([payloads, validation]) => {
        const memory = connected(validation as 'strict' | 'tolerant');
        const { clock } = memory;
        const from = { chargePointId: 'CP1', connectionId: 'c1', protocol };
        for (const payload of payloads) {
          const text = asText([isSend ? 6 : 2, 'm1', action, payload]);
          expect(await receive({ ...from, connectedAt: clock.millis, text }, memory)).toBeUndefined();
          const receivedAt = clock.now();
          const reply = await answer(text, { ...memory, ...from, receivedAt });
          if (isSend) {
            expect(reply).toBeUndefined();
            continue;
          }
          const [type, id, code] = JSON.parse(reply ?? '[]');
          expect([type, id]).toEqual([type === 4 ? 4 : 3, 'm1']);
          if (type === 4) expect(['PropertyConstraintViolation', 'NotSupported']).toContain(code);
          const answered = {
            chargePointId: 'CP1',
            text: reply ?? '',
            publishedAt: receivedAt,
            connectionId: 'c1',
            receivedAt,
            isContested: false,
          };
          expect(await deliver(answered, memory)).toBe('delivered');
        }
        assertStorable(memory);
      }),
      { numRuns: 30 },
    );
  });
});

describe('whatever text comes', () => {
  const json = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
    fc
      .tuple(fc.constantFrom(2, 3, 4, 5, 6, '2', null), fc.string(), fc.string(), fc.jsonValue())
      .map((frame) => JSON.stringify(frame)),
    fc
      .tuple(fc.constantFrom(2, 3, 4, 5, 6), fc.constantFrom('Reset', 'StartTransaction', 'DataTransfer'))
      .map(([type, action]) => asText([type, 'm1', action, { vendorId: 'x', data: '@deep@' }])),
  );
  const texts = fc.oneof(
    json,
    fc.string(),
    fc.tuple(json, fc.nat(60)).map(([text, end]) => text.slice(0, end)),
  );

  it.each(protocols)('%s: is taken from a charge point, and answered, or is no frame', async (protocol) => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const memory = connected('tolerant');
        const { clock } = memory;
        const from = { chargePointId: 'CP1', connectionId: 'c1', protocol };
        const why = await receive({ ...from, connectedAt: clock.millis, text }, memory);
        expect(typeof why).toBe(memory.topics.taken.length === 0 ? 'string' : 'undefined');
        const reply = await answer(text, { ...memory, ...from, receivedAt: clock.now() });
        if (reply !== undefined) expect([3, 4, 5]).toContain(JSON.parse(reply)[0]);
        assertStorable(memory);
      }),
      { numRuns: 300 },
    );
  });

  it('is delivered to a charge point, queued, or dropped for a reason that has a code', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.option(fc.constantFrom('c1', 'gone')), async (text, connectionId) => {
        const memory = connected('strict');
        const from = { connectionId: connectionId ?? undefined, receivedAt: undefined, isContested: false };
        const publishedAt = memory.clock.now();
        const delivery = await deliver({ chargePointId: 'CP1', text, publishedAt, ...from }, memory);
        const outcome = refusalOf(delivery) ?? delivery;
        expect(['delivered', 'queued', ...Object.keys(refusals)]).toContain(outcome);
        assertStorable(memory);
      }),
      { numRuns: 300 },
    );
  });
});
