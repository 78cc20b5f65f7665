import { describe, expect, it } from 'vitest';
import { answer } from '../../csms/answer.js';
import { enqueue } from '../../csms/commands/enqueue.js';
import { commandTables } from '../../csms/ocpp/command-tables.js';
import { type Protocol, protocols } from '../../csms/ocpp/protocol.js';
import { stateOf } from '../../csms/reservations/state.js';
import { chargePoint } from '../memory/charge-point.js';
import { elapse } from '../memory/elapse.js';
import { inMemory, type Memory } from '../memory/index.js';
import { type Answered, outcomesOf } from '../system/command-outcomes.js';
import { commandsLeave } from './commands-leave.js';

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
  const all = [
    ...[...inventory.items.values()].map(({ kind }) => kind),
    ...[...jobs.items.keys()].map((key) => `job ${key.slice('CP1/'.length).split('#')[0]}`),
    ...[...reservations.items.values()].map((one) => `reservation ${stateOf(one)?.status}`),
    ...(components.items.size > 0 ? ['variables'] : []),
  ];
  return [...new Set(all)].sort();
}

/** What it is to be, by the table. */
function toBeLeft(action: string, { name, status }: Answered): string[] {
  const { yes = [], full = yes, no = {} } = commandsLeave[action] ?? {};
  if (status === 'rejected') return no[name] ?? [];
  if (status !== 'accepted') return [];
  return name === 'with all that it may say' ? full : yes;
}

// Over real sockets: test/system/every-command.test.ts.
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
