import { PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { type MqttClient } from 'mqtt';
import { holds, refusal, same, within } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import { publish } from './publish.js';

const KB = 1024;
const quotas = 'AWS IoT Core endpoints and quotas: Message broker';

/** AWS IoT, topics: publishing by the SDK and by MQTT. */
export const topics: Probe[] = [
  {
    id: 'topics-publish',
    says: 'What is published over HTTPS is heard by MQTT subscribers, byte for byte.',
    restsOn: 'documented',
    source: 'AWS IoT Data Plane API reference: Publish',
    imitatedIn: ['iot/publish.ts', 'iot/operations.ts', 'iot/broker.ts', 'iot/index.ts', 'endpoint.ts'],
    ifWrong: '**No frame is heard.**',
    async check(stage) {
      const topic = stage.topic('topics', mark());
      const inbox = await stage.listen(topic);
      const payload = Buffer.from([0, 255, 91, 93]);
      await publish(stage, topic, payload);
      same('payload', (await inbox.first('the message', () => true)).payload.toString('hex'), payload.toString('hex'));
    },
  },
  {
    id: 'topics-payload-size',
    says: 'A message has 128 KB at most; more is refused.',
    restsOn: 'documented',
    source: `${quotas}; the exception is assumed`,
    imitatedIn: ['iot/topics.ts'],
    ifWrong: 'A frame of 128 KB can not be published.',
    async check(stage) {
      const topic = stage.topic('topics', mark());
      const inbox = await stage.listen(topic);
      await publish(stage, topic, Buffer.alloc(128 * KB, 'x'));
      same('size', (await inbox.first('the message', () => true)).payload.length, 128 * KB);
      const { name, status } = await refusal('one byte more', publish(stage, topic, Buffer.alloc(128 * KB + 1, 'x')));
      same('error', { name, status }, { name: 'RequestEntityTooLargeException', status: 413 });
    },
  },
  {
    id: 'topics-name',
    says: 'A topic has 256 bytes and 7 slashes at most, and no wildcard: `InvalidRequestException`.',
    restsOn: 'documented',
    source: `${quotas}; the exception is assumed`,
    imitatedIn: ['iot/topics.ts'],
    ifWrong: 'A long identity can not publish, or one that can here can not on AWS.',
    async check(stage) {
      const seven = stage.topic('a', 'b', 'c', 'd', 'e', 'f', 'g');
      await publish(stage, seven, '');
      const long = stage.topic('topics', 'x');
      await publish(stage, long.padEnd(256, 'x'), '');
      for (const topic of [`${seven}/h`, long.padEnd(257, 'x'), stage.topic('+'), stage.topic('#')]) {
        same('error', (await refusal(topic, publish(stage, topic, ''))).name, 'InvalidRequestException');
      }
    },
  },
  {
    id: 'topics-reserved',
    says: "Nobody may publish on topics of AWS IoT's own, but on those by which it is asked for something.",
    restsOn: 'documented',
    source: 'AWS IoT: Reserved topics',
    imitatedIn: ['iot/topics.ts'],
    ifWrong: 'Somebody could tell the mirror that a thing is registered.',
    async check(stage) {
      const topic = `$aws/events/thing/${mark()}/created`;
      const { status } = await refusal(topic, publish(stage, topic, '{}'));
      holds('a status of 4xx', status >= 400 && status < 500, status);
    },
  },
  {
    id: 'topics-qos',
    says: '`Publish` takes QoS 0 and 1.',
    restsOn: 'documented',
    source: 'AWS IoT Data Plane API reference: Publish',
    imitatedIn: ['iot/publish.ts'],
    ifWrong: 'No effect: everything here is published at QoS 1.',
    async check({ iotData, topic }) {
      for (const qos of [0, 1]) await iotData.send(new PublishCommand({ topic: topic('topics', 'qos'), qos }));
      const refused = await refusal(
        'QoS 2',
        iotData.send(new PublishCommand({ topic: topic('topics', 'qos'), qos: 2 })),
      );
      same('error', refused, { name: 'InvalidRequestException', status: 400 });
    },
  },
  {
    id: 'topics-mqtt',
    says: 'MQTT clients hear each other at QoS 0 and 1.',
    restsOn: 'documented',
    source: 'AWS IoT: MQTT',
    imitatedIn: ['iot/broker.ts'],
    ifWrong: "Users' own clients hear something else on AWS.",
    async check(stage) {
      const [sender, topic] = [await stage.mqtt(), stage.topic('topics', mark())];
      const inbox = await stage.listen(topic);
      for (const qos of [0, 1] as const) {
        await sender.publishAsync(topic, String(qos), { qos });
        await inbox.first(`the message at QoS ${qos}`, ({ payload }) => payload.toString() === String(qos));
      }
    },
  },
  {
    id: 'topics-mqtt-qos-2',
    says: 'An MQTT client that publishes at QoS 2 is not served: it is disconnected, or never acknowledged.',
    restsOn: 'documented',
    source: 'AWS IoT: MQTT QoS 2 is not supported',
    imitatedIn: ['iot/broker.ts'],
    ifWrong: "Users' own clients see it as delivered.",
    async check(stage) {
      const client = await stage.mqtt();
      let isAcknowledged = false;
      client.publish(stage.topic('topics', mark()), 'x', { qos: 2 }, (error) => {
        isAcknowledged = !error;
      });
      await stage.settle();
      same('acknowledged', isAcknowledged, false);
    },
  },
  {
    id: 'topics-mqtt-limits',
    says: 'An MQTT client that goes beyond the limits of topics is disconnected.',
    restsOn: 'documented',
    source: quotas,
    imitatedIn: ['iot/broker.ts', 'iot/topics.ts'],
    ifWrong: "Users' own clients are not told.",
    async check(stage) {
      const client = await stage.mqtt();
      const gone = closed(client);
      client.publish(stage.topic('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), 'x', { qos: 1 }, () => {});
      await within('the end of the connection', gone);
    },
  },
  {
    id: 'topics-endpoint-by-sdk',
    says: 'SDK clients find the data endpoint by themselves.',
    restsOn: 'documented',
    source: 'AWS SDK for JavaScript v3: IoTDataPlaneClient',
    imitatedIn: [],
    ifWrong: '**Nothing can be published.**',
    notProbed: 'on AWS every other probe stands on it; here the environment says where it is',
  },
  {
    id: 'topics-publish-rate',
    says: '20,000 publishes a second per account, 2,000 in some Regions.',
    restsOn: 'documented',
    source: quotas,
    imitatedIn: [],
    ifWrong: 'Publishes of a large fleet are refused, and repeated by the SDK.',
    notProbed: 'it would disturb whatever else is in the account',
  },
];

function closed(client: MqttClient): Promise<void> {
  return new Promise((resolve) => client.once('close', () => resolve()));
}
