import { CreateThingCommand, DeleteThingCommand, DescribeThingCommand } from '@aws-sdk/client-iot';
import { GetThingShadowCommand, PublishCommand, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectMqtt, startTestIot } from '../../test/local/iot.js';

let iot: Awaited<ReturnType<typeof startTestIot>>;
beforeEach(async () => {
  iot = await startTestIot();
});
afterEach(() => iot.close());

const publish = (size: number, userProperties?: object[]) =>
  iot.data.send(
    new PublishCommand({
      ...{ topic: 'CP1/in', qos: 1, payload: Buffer.alloc(size) },
      ...(userProperties && { userProperties: JSON.stringify(userProperties) as never }),
    }),
  );

describe('a message is billed for each 5 KB', () => {
  it('of its topic and its payload', async () => {
    await publish(5 * 1024 - 'CP1/in'.length);
    expect(iot.meter.totals()).toEqual({ 'IoT messages': 1 });
    await publish(5 * 1024 - 'CP1/in'.length + 1);
    expect(iot.meter.totals()).toEqual({ 'IoT messages': 3 });
  });

  it('and of its properties', async () => {
    await publish(5 * 1024 - 'CP1/in'.length - 2, [{ name: 'value' }]);
    expect(iot.meter.totals()).toEqual({ 'IoT messages': 2 });
  });

  it('again for each client that it is sent to', async () => {
    const clients = await Promise.all(['a', 'b'].map((id) => connectMqtt(iot.broker, id)));
    for (const client of clients) await client.subscribeAsync('CP1/+', { qos: 1 });
    const heard = Promise.all(clients.map((client) => new Promise((resolve) => client.once('message', resolve))));
    await publish(10);
    await heard;
    expect(iot.meter.totals()).toEqual({ 'IoT messages': 3 });
    await Promise.all(clients.map((client) => client.endAsync(true)));
  });
});

describe('an operation is billed', () => {
  const operations = () => iot.meter.totals()['IoT shadow and registry operations'];

  it('on the registry, unless it deletes', async () => {
    await iot.control.send(new CreateThingCommand({ thingName: 'CP1' }));
    await iot.control.send(new DescribeThingCommand({ thingName: 'CP1' }));
    await iot.control.send(new DeleteThingCommand({ thingName: 'CP1' }));
    expect(operations()).toBe(2);
  });

  it('on a shadow for each KB of it', async () => {
    const payload = (size: number) => Buffer.from(JSON.stringify({ state: { reported: { text: 'x'.repeat(size) } } }));
    await iot.data.send(new UpdateThingShadowCommand({ thingName: 'CP1', payload: payload(100) }));
    expect(operations()).toBe(1);
    await iot.data.send(new UpdateThingShadowCommand({ thingName: 'CP1', payload: payload(1_500) }));
    await iot.data.send(new GetThingShadowCommand({ thingName: 'CP1' }));
    expect(operations()).toBe(5);
  });
});
