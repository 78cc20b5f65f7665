import { expect, it } from 'vitest';
import {
  CallError,
  CallTimeout,
  type ChargePoint,
  connectChargePoint,
  type Payload,
} from '../../charge-point/index.js';
import { plannedFaults } from '../../start/faults/plan.js';
import { connectionRecord, tableName } from './cloud.js';
import { chargePointClock, testSystem } from './system.js';

const seed = process.env.SEED ?? '1';
/** What went wrong on purpose. */
const struck: string[] = [];
const faults = plannedFaults({ strength: 'outages', seed }, (line) => struck.push(line));
const csms = testSystem({ faults });

/** A charge point that says how its two connectors are, again and again, each time until it is answered. */
async function live(chargePoint: ChargePoint): Promise<Map<number, Payload>> {
  const newest = new Map<number, Payload>();
  const chargingStation = { model: 'Wallbox', vendorName: 'Acme' };
  await insist(chargePoint, 'BootNotification', { reason: 'PowerUp', chargingStation });
  for (let n = 0; n < 12; n++) {
    const evseId = 1 + (n % 2);
    const connectorStatus = ['Available', 'Occupied', 'Faulted'][n % 3];
    const timestamp = new Date(chargePoint.clock.now()).toISOString();
    newest.set(evseId, { timestamp, connectorStatus, evseId, connectorId: 1 });
    await insist(chargePoint, 'StatusNotification', newest.get(evseId) ?? {});
    await insist(chargePoint, 'Heartbeat', {});
  }
  return newest;
}

async function insist(chargePoint: ChargePoint, action: string, payload: Payload): Promise<void> {
  try {
    await chargePoint.call(action, payload);
  } catch (error) {
    if (!(error instanceof CallError || error instanceof CallTimeout)) throw error;
    await insist(chargePoint, action, payload);
  }
}

/** Whenever nothing goes on any more, time passes. */
async function over<T>(expected: Promise<T>): Promise<T> {
  let isOver = false;
  const ended = () => {
    isOver = true;
  };
  expected.then(ended, ended);
  while (!isOver) await csms.advance(1_000);
  return expected;
}

const waiting = (logicalId: string): string[] => {
  const queue = csms.system.stack.resources.ofType('AWS::SQS::Queue').find((each) => each.logicalId === logicalId);
  return csms.system.account.sqs.waiting(queue?.attributes.Arn as string);
};

/** Whether a fault is on record that may have let `failure` come to the queue of failures. */
function isExplained(failure: string): boolean {
  const { chargePointId, frame } = JSON.parse(failure).requestPayload;
  const text = Buffer.from(frame ?? '', 'base64').toString();
  const fatal = struck.filter((line) => / (unavailable|killed): /.test(line));
  return fatal.some((line) => line.includes(chargePointId) || (text && line.includes(text)));
}

it(`after outages all is as if there had been none (outages:${seed})`, async ({ onTestFailed }) => {
  onTestFailed(() => console.error(`outages:${seed}\n${struck.join('\n')}`));
  const { system } = csms;
  const identities = await Promise.all(Array.from({ length: 5 }, () => csms.thing()));
  const chargePoints = await Promise.all(
    identities.map((identity) =>
      connectChargePoint({
        ...{ url: csms.url, identity, protocol: 'ocpp2.0.1' },
        clock: chargePointClock(system),
        random: () => 0,
      }),
    ),
  );

  faults.begin();
  const reported = await over(Promise.all(chargePoints.map(live)));
  faults.cease();
  // What failed is repeated after 3 min at the latest, and every timer is due by then.
  await csms.advance(5 * 60_000);

  const [{ connections } = { connections: new Map() }] = system.account.webSocketApis;
  const open = [...connections.values()].map(({ connectionId }) => connectionId);
  const current: unknown[] = [];
  for (const [n, chargePointId] of identities.entries()) {
    const record = await connectionRecord(system, chargePointId);
    current.push(record?.current?.connectionId);
    expect(record?.opening).toEqual([]);
    for (const [evseId, { connectorStatus, timestamp }] of reported[n] ?? []) {
      const key = { chargePointId: { S: chargePointId }, connector: { S: `${evseId}#1` } };
      const stored = await system.account.dynamodb.get(tableName(system.stack, 'ConnectorsTable'), key);
      expect(stored).toMatchObject({ at: { S: timestamp }, state: { M: { status: { S: connectorStatus } } } });
    }
  }
  expect(current.sort()).toEqual(open.sort());
  expect(waiting('TimersDeadLetterQueue')).toEqual([]);
  expect(waiting('FailuresQueue').filter((failure) => !isExplained(failure))).toEqual([]);
  for (const chargePoint of chargePoints) await over(chargePoint.close());
}, 60_000);
