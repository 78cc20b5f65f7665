import { describe, expect, it } from 'vitest';
import { answer } from '../../csms/answer.js';
import { type Protocol, protocols } from '../../csms/ocpp/protocol.js';
import { routes, sends } from '../../csms/ocpp/routes.js';
import { messages as messages16 } from '../../schemas/generated/ocpp1.6/messages.js';
import { messages as messages201 } from '../../schemas/generated/ocpp2.0.1/messages.js';
import { messages as messages21 } from '../../schemas/generated/ocpp2.1/messages.js';
import type { Validators } from '../../schemas/generated/runtime.js';
import { sample } from '../../scripts/generate-ocpp/samples.mjs';
import { inMemory, type Memory } from '../memory/index.js';

type Messages = Readonly<Record<string, () => Validators<unknown, unknown>>>;
const messages: Record<Protocol, Messages> = { 'ocpp1.6': messages16, 'ocpp2.0.1': messages201, 'ocpp2.1': messages21 };
const all = protocols.flatMap((protocol) => Object.keys(routes[protocol]).map((action) => [protocol, action] as const));

/** What is kept, but for how often each event was told. */
function state({ components, connectors, events, history, inventory, jobs, meterValues, transactions }: Memory) {
  const stores = [components, connectors, history, inventory, jobs, meterValues, transactions];
  return structuredClone([stores.map((store) => Object.values(store)), new Set(events.emitted.map(({ id }) => id))]);
}

describe('whatever a charge point says with all members that its schema knows, and with the least', () => {
  it.each(all)('%s %s: told twice is answered the same, and leaves the same', async (protocol, action) => {
    const { schema } = messages[protocol][action]?.().request ?? expect.fail(action);
    for (const full of [true, false]) {
      const memory = inMemory();
      const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt: memory.clock.now() };
      const type = sends[protocol]?.includes(action) ? 6 : 2;
      const text = JSON.stringify([type, 'm1', action, sample(schema, full)]);
      const first = await answer(text, context);
      const left = state(memory);
      const toldOnce = memory.events.emitted.length;
      expect(await answer(text, context)).toBe(first);
      expect(state(memory)).toEqual(left);
      expect(memory.events.emitted).toHaveLength(2 * toldOnce);
    }
  });
});
