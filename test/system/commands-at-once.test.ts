import { beforeAll, expect, it } from 'vitest';
import { type ChargePoint, connectChargePoint } from '../../charge-point/index.js';
import { isRepeatable } from '../../csms/commands/actions.js';
import type { Command } from '../../csms/commands/ports.js';
import { fraction } from '../../csms/fraction.js';
import { itemsOf } from './cloud.js';
import { deliverAtLeastOnce } from './deliveries.js';
import { chargePointClock, testSystem } from './system.js';

const csms = testSystem();
beforeAll(deliverAtLeastOnce);

const chargePoints = 100;
/** What each is asked, in turns: what may be told again, and what may not. */
const asked = Array.from({ length: 5 }, () => [
  ['ClearCache', {}, { status: 'Accepted' }] as const,
  ['DataTransfer', { vendorId: 'Acme' }, { status: 'Accepted' }] as const,
]).flat();

/** By message id: how often a charge point got a CALL. */
const heard = new Map<string, number>();
/** How often all charge points together lost their sockets. */
let losses = 0;

/** Charge point `n`: it takes up to half a second to answer, and loses its socket every few seconds, before or after it does. */
function connect(identity: string, n: number): Promise<ChargePoint> {
  const clock = chargePointClock(csms.system);
  let times = 0;
  const chance = () => fraction(`${identity} ${++times}`);
  const soon = () => clock.wait(500 * chance(), new AbortController().signal);
  const handlers = asked.map(([action, , answer]) => {
    const handle = async () => {
      await soon();
      return answer;
    };
    return [action, handle];
  });
  const onCall = async (messageId: string) => {
    heard.set(messageId, (heard.get(messageId) ?? 0) + 1);
    if (chance() > 0.3) return;
    await soon();
    (await connecting).cutOff();
    losses++;
  };
  const connecting = connectChargePoint({
    ...{ url: csms.url, identity, clock },
    protocol: n % 2 ? 'ocpp1.6' : 'ocpp2.0.1',
    backOff: { waitMinimum: 500, randomRange: 0, repeatTimes: 0 },
    handlers: Object.fromEntries(handlers),
    onFrame(direction, text) {
      const [type, messageId] = JSON.parse(text);
      if (direction === 'received' && type === 2) void onCall(messageId);
    },
  });
  return connecting;
}

/** Resolves when so many commands have been settled, each for the first time. */
function settled(count: number): Promise<void> {
  const told = new Set<string>();
  return new Promise((resolve) => {
    const stop = csms.system.account.iot.broker.listen(({ topic, payload }) => {
      if (!topic.endsWith('/events/command-settled')) return;
      told.add(JSON.parse(String(payload)).commandId);
      if (told.size < count) return;
      stop();
      resolve();
    });
  });
}

async function commandsOf(identities: string[]): Promise<Command[]> {
  const items = await itemsOf(csms.system, 'CommandsTable');
  const found = items.flatMap(({ chargePointId, command }) => (command ? { chargePointId, ...command } : []));
  return found.filter(({ chargePointId }) => identities.includes(chargePointId));
}

it('1,000 commands to charge points that lose their sockets every few seconds, with all told twice, late and out of order', async () => {
  const identities = await Promise.all(Array.from({ length: chargePoints }, () => csms.thing()));
  const connected = await Promise.all(identities.map(connect));
  const mqtt = await csms.mqttClient();
  const all = settled(chargePoints * asked.length);
  for (const identity of identities) {
    for (const [n, [action, payload]] of asked.entries())
      mqtt.publish(`${identity}/out`, JSON.stringify([2, `${identity}-${n}`, action, payload]), { qos: 1 });
  }
  await csms.over(all);
  expect(losses).toBeGreaterThan(2 * chargePoints);
  await csms.over(Promise.all(connected.map((chargePoint) => chargePoint.close())));

  const commands = await commandsOf(identities);
  expect(commands).toHaveLength(chargePoints * asked.length);
  for (const command of commands) {
    const { status, attempts, commandId } = command;
    const times = attempts.reduce((sum, { messageId }) => sum + (heard.get(messageId) ?? 0), 0);
    if (isRepeatable(command)) expect([commandId, status, times > 0]).toEqual([commandId, 'accepted', true]);
    else expect([commandId, ['accepted', 'timed-out'].includes(status), times < 2]).toEqual([commandId, true, true]);
  }
}, 300_000);
