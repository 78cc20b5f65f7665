import { UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../local/meter.js';
import { clientsOf, tolerate } from './cloud.js';
import { dial, type Socket } from './socket.js';
import { eventually, testSystem, yesterday } from './system.js';

/** What a stage costs while nothing happens is counted apart. */
const csms = testSystem({ stage: 'withoutMessageLog', isScheduled: false });
const idle = testSystem({ stage: 'withoutMessageLog' });
/** What is said is logged there. */
const withOwnAnswer = testSystem({ stage: 'withOwnAnswer', isScheduled: false });

type Totals = Partial<Record<Operation, number>>;

/** What is billed from now on until nothing more happens. */
async function billed(act: () => Promise<unknown>, { account } = csms.system): Promise<Totals> {
  const { clock, meter } = account;
  // What is logged of messages is written after their answers.
  await clock.idle();
  const before = meter.totals();
  await act();
  await clock.idle();
  const after = Object.entries(meter.totals()) as [Operation, number][];
  const differences = after.map(([operation, units]) => [operation, units - (before[operation] ?? 0)] as const);
  return Object.fromEntries(differences.filter(([, units]) => units !== 0).sort());
}

const boot = { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme' } };
const boot16 = { chargePointVendor: 'Acme', chargePointModel: 'Wallbox' };
const status = { timestamp: `${yesterday}T10:00:00Z`, connectorStatus: 'Available', evseId: 1, connectorId: 1 };

/** Each of these is money: a difference is a decision. */
describe('what AWS bills for', () => {
  async function connected(protocol = 'ocpp2.0.1'): Promise<{ identity: string; socket: Socket }> {
    const identity = await csms.thing();
    const current = csms.message(`${identity}/events/connected`);
    const socket = await dial(`${csms.url}${identity}`, { offered: [protocol] });
    await csms.advance(1_000);
    await current;
    await socket.call('BootNotification', protocol === 'ocpp1.6' ? boot16 : boot);
    // Each of the function's two environments has its own memory.
    for (let i = 0; i < 4; i++) await socket.call('Heartbeat');
    return { identity, socket };
  }

  it('a connect, up to the connection being current', async () => {
    const identity = await csms.thing();
    const current = csms.message(`${identity}/events/connected`);
    await eventually('the mirror', async () => {
      const table = csms.system.stack.resources
        .ofType('AWS::DynamoDB::Table')
        .find(({ logicalId }) => logicalId === 'ChargePointsTable');
      return csms.system.account.dynamodb.get(table?.ref ?? '', { chargePointId: { S: identity } });
    });
    const totals = await billed(async () => {
      await dial(`${csms.url}${identity}`);
      await csms.advance(1_000);
      await current;
    });
    expect(totals).toMatchInlineSnapshot(`
      {
        "CloudFront function runs": 1,
        "CloudFront requests": 1,
        "DynamoDB read units": 5,
        "DynamoDB write units": 3,
        "IoT messages": 1,
        "Lambda requests": 3,
        "SQS requests": 3,
      }
    `);
  });

  it('a BootNotification', async () => {
    const { socket } = await connected();
    expect(await billed(() => socket.call('BootNotification', boot))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB write units": 2,
        "IoT messages": 2,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "IoT shadow and registry operations": 1,
        "Lambda requests": 3,
      }
    `);
  });

  it('a configuration of one key that a shadow desires: asked for, answered and reported', async () => {
    const { identity, socket } = await connected('ocpp1.6');
    const desired = { configuration: { HeartbeatInterval: '600' } };
    const payload = JSON.stringify({ state: { desired } });
    const totals = await billed(async () => {
      await clientsOf(csms.system.account).iotData.send(new UpdateThingShadowCommand({ thingName: identity, payload }));
      const [, id] = await socket.frame();
      socket.send(JSON.stringify([3, id, { status: 'Accepted' }]));
    });
    expect(totals).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 10,
        "DynamoDB write units": 12,
        "IoT messages": 4,
        "IoT rule actions": 3,
        "IoT rules triggered": 5,
        "IoT shadow and registry operations": 2,
        "Lambda requests": 4,
        "SQS requests": 1,
      }
    `);
  });

  it('a Heartbeat, when its charge point was seen within 15 minutes', async () => {
    const { socket } = await connected();
    expect(await billed(() => socket.call('Heartbeat'))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "IoT messages": 2,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('a Heartbeat, when its charge point was not heard for 15 minutes by whoever handles it', async () => {
    const { socket } = await connected();
    for (let i = 0; i < 2; i++) {
      await csms.advance(5 * 60_000);
      await socket.call('Heartbeat');
    }
    await csms.advance(5 * 60_000);
    expect(await billed(() => socket.call('Heartbeat'))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 0.5,
        "DynamoDB write units": 1,
        "IoT messages": 2,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('a StatusNotification', async () => {
    const { socket } = await connected();
    expect(await billed(() => socket.call('StatusNotification', status))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB write units": 1,
        "IoT messages": 3,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('a StatusNotification that is understood though its schema forbids it', async () => {
    const { identity, socket } = await connected();
    // Each of the function's two environments has its own memory.
    for (let i = 0; i < 4; i++) await socket.call('Heartbeat');
    await tolerate(csms.system, identity);
    const sloppy = { ...status, evseId: '1' };
    expect(await billed(() => socket.call('StatusNotification', sloppy))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 0.5,
        "DynamoDB write units": 2,
        "IoT messages": 4,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('a frame that is kept for repair', async () => {
    const { socket } = await connected();
    for (let i = 0; i < 4; i++) await socket.call('Heartbeat');
    const refused = () => {
      socket.send('[2,"m1","TransactionEvent",{}]');
      return socket.frame();
    };
    expect(await billed(refused)).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 0.5,
        "DynamoDB write units": 3,
        "IoT messages": 4,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('an Authorize', async () => {
    const { socket } = await connected();
    const idToken = { idToken: '04A2B3', type: 'ISO14443' };
    expect(await billed(() => socket.call('Authorize', { idToken }))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 0.5,
        "IoT messages": 2,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  const variableAttribute = [{ value: '21.5', mutability: 'ReadOnly' }];
  const reported = (name: string, evseId: number) => ({
    component: { name: 'EVSE', evse: { id: evseId } },
    ...{ variable: { name }, variableAttribute },
  });
  const generatedAt = `${yesterday}T10:00:00Z`;

  it('a FirmwareStatusNotification', async () => {
    const { socket } = await connected();
    const told = { status: 'Downloading', requestId: 7 };
    expect(await billed(() => socket.call('FirmwareStatusNotification', told))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 1,
        "DynamoDB write units": 1,
        "IoT messages": 3,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('a NotifyReport of four variables of two components, a part of several', async () => {
    const { socket } = await connected();
    const reportData = [1, 2].flatMap((evseId) => [reported('Power', evseId), reported('Temperature', evseId)]);
    const part = { requestId: 7, seqNo: 0, tbc: true, generatedAt, reportData };
    expect(await billed(() => socket.call('NotifyReport', part))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 3,
        "DynamoDB write units": 3,
        "IoT messages": 2,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('a NotifyEvent of two values of one component', async () => {
    const { socket } = await connected();
    const event = {
      timestamp: generatedAt,
      trigger: 'Periodic',
      actualValue: '21.5',
      eventNotificationType: 'CustomMonitor',
    };
    const eventData = ['Power', 'Temperature'].map((name, eventId) => {
      const { component, variable } = reported(name, 1);
      return { ...event, eventId, component, variable };
    });
    expect(await billed(() => socket.call('NotifyEvent', { generatedAt, seqNo: 0, eventData }))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 1,
        "DynamoDB write units": 3,
        "IoT messages": 4,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('a NotifyEvent of a connector’s state', async () => {
    const { socket } = await connected();
    const state = {
      ...{ eventId: 1, timestamp: generatedAt, trigger: 'Delta', actualValue: 'Occupied' },
      ...{ eventNotificationType: 'HardWiredNotification', variable: { name: 'AvailabilityState' } },
      component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
    };
    expect(
      await billed(() => socket.call('NotifyEvent', { generatedAt, seqNo: 0, eventData: [state] })),
    ).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 1,
        "DynamoDB write units": 3,
        "IoT messages": 4,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('a NotifyChargingLimit', async () => {
    const { socket } = await connected();
    const limit = { chargingLimit: { chargingLimitSource: 'EMS' } };
    expect(await billed(() => socket.call('NotifyChargingLimit', limit))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB write units": 1,
        "IoT messages": 3,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('a NotifyMonitoringReport of two monitors, a part of several', async () => {
    const { socket } = await connected();
    const variableMonitoring = [1, 2].map((id) => ({
      ...{ id, type: 'UpperThreshold', value: 80, severity: 4, transaction: false },
    }));
    const monitor = [{ component: { name: 'EVSE' }, variable: { name: 'Power' }, variableMonitoring }];
    const report = { requestId: 1, seqNo: 0, tbc: true, generatedAt: status.timestamp, monitor };
    expect(await billed(() => socket.call('NotifyMonitoringReport', report))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 1,
        "DynamoDB write units": 3,
        "IoT messages": 2,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('streamed values of a monitor that is known, which nothing answers, and a Heartbeat', async () => {
    const { socket } = await connected('ocpp2.1');
    const monitor = { id: 11, type: 'Periodic', value: 30, severity: 8, transaction: false };
    await socket.call('NotifyMonitoringReport', {
      ...{ requestId: 1, seqNo: 0, generatedAt: status.timestamp },
      monitor: [
        {
          ...{ component: { name: 'EVSE' }, variable: { name: 'Power' } },
          variableMonitoring: [{ ...monitor, eventNotificationType: 'CustomMonitor' }],
        },
      ],
    });
    const constantStreamData = { id: 3, variableMonitoringId: 11, params: { interval: 30 } };
    await socket.call('OpenPeriodicEventStream', { constantStreamData });
    const values = {
      id: 3,
      pending: 0,
      basetime: status.timestamp,
      data: [
        { t: 0, v: '7.1' },
        { t: 30, v: '7.2' },
      ],
    };
    const totals = await billed(async () => {
      socket.send(JSON.stringify([6, 'values', 'NotifyPeriodicEventStream', values]));
      // What is behind it on the socket is answered after it was published.
      await socket.call('Heartbeat');
    });
    expect(totals).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 3,
        "DynamoDB read units": 3,
        "DynamoDB write units": 2,
        "IoT messages": 3,
        "IoT rule actions": 3,
        "IoT rules triggered": 3,
        "Lambda requests": 5,
      }
    `);
  });

  it('a SecurityEventNotification', async () => {
    const { socket } = await connected();
    const told = { type: 'MemoryExhaustion', timestamp: generatedAt };
    expect(await billed(() => socket.call('SecurityEventNotification', told))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB write units": 1,
        "IoT messages": 3,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  it('a DataTransfer', async () => {
    const { socket } = await connected();
    const told = { vendorId: 'com.acme', data: 'x' };
    expect(await billed(() => socket.call('DataTransfer', told))).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "IoT messages": 3,
        "IoT rule actions": 2,
        "IoT rules triggered": 2,
        "Lambda requests": 3,
      }
    `);
  });

  /** What a meter with three phases shows. */
  const sampled = (wh: number) => {
    const phases = ['L1', 'L2', 'L3'] as const;
    return [
      { value: wh, measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
      { value: 11_000, measurand: 'Power.Active.Import', unit: 'W' },
      ...phases.map((phase) => ({ value: 16, measurand: 'Current.Import', phase, unit: 'A' })),
      ...phases.map((phase) => ({ value: 230.1, measurand: 'Voltage', phase: `${phase}-N`, unit: 'V' })),
    ];
  };

  describe('in a session of 1.6', () => {
    const at = (minute: number) => `${yesterday}T00:${String(minute).padStart(2, '0')}:00Z`;
    const start = { connectorId: 1, idTag: '04A2B3', meterStart: 1_000, timestamp: at(0) };
    const meterValue = (minute: number) => ({
      timestamp: at(minute),
      sampledValue: sampled(1_000 + minute).map(({ value, ...more }) => ({ value: String(value), ...more })),
    });

    it('a StartTransaction', async () => {
      const { socket } = await connected('ocpp1.6');
      expect(await billed(() => socket.call('StartTransaction', start))).toMatchInlineSnapshot(`
        {
          "API Gateway messages": 2,
          "DynamoDB read units": 3,
          "DynamoDB write units": 5,
          "IoT messages": 3,
          "IoT rule actions": 2,
          "IoT rules triggered": 2,
          "Lambda requests": 3,
        }
      `);
    });

    it('MeterValues, which are told of once in a quarter of an hour', async () => {
      const { socket } = await connected('ocpp1.6');
      const { transactionId } = (await socket.call('StartTransaction', start)) as { transactionId: number };
      const values = { connectorId: 1, transactionId, meterValue: [meterValue(5)] };
      expect(await billed(() => socket.call('MeterValues', values))).toMatchInlineSnapshot(`
        {
          "API Gateway messages": 2,
          "DynamoDB read units": 1,
          "DynamoDB write units": 2,
          "IoT messages": 2,
          "IoT rule actions": 2,
          "IoT rules triggered": 2,
          "Lambda requests": 3,
        }
      `);
    });

    it('MeterValues that name no transaction, while there is one', async () => {
      const { socket } = await connected('ocpp1.6');
      await socket.call('StartTransaction', start);
      const values = { connectorId: 1, meterValue: [meterValue(5)] };
      expect(await billed(() => socket.call('MeterValues', values))).toMatchInlineSnapshot(`
        {
          "API Gateway messages": 2,
          "DynamoDB read units": 2,
          "DynamoDB write units": 2,
          "IoT messages": 2,
          "IoT rule actions": 2,
          "IoT rules triggered": 2,
          "Lambda requests": 3,
        }
      `);
    });

    it('a StopTransaction', async () => {
      const { socket } = await connected('ocpp1.6');
      const { transactionId } = (await socket.call('StartTransaction', start)) as { transactionId: number };
      const stop = { transactionId, idTag: '04A2B3', meterStop: 8_200, timestamp: at(40) };
      expect(await billed(() => socket.call('StopTransaction', stop))).toMatchInlineSnapshot(`
        {
          "API Gateway messages": 2,
          "DynamoDB read units": 1.5,
          "DynamoDB write units": 3,
          "IoT messages": 3,
          "IoT rule actions": 2,
          "IoT rules triggered": 2,
          "Lambda requests": 3,
        }
      `);
    });
  });

  describe('in a session of 2.x', () => {
    const at = (minute: number) => `${yesterday}T00:${String(minute).padStart(2, '0')}:00Z`;
    const event = (eventType: string, minute: number, more: object = {}) => ({
      ...{ eventType, timestamp: at(minute), triggerReason: 'Trigger', seqNo: minute, evse: { id: 1, connectorId: 1 } },
      transactionInfo: { transactionId: 'a1b2c3d4-0000-4000-8000-000000000000', chargingState: 'Charging' },
      meterValue: [
        {
          timestamp: at(minute),
          sampledValue: sampled(1_000 + minute).map(({ unit, ...more }) => ({ ...more, unitOfMeasure: { unit } })),
        },
      ],
      ...more,
    });
    const idToken = { idToken: '04A2B3', type: 'ISO14443' };

    it('a TransactionEvent Started with a token', async () => {
      const { socket } = await connected();
      const started = event('Started', 0, { idToken });
      expect(await billed(() => socket.call('TransactionEvent', started))).toMatchInlineSnapshot(`
        {
          "API Gateway messages": 2,
          "DynamoDB read units": 3,
          "DynamoDB write units": 6,
          "IoT messages": 3,
          "IoT rule actions": 2,
          "IoT rules triggered": 2,
          "Lambda requests": 3,
        }
      `);
    });

    it('a TransactionEvent Updated, which is told of once in a quarter of an hour', async () => {
      const { socket } = await connected();
      await socket.call('TransactionEvent', event('Started', 0, { idToken }));
      expect(await billed(() => socket.call('TransactionEvent', event('Updated', 5)))).toMatchInlineSnapshot(`
        {
          "API Gateway messages": 2,
          "DynamoDB read units": 1,
          "DynamoDB write units": 2,
          "IoT messages": 2,
          "IoT rule actions": 2,
          "IoT rules triggered": 2,
          "Lambda requests": 3,
        }
      `);
    });

    it('a TransactionEvent Ended with a token', async () => {
      const { socket } = await connected();
      await socket.call('TransactionEvent', event('Started', 0, { idToken }));
      const ended = event('Ended', 40, { idToken });
      expect(await billed(() => socket.call('TransactionEvent', ended))).toMatchInlineSnapshot(`
        {
          "API Gateway messages": 2,
          "DynamoDB read units": 1.5,
          "DynamoDB write units": 4,
          "IoT messages": 3,
          "IoT rule actions": 2,
          "IoT rules triggered": 2,
          "Lambda requests": 3,
        }
      `);
    });
  });

  it('an Authorize that is answered elsewhere, up to the built-in answer, which comes for nothing, with the log of that', async () => {
    const identity = await withOwnAnswer.thing();
    const socket = await dial(`${withOwnAnswer.url}${identity}`);
    await withOwnAnswer.advance(1_000);
    for (let i = 0; i < 4; i++) await socket.call('Heartbeat');
    const totals = await billed(async () => {
      await socket.call('Authorize', { idToken: { idToken: 'DE-1', type: 'eMAID' } });
      await withOwnAnswer.advance(11_000);
    }, withOwnAnswer.system);
    expect(totals).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 2.5,
        "DynamoDB write units": 4,
        "IoT messages": 3,
        "IoT rule actions": 4,
        "IoT rules triggered": 4,
        "Lambda requests": 6,
        "SQS requests": 3,
      }
    `);
  });

  it('a Heartbeat that is logged', async () => {
    const identity = await withOwnAnswer.thing();
    const socket = await dial(`${withOwnAnswer.url}${identity}`);
    await withOwnAnswer.advance(1_000);
    for (let i = 0; i < 4; i++) await socket.call('Heartbeat');
    expect(await billed(() => socket.call('Heartbeat'), withOwnAnswer.system)).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB write units": 1,
        "IoT messages": 2,
        "IoT rule actions": 2,
        "IoT rules triggered": 3,
        "Lambda requests": 3,
      }
    `);
  });

  it('a handshake of a stranger, and of one that knocks again', async () => {
    const knock = () => dial(`${csms.url}stranger`).catch(() => {});
    expect(await billed(knock)).toMatchInlineSnapshot(`
      {
        "CloudFront function runs": 1,
        "CloudFront requests": 1,
        "DynamoDB read units": 0.5,
        "DynamoDB write units": 2,
        "IoT shadow and registry operations": 1,
        "Lambda requests": 2,
      }
    `);
    // Each of the function's two environments has its own memory.
    for (let i = 0; i < 4; i++) await knock();
    expect(await billed(knock)).toMatchInlineSnapshot(`
      {
        "CloudFront function runs": 1,
        "CloudFront requests": 1,
        "DynamoDB read units": 0.5,
        "IoT shadow and registry operations": 1,
        "Lambda requests": 2,
      }
    `);
  });

  async function answered(action: string, payload: object): Promise<Totals> {
    const { identity, socket } = await connected();
    const mqtt = await csms.mqttClient();
    return billed(async () => {
      const settled = csms.message(`${identity}/events/command-settled`);
      await mqtt.publishAsync(`${identity}/out`, JSON.stringify([2, 'm1', action, payload]), { qos: 1 });
      const [, messageId] = await socket.frame();
      socket.send(JSON.stringify([3, messageId, { status: 'Accepted' }]));
      await settled;
      await csms.advance(31_000);
    });
  }

  it('a command that is answered, up to the timer of its time-out', async () => {
    expect(await answered('ClearCache', {})).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 9.5,
        "DynamoDB write units": 9,
        "IoT messages": 4,
        "IoT rule actions": 2,
        "IoT rules triggered": 4,
        "Lambda requests": 4,
        "SQS requests": 3,
      }
    `);
  });

  it('the same of a reservation, which is kept and told', async () => {
    const idToken = { idToken: '04A2B3', type: 'ISO14443' };
    const payload = { id: 1, expiryDateTime: '2099-01-01T00:00:00Z', idToken };
    expect(await answered('ReserveNow', payload)).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 10.5,
        "DynamoDB write units": 11,
        "IoT messages": 5,
        "IoT rule actions": 2,
        "IoT rules triggered": 4,
        "Lambda requests": 4,
        "SQS requests": 3,
      }
    `);
  });

  it('the same of a charging profile, which is kept', async () => {
    const schedule = { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }] };
    const kind = { stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Relative' };
    const payload = { evseId: 1, chargingProfile: { id: 1, ...kind, chargingSchedule: [schedule] } };
    expect(await answered('SetChargingProfile', payload)).toMatchInlineSnapshot(`
      {
        "API Gateway messages": 2,
        "DynamoDB read units": 10.5,
        "DynamoDB write units": 10,
        "IoT messages": 4,
        "IoT rule actions": 2,
        "IoT rules triggered": 4,
        "Lambda requests": 4,
        "SQS requests": 3,
      }
    `);
  });

  it('a minute in which nothing happens', async () => {
    await idle.system.account.clock.idle();
    expect(await billed(() => idle.system.account.clock.advance(60_000), idle.system)).toMatchInlineSnapshot(`
      {
        "DynamoDB read units": 2,
        "Lambda requests": 1,
      }
    `);
  });

  it('a disconnect', async () => {
    const { socket } = await connected();
    expect(await billed(() => socket.close())).toMatchInlineSnapshot(`
      {
        "API Gateway connection minutes": 1,
        "DynamoDB read units": 2,
        "DynamoDB write units": 1,
        "Lambda requests": 1,
        "SQS requests": 1,
      }
    `);
  });
});
