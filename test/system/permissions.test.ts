import { PublishCommand, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { useApi } from './api-use.js';
import { around, clientsOf, tableName } from './cloud.js';
import { dial, type Socket } from './socket.js';
import { eventually, testSystem } from './system.js';

/** At this age every connection is due for retirement; API Gateway would end it for its silence. */
const ofAge = 115 * 60_000;
const csms = testSystem({ limits: { idle: 2 * ofAge } });

/** The permissions that roles of the template grant, and that nothing needed so far. */
const unused = () =>
  csms.system.account.iam
    .grants()
    .filter(({ isUsed }) => !isUsed)
    .map(({ role, action, resource }) => `${role}: ${action} on ${resource}`);

describe("the functions' roles", () => {
  it('grant nothing that nobody needs', async () => {
    const { account, stack, unregister } = csms.system;
    const { clock } = account;
    const identity = await csms.thing();

    // A charge point whose mirror is lost is looked up in the registry.
    await eventually('the mirror', () => itemOf('ChargePointsTable', identity));
    const lost = new PutCommand({
      TableName: tableName(stack, 'ChargePointsTable'),
      Item: { chargePointId: identity },
    });
    await clientsOf(account).dynamodb.send(lost);

    // Who is refused is remembered.
    await expect(dial(`${csms.url}stranger`)).rejects.toThrow('404');
    const connected = csms.message(`${identity}/events/connected`);
    const socket = await dial(`${csms.url}${identity}`);
    const boot = { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme' } };
    await socket.call('BootNotification', boot);
    const status = { timestamp: '2026-05-01T10:00:00Z', connectorStatus: 'Available', evseId: 1, connectorId: 1 };
    await socket.call('StatusNotification', status);
    const nobody = await socket.call('Authorize', { idToken: { idToken: '04A2B3', type: 'ISO14443' } });
    expect(nobody).toEqual({ idTokenInfo: { status: 'Unknown' } });
    await charge(socket);
    const component = { name: 'ChargingStation' };
    const reportData = [{ component, variable: { name: 'Model' }, variableAttribute: [{ value: 'Wallbox' }] }];
    await socket.call('NotifyReport', { requestId: 1, seqNo: 0, generatedAt: status.timestamp, reportData });
    await socket.call('SecurityEventNotification', { type: 'ResetOrReboot', timestamp: status.timestamp });
    await socket.call('NotifyChargingLimit', { chargingLimit: { chargingLimitSource: 'EMS' } });
    socket.send('no frame');
    expect(await socket.text()).toContain('RpcFrameworkError');
    // What is kept for repair: a frame that is none, and one that can't be understood.
    socket.send('[2,"cut-off","TransactionEvent",{');
    expect(await socket.text()).toContain('RpcFrameworkError');
    socket.send('[2,"wrong","TransactionEvent",{}]');
    expect(await socket.text()).toContain('OccurrenceConstraintViolation');
    await clock.advance(1_000);
    await connected;

    // A frame that says nothing of its connection, and one that is older than the boot on record.
    const mqtt = await csms.mqttClient();
    await mqtt.publishAsync(`${identity}/in`, JSON.stringify([2, 'by-hand', 'Heartbeat', {}]));
    await socket.text();
    const payload = JSON.stringify([2, 'late', 'BootNotification', boot]);
    const userProperties = JSON.stringify([
      { connectionId: 'L0SM9cOFvHcCIhw=' },
      { protocol: 'ocpp2.0.1' },
      { receivedAt: '1' },
    ]);
    const answered = csms.message(`${identity}/out`);
    const late = new PublishCommand({ topic: `${identity}/in`, qos: 1, payload, userProperties });
    await clientsOf(account).iotData.send(late);
    await answered;
    // 2.1 streams values, which nothing answers.
    const values = { id: 1, pending: 0, basetime: status.timestamp, data: [{ t: 0, v: '21.5' }] };
    const streamed = new PublishCommand({
      ...{ topic: `${identity}/in`, qos: 1 },
      payload: JSON.stringify([6, 'values', 'NotifyPeriodicEventStream', values]),
      userProperties: userProperties.replace('ocpp2.0.1', 'ocpp2.1'),
    });
    await clientsOf(account).iotData.send(streamed);
    await clock.idle();
    await clock.advance(ofAge);
    await socket.call('Heartbeat');
    await clock.advance(5_000);
    await socket.closed;

    const again = await dial(`${csms.url}${identity}`);
    const tooLarge = csms.message(`${identity}/events/frame-too-large`);
    again.send('x'.repeat(33 * 1024));
    await tooLarge;

    const last = await dial(`${csms.url}${identity}`);
    await last.call('Heartbeat');
    await clock.advance(3_000);
    // Of the commands that somebody asks for the first is answered, the second is not.
    const ask = (id: string) =>
      mqtt.publishAsync(`${identity}/out`, JSON.stringify([2, id, 'ClearChargingProfile', {}]));
    for (const id of ['answered', 'given-up', 'last']) {
      await ask(id);
      await clock.idle();
    }
    for (const id of ['answered', 'given-up', 'last']) {
      expect((await last.frame())[1]).toBe(id);
      if (id === 'given-up') await clock.advance(30_000);
      else last.send(JSON.stringify([3, id, { status: 'Accepted' }]));
    }
    await clock.idle();
    // Its shadow desires a configuration, twice, and once a command for it expired.
    for (const value of ['1', '2']) {
      const state = { desired: { configuration: { 'OCPPCommCtrlr/HeartbeatInterval': value, 'no variable': '' } } };
      const desired = { thingName: identity, payload: JSON.stringify({ state }) };
      await clientsOf(account).iotData.send(new UpdateThingShadowCommand(desired));
      const [, id, , payload] = await last.frame();
      const [{ component, variable } = {}] = (payload as { setVariableData: Record<string, unknown>[] })
        .setVariableData;
      const setVariableResult = [{ component, variable, attributeStatus: 'Accepted' }];
      last.send(JSON.stringify([3, id, { setVariableResult }]));
      await clock.idle();
    }
    const expired = { chargePointId: identity, status: 'expired', desired: true };
    await mqtt.publishAsync(`${identity}/events/command-settled`, JSON.stringify(expired));
    await clock.idle();
    // Tasks: of all charge points, of a site, and of those that are named.
    const now = new Date(clock.now()).toISOString();
    const deadline = new Date(clock.now() + 3_600_000).toISOString();
    const asked = { action: 'ClearCache', payload: '{}', createdAt: now, deadline, step: 0, status: 'spreading' };
    for (const [taskId, selection] of Object.entries({
      all: {},
      site: { site: 'none' },
      named: { chargePointIds: ['X'] },
    })) {
      await put('TasksTable', { taskId, item: 'task', version: 1, task: { ...asked, selection, dueAt: now } });
      account.sqs.send(queueUrl('TimersQueue'), JSON.stringify({ kind: 'task', taskId, step: 0, due: 0 }));
      await clock.idle();
    }
    const [, ofTask, cleared] = await last.frame();
    expect(cleared).toBe('ClearCache');
    last.send(JSON.stringify([3, ofTask, { status: 'Accepted' }]));
    await clock.idle();
    // An answer was held back for whoever answers elsewhere.
    const heldBack = csms.message(`${identity}/out`);
    const timer = { kind: 'answer', chargePointId: identity, connectionId: 'gone', due: 0, frame: '[3,"m1",{}]' };
    const receivedAt = new Date(clock.now()).toISOString();
    account.sqs.send(queueUrl('TimersQueue'), JSON.stringify({ ...timer, protocol: 'ocpp2.0.1', receivedAt }));
    await heldBack;
    // Whoever held the slot died, and so did its timer.
    const attempt = { commandId: 'dead', messageId: 'dead', connectionId: 'gone', deadline: '2026-01-01T00:00:00Z' };
    const slot = { chargePointId: identity, item: 'slot', ...attempt };
    await clientsOf(account).dynamodb.send(
      new PutCommand({ TableName: tableName(stack, 'CommandsTable'), Item: slot }),
    );
    await ask('after-all');
    expect((await last.frame())[1]).toBe('after-all');
    last.send(JSON.stringify([3, 'after-all', { status: 'Accepted' }]));
    await clock.idle();

    // A transaction of which nothing was heard for years, and what timers were to do, is for the sweep.
    const overdueTask = {
      action: 'ClearCache',
      payload: '{}',
      selection: {},
      createdAt: now,
      deadline,
      step: 9,
      status: 'waiting',
    };
    const overdue = { item: 'task', version: 1, dueFor: 'task', dueAt: now };
    await put('TasksTable', { taskId: 'overdue', ...overdue, task: { ...overdueTask, dueAt: now } });
    await put('IdTokensTable', { idToken: 'SILENT', heldBy: `${identity}#silent` });
    await put('TransactionsTable', silentTransaction(identity));
    await put('InventoryTable', profileOf(identity, 'silent'));
    await put('ReservationsTable', pastReservation(identity));
    let areLost = true;
    around(account, async ({ functionName }, proceed) =>
      areLost && functionName === 'timers' ? { batchItemFailures: [] } : proceed(),
    );
    for (const id of ['unanswered', 'after-it']) {
      await ask(id);
      await clock.idle();
    }
    expect((await last.frame())[1]).toBe('unanswered');
    await clock.advance(6 * 60_000);
    expect((await last.frame())[1]).toBe('after-it');
    areLost = false;
    await unregister(identity);
    await last.closed;
    await useApi(csms.system);

    await clock.idle();
    expect(unused()).toEqual([]);
  });
});

function queueUrl(logicalId: string): string {
  const queues = csms.system.stack.resources.ofType('AWS::SQS::Queue');
  return queues.find((queue) => queue.logicalId === logicalId)?.ref ?? logicalId;
}

/** A token that may be in one transaction only begins one, and is refused in another. */
async function charge(socket: Socket): Promise<void> {
  await put('IdTokensTable', { idToken: 'ONCE', oneTransaction: true });
  const timestamp = '2026-05-01T10:00:00Z';
  const start = (transactionId: string, id: number) =>
    socket.call('TransactionEvent', {
      ...{ eventType: 'Started', timestamp, triggerReason: 'Authorized', seqNo: 0 },
      ...{
        reservationId: 7,
        transactionInfo: { transactionId },
        evse: { id },
        idToken: { idToken: 'ONCE', type: 'ISO14443' },
      },
      meterValue: [{ timestamp, sampledValue: [{ value: 1 }] }],
    });
  expect(await start('first', 1)).toEqual({ idTokenInfo: { status: 'Accepted' } });
  expect(await start('second', 2)).toEqual({ idTokenInfo: { status: 'ConcurrentTx' } });
}

function profileOf(chargePointId: string, transactionId: string): object {
  const profile = { evseId: 1, chargingLimitSource: 'CSO', chargingProfile: { id: 1, transactionId } };
  return { chargePointId, item: 'charging-profile#1', at: '2020-01-01T00:00:00.000Z', detail: JSON.stringify(profile) };
}

function pastReservation(chargePointId: string): object {
  const at = '2020-01-01T00:00:00.000Z';
  const reservation = { asked: { at, commandId: 'past', idToken: 'SILENT', expiresAt: at } };
  return { chargePointId, reservationId: 1, version: 1, reservation, dueFor: 'expiry', dueAt: at };
}

function silentTransaction(chargePointId: string): object {
  const at = '2020-01-01T00:00:00.000Z';
  const token = { idToken: 'SILENT', authorization: 'Accepted', oneTransaction: true };
  const told = { protocol: 'ocpp1.6', firstAt: at, heardAt: at, idToken: { value: token, by: at } };
  const transaction = { ...told, chargingProfileIds: [1] };
  return { chargePointId, transactionId: 'silent', version: 1, transaction, dueFor: 'forget', dueAt: at };
}

async function put(logicalId: string, Item: object): Promise<void> {
  const { account, stack } = csms.system;
  await clientsOf(account).dynamodb.send(new PutCommand({ TableName: tableName(stack, logicalId), Item }));
}

async function itemOf(logicalId: string, chargePointId: string): Promise<object | undefined> {
  const { account, stack } = csms.system;
  return account.dynamodb.get(tableName(stack, logicalId), { chargePointId: { S: chargePointId } });
}
