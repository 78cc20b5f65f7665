import { describe, expect, it } from 'vitest';
import { answer } from '../../csms/answer.js';
import { enqueue } from '../../csms/commands/enqueue.js';
import { commandTables } from '../../csms/ocpp/command-tables.js';
import { type Protocol, protocols } from '../../csms/ocpp/protocol.js';
import { chargePoint } from '../memory/charge-point.js';
import { elapse } from '../memory/elapse.js';
import { inMemory, type Memory } from '../memory/index.js';
import { outcomesOf } from '../system/command-outcomes.js';
import { left, toBeLeft } from './commands-leave.js';

const chargePointId = 'CP1';
const connectionId = 'c1';

async function connected(protocol: Protocol) {
  const memory = inMemory();
  memory.chargePoints.put({ chargePointId });
  await chargePoint(memory, chargePointId, protocol).connect(connectionId);
  await elapse(memory, 1_000);
  return memory;
}

/** What is known of the charge point. */
function leftIn({ inventory, jobs, reservations, components }: Memory): string[] {
  return left({
    kinds: [...inventory.items.values()].map(({ kind }) => kind),
    jobs: [...jobs.items.keys()].map((name) => name.slice('CP1/'.length)),
    reservations: [...reservations.items.values()],
    components: [...components.items.values()],
  });
}

// Over real sockets, and by the same table: test/system/every-command.test.ts.
describe.each(protocols)('%s: whatever is answered is what becomes of', (protocol) => {
  it.each(Object.keys(commandTables[protocol]))('%s, and of what is known of the charge point', async (action) => {
    for (const outcome of outcomesOf(protocol, action)) {
      const { name, request, says, status, code, reason } = outcome;
      const memory = await connected(protocol);
      const messageId = 'm1';
      await enqueue({ chargePointId, messageId, action, payload: JSON.stringify(request) }, memory);
      const [type, ...said] = says;
      const context = { ...memory, chargePointId, connectionId, protocol, receivedAt: memory.clock.now() };
      const reply = await answer(JSON.stringify([type, messageId, ...said]), context);

      expect(memory.commands.items.get(`CP1/${messageId}`)?.status, name).toBe(status);
      const event = memory.events.named('command-settled').at(-1);
      expect(event, name).toMatchObject({ commandId: messageId, status, ...(code && { code, reason }) });
      const isWrong = code === 'answer-invalid' && protocol === 'ocpp2.1';
      expect(reply && JSON.parse(reply).slice(0, 3), name).toEqual(
        isWrong ? [5, messageId, 'FormatViolation'] : undefined,
      );
      expect(leftIn(memory), name).toEqual(toBeLeft(action, outcome));
    }
  });
});
