import { GetThingShadowCommand, IoTDataPlaneClient } from '@aws-sdk/client-iot-data-plane';
import type { MqttClient } from 'mqtt';
import type { RPCClient } from 'ocpp-rpc';
import { afterEach, describe, expect, it } from 'vitest';
import { connectClient } from './ocpp-rpc.js';
import { eventually, testSystem, yesterday } from './system.js';

const csms = testSystem();

/** What each version's charge points say when they start. */
const versions = {
  'ocpp1.6': {
    boot: { chargePointVendor: 'Acme', chargePointModel: 'Wallbox', firmwareVersion: '1.2', iccid: '8988' },
    status: { connectorId: 1, errorCode: 'NoError', status: 'Available', timestamp: `${yesterday}T10:00:00Z` },
  },
  'ocpp2.0.1': {
    boot: { reason: 'PowerUp', chargingStation: { model: 'Wallbox', vendorName: 'Acme', modem: { iccid: '8988' } } },
    status: { timestamp: `${yesterday}T10:00:00Z`, connectorStatus: 'Available', evseId: 1, connectorId: 1 },
  },
} as const;

let client: RPCClient;
afterEach(() => client.close());

async function connected(identity: string, protocol: keyof typeof versions): Promise<RPCClient> {
  client = await connectClient({ endpoint: csms.url, identity, protocols: [protocol], strictMode: true });
  return client;
}

/** Frames on a topic, as an MQTT client sees them. */
async function watch(mqtt: MqttClient, topic: string): Promise<string[]> {
  const frames: string[] = [];
  mqtt.on('message', (heardOn, payload) => {
    if (heardOn === topic) frames.push(payload.toString());
  });
  await mqtt.subscribeAsync(topic);
  return frames;
}

async function reportedBy(identity: string): Promise<unknown> {
  const { endpoint } = csms.system.account;
  const iot = new IoTDataPlaneClient({
    endpoint: `${endpoint.url}/iot-data`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'user', secretAccessKey: 'any' },
  });
  const { payload } = await iot.send(new GetThingShadowCommand({ thingName: identity }));
  return JSON.parse(Buffer.from(payload ?? []).toString()).state.reported;
}

describe.each(['ocpp1.6', 'ocpp2.0.1'] as const)("a strict client of others', in %s", (protocol) => {
  const { boot, status } = versions[protocol];

  it('boots, heartbeats and reports status', async () => {
    const charger = await connected(await csms.thing(), protocol);
    expect(charger.protocol).toBe(protocol);

    const booted = await charger.call('BootNotification', boot);
    expect(booted).toEqual({
      status: 'Accepted',
      currentTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      interval: expect.any(Number),
    });
    const { interval } = booted as { interval: number };
    expect(interval).toBeGreaterThanOrEqual(270);
    expect(interval).toBeLessThanOrEqual(330);

    expect(await charger.call('Heartbeat', {})).toEqual({ currentTime: expect.any(String) });
    expect(await charger.call('StatusNotification', status)).toEqual({});
  });

  it('is heard byte for byte on in, and answered byte for byte from out', async () => {
    const identity = await csms.thing();
    const mqtt = await csms.mqttClient();
    const heardIn = await watch(mqtt, `${identity}/in`);
    const heardOut = await watch(mqtt, `${identity}/out`);
    const sent: string[] = [];
    const received: string[] = [];
    const charger = await connected(identity, protocol);
    charger.on('message', ({ message, outbound }) => (outbound ? sent : received).push(message.toString()));

    await charger.call('BootNotification', boot);
    expect(sent).toHaveLength(1);
    // The MQTT client has a socket of its own, which may be slower than the charge point's.
    await eventually('both frames on their topics', () => (heardIn.length && heardOut.length ? true : undefined));
    // At least once.
    expect(new Set(heardIn)).toEqual(new Set(sent));
    expect(heardOut).toContain(received[0]);
  });

  it("has its boot's payload in the shadow of its thing", async () => {
    const identity = await csms.thing();
    const charger = await connected(identity, protocol);
    await charger.call('BootNotification', boot);
    expect(await reportedBy(identity)).toEqual(boot);
  });
});
