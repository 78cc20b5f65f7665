import fc from 'fast-check';
import { expect, it } from 'vitest';
import { messages as messages16 } from '../../schemas/generated/ocpp1.6/messages.js';
import { messages as messages201 } from '../../schemas/generated/ocpp2.0.1/messages.js';
import { messages as messages21 } from '../../schemas/generated/ocpp2.1/messages.js';
import type { Validators } from '../../schemas/generated/runtime.js';
import { sloppy } from '../../test/conformance/sloppy.js';
import { inMemory } from '../../test/memory/index.js';
import { answer } from '../answer.js';
import { type Protocol, protocols } from './protocol.js';
import { routes } from './routes.js';
import { validateRequest } from './validate.js';

type Messages = Readonly<Record<string, () => Validators<unknown, unknown>>>;
const messages: Record<Protocol, Messages> = {
  'ocpp1.6': messages16,
  'ocpp2.0.1': messages201,
  'ocpp2.1': messages21,
};

it.each(protocols)(
  '%s: whatever is sent sloppily is answered as what was meant, where the stage is tolerant',
  async (protocol) => {
    const handled = Object.keys(routes[protocol]).filter((action) => typeof routes[protocol][action] === 'function');
    const message = fc.constantFrom(...handled).chain((action) => {
      const { schema } = messages[protocol][action]?.().request ?? expect.fail(action);
      return sloppy(schema).map((payload) => ({ action, ...payload }));
    });
    await fc.assert(
      fc.asyncProperty(message, async ({ action, sent, meant }) => {
        const hear = async (payload: unknown, validation: 'strict' | 'tolerant') => {
          const memory = inMemory({ stage: { validation } });
          const context = { chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt: memory.clock.now() };
          const reply = await answer(JSON.stringify([2, 'm1', action, payload]), { ...memory, ...context });
          return JSON.parse(reply ?? 'null');
        };
        const isValid = await validateRequest(protocol, action, meant).then(
          () => true,
          () => false,
        );
        if (isValid) {
          expect(await hear(sent, 'tolerant')).toEqual(await hear(meant, 'strict'));
          return;
        }
        // It is too long: its handler may mind.
        expect([3, 4]).toContain((await hear(sent, 'tolerant'))[0]);
      }),
      { numRuns: 500 },
    );
  },
);
