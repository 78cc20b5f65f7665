import { answer } from '../../csms/answer.js';
import { enqueue } from '../../csms/commands/enqueue.js';
import type { Protocol } from '../../csms/ocpp/protocol.js';
import { chargePoint } from './charge-point.js';
import { elapse } from './elapse.js';
import { inMemory, type Memory } from './index.js';

/** CP1 with a connection, and what somebody may ask of it. */
export async function connectedTo(protocol: Protocol, memory: Memory = inMemory()) {
  memory.chargePoints.put({ chargePointId: 'CP1' });
  await chargePoint(memory, 'CP1', protocol).connect('c1');
  await elapse(memory, 1_000);
  let asked = 0;
  const self = {
    memory,
    /** The CALL as it arrives. @returns its id */
    async ask(action: string, payload: object): Promise<string> {
      const messageId = `ask-${++asked}`;
      await enqueue({ chargePointId: 'CP1', messageId, action, payload: JSON.stringify(payload) }, memory);
      return messageId;
    },
    /** What the charge point answers, after some seconds. */
    async reply(messageId: string, response: object, seconds = 0, connectionId = 'c1'): Promise<void> {
      memory.clock.advance(seconds * 1_000);
      const context = { ...memory, chargePointId: 'CP1', connectionId, protocol, receivedAt: memory.clock.now() };
      await answer(JSON.stringify([3, messageId, response]), context);
    },
    /** Asked, and answered. @returns what became of the command */
    async told(action: string, payload: object, response: object, seconds = 0): Promise<string | undefined> {
      const messageId = await self.ask(action, payload);
      await self.reply(messageId, response, seconds);
      return memory.commands.items.get(`CP1/${messageId}`)?.status;
    },
  };
  return self;
}
