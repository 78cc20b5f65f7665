import { BatchWriteCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, it } from 'vitest';
import { connectChargePoint, type Direction, runScenario, type Scenario } from '../../charge-point/index.js';
import type { Transaction } from '../../csms/transactions/ports.js';
import { clientsOf, itemsOf, tableName } from './cloud.js';
import { deliverAtLeastOnce } from './deliveries.js';
import { chargePointClock, testSystem } from './system.js';

const csms = testSystem();
beforeAll(deliverAtLeastOnce);

const chargePoints = 50;
const connectors = [1, 2, 3, 4];
const seconds = 100;

/** A session, one of those at once. */
interface Planned {
  chargePointId: string;
  connector: number;
  idToken: string;
  /** Wh: each gets another amount. */
  energy: number;
}

function plan(identities: string[]): Planned[] {
  return identities.flatMap((chargePointId, n) =>
    connectors.map((connector) => ({
      ...{ chargePointId, connector },
      idToken: `${chargePointId}-${connector}`,
      energy: 1_000 + connectors.length * n + connector,
    })),
  );
}

const scenarioOf = ({ energy }: Planned): Scenario => [
  { do: 'present', isKnown: true },
  { do: 'plug' },
  { do: 'charge', watts: (energy * 3_600) / seconds, seconds, sampleEvery: seconds },
  { do: 'end', reason: 'Local' },
  { do: 'unplug' },
];

async function permit(tokens: string[]): Promise<void> {
  const { account, stack } = csms.system;
  const mostAtOnce = 25;
  for (let n = 0; n < tokens.length; n += mostAtOnce) {
    const puts = tokens.slice(n, n + mostAtOnce).map((idToken) => ({ PutRequest: { Item: { idToken } } }));
    const RequestItems = { [tableName(stack, 'IdTokensTable')]: puts };
    await clientsOf(account).dynamodb.send(new BatchWriteCommand({ RequestItems }));
  }
}

/** By charge point and message id: how long a start waited for its answer, in ms of the system's time. */
const starts = new Map<string, { sentAt: number; took?: number }>();

function noteStart(identity: string, direction: Direction, text: string): void {
  const [type, id, action, { eventType = 'Started' } = {}] = JSON.parse(text);
  const key = `${identity} ${id}`;
  const now = csms.system.account.clock.now();
  const isStart = action === 'StartTransaction' || (action === 'TransactionEvent' && eventType === 'Started');
  if (direction === 'sent' && type === 2 && isStart) starts.set(key, { sentAt: now });
  const start = starts.get(key);
  if (direction === 'received' && type === 3 && start) start.took ??= now - start.sentAt;
}

async function connect(identity: string, n: number) {
  return connectChargePoint({
    onFrame: (direction, text) => noteStart(identity, direction, text),
    ...{ url: csms.url, identity },
    protocol: n % 2 ? 'ocpp1.6' : 'ocpp2.0.1',
    clock: chargePointClock(csms.system),
    random: () => 0,
  });
}

async function transactionsOf(identities: string[]): Promise<Transaction[]> {
  const items = await itemsOf(csms.system, 'TransactionsTable');
  const found = items.map(({ transaction, ...key }) => ({ ...key, ...transaction }));
  return found.filter(({ chargePointId }) => identities.includes(chargePointId));
}

/** By charge point and connector. */
const inOrder = <T extends { chargePointId: string; connector?: number | undefined }>(all: T[]) =>
  all.sort((a, b) => (`${a.chargePointId}#${a.connector}` < `${b.chargePointId}#${b.connector}` ? -1 : 1));

it('two hundred sessions that begin in one second, with everything told twice, late and out of order', async () => {
  const identities = await Promise.all(Array.from({ length: chargePoints }, () => csms.thing()));
  const planned = plan(identities);
  await permit(planned.map(({ idToken }) => idToken));
  const connected = await Promise.all(identities.map(connect));

  const began = csms.system.account.clock.now();
  const sessions = planned.map((session, n) => {
    const chargePoint = connected[Math.floor(n / connectors.length)];
    return chargePoint && runScenario(scenarioOf(session), chargePoint, session);
  });
  await csms.over(Promise.all(sessions));

  const transactions = await transactionsOf(identities);
  const found = transactions.map(({ chargePointId, evseId, startedAt, energy, ended, forgottenAt, idToken }) => ({
    ...{ chargePointId, connector: evseId, idToken: idToken?.value.idToken, energy },
    authorization: idToken?.value.authorization,
    isInThatSecond: Date.parse(startedAt?.value ?? '') - began < 1_000,
    reason: ended?.value.reason,
    forgottenAt,
  }));
  const expected = { authorization: 'Accepted', isInThatSecond: true, reason: 'Local', forgottenAt: undefined };
  expect(inOrder(found)).toEqual(inOrder(planned).map((session) => ({ ...session, ...expected })));
  // None was asked twice, or waited as long as a charge point waits at most.
  const waits = [...starts.values()].map(({ took = Number.POSITIVE_INFINITY }) => took);
  expect(waits).toHaveLength(planned.length);
  expect(Math.max(...waits)).toBeLessThan(30_000);
  await csms.over(Promise.all(connected.map((chargePoint) => chargePoint.close())));
}, 120_000);
