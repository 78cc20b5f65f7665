import { paginateScan } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, it } from 'vitest';
import { type ChargePoint, connectChargePoint } from '../../charge-point/index.js';
import { isRepeatable } from '../../csms/commands/actions.js';
import type { Command } from '../../csms/commands/ports.js';
import { clientsOf, tableName } from './cloud.js';
import { deliverAs, isAtLeastOnce } from './deliveries.js';
import { chargePointClock, testSystem } from './system.js';

const csms = testSystem();
beforeAll(() => {
  if (!isAtLeastOnce()) deliverAs(`chaos:${process.env.SEED ?? 1}`);
});

const chargePoints = 100;
/** What each is asked, in turns: what may be told again, and what may not. */
const asked = Array.from({ length: 5 }, () => [
  ['ClearCache', {}, { status: 'Accepted' }] as const,
  ['DataTransfer', { vendorId: 'Acme' }, { status: 'Accepted' }] as const,
]).flat();

/** By message id: how often a charge point got a CALL. */
const heard = new Map<string, number>();
function noteCall(text: string): void {
  const [type, messageId] = JSON.parse(text);
  if (type === 2) heard.set(messageId, (heard.get(messageId) ?? 0) + 1);
}

/** How often all charge points together lost their sockets. */
let losses = 0;

/** A number from 0 to 1 that is always the same for the same `n`. */
const fraction = (n: number) => (n * 0.618_033_988_75) % 1;

/** Charge point `n`, which takes up to half a second to answer. */
function connect(identity: string, n: number): Promise<ChargePoint> {
  const clock = chargePointClock(csms.system);
  let answers = n;
  const handlers = asked.map(([action, , answer]) => {
    const handle = async () => {
      await clock.wait(500 * fraction(++answers), new AbortController().signal);
      return answer;
    };
    return [action, handle];
  });
  return connectChargePoint({
    ...{ url: csms.url, identity, clock },
    protocol: n % 2 ? 'ocpp1.6' : 'ocpp2.0.1',
    backOff: { waitMinimum: 500, randomRange: 0, repeatTimes: 0 },
    handlers: Object.fromEntries(handlers),
    onFrame: (direction, text) => direction === 'received' && noteCall(text),
    onEvent: ({ type }) => {
      if (type === 'closed') losses++;
    },
  });
}

/**
 * Lets seconds pass in which every fourth charge point loses its socket at some moment, until `expected` is settled. They are
 * the system's seconds: however slow the machine is, as much is done in one.
 */
async function flap(connected: ChargePoint[], expected: Promise<void>): Promise<void> {
  let isSettled = false;
  expected.then(() => {
    isSettled = true;
  });
  for (let second = 0; !isSettled; second++) {
    const losing = connected.filter((_, n) => (n + second) % 4 === 0);
    for (const [n, chargePoint] of losing.entries())
      csms.system.account.clock.after(1_000 * fraction(n + second), chargePoint.cutOff);
    await csms.advance(1_000);
  }
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

async function allCommands(): Promise<Command[]> {
  const { account, stack } = csms.system;
  const { dynamodb: client } = clientsOf(account);
  const found: Command[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName(stack, 'CommandsTable') }))
    found.push(...Items.flatMap(({ chargePointId, command }) => (command ? { chargePointId, ...command } : [])));
  return found;
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
  await flap(connected, all);
  // Each about twice, at least.
  expect(losses).toBeGreaterThan(2 * chargePoints);
  await csms.over(Promise.all(connected.map((chargePoint) => chargePoint.close())));

  const commands = (await allCommands()).filter(({ chargePointId }) => identities.includes(chargePointId));
  expect(commands).toHaveLength(chargePoints * asked.length);
  for (const { action, status, attempts, commandId } of commands) {
    const timesHeard = attempts.map(({ messageId }) => heard.get(messageId) ?? 0);
    const all = timesHeard.reduce((sum, times) => sum + times, 0);
    if (isRepeatable(action)) expect([commandId, status, all > 0]).toEqual([commandId, 'accepted', true]);
    else expect([commandId, ['accepted', 'timed-out'].includes(status), all < 2]).toEqual([commandId, true, true]);
  }
}, 300_000);
