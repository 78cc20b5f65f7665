import { answer } from '../../csms/answer.js';
import type { Protocol } from '../../csms/ocpp/protocol.js';
import type { Memory } from './index.js';

/** What charge point CP1 hears on a CALL. */
export async function call(
  memory: Memory,
  protocol: Protocol,
  action: string,
  payload: object,
  receivedAt = memory.clock.now(),
): Promise<unknown[]> {
  const context = { ...memory, chargePointId: 'CP1', connectionId: 'c1', protocol, receivedAt };
  return JSON.parse((await answer(JSON.stringify([2, 'm1', action, payload]), context)) ?? 'null');
}
