import { DescribeEndpointCommand, DescribeThingCommand } from '@aws-sdk/client-iot';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { holds, refusal, same, within } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import type { Stage } from './stage.js';

const assuming = 'AWS STS API reference: AssumeRole';
const policies = 'AWS IoT Core: Policy actions';
const imitatedIn = ['sts.ts', 'iam.ts', 'iot/websocket.ts', 'iot/broker.ts'];

/** STS, and MQTT over a WebSocket in a session: what live URLs are made of. */
export const sessions: Probe[] = [
  {
    id: 'sessions-policy',
    says: 'In a session with a policy of its own a client may do what both that and the role allow; another subscription is refused in its SUBACK.',
    restsOn: 'documented',
    source: `${assuming}; IAM: Session policies; that the connection stays was observed by others`,
    imitatedIn,
    ifWrong: '**A live URL shows more than what it was made for**, or nothing.',
    async check(stage) {
      const [heard, other] = [topicOf(stage), topicOf(stage)];
      const { client } = await connected(stage, heard);
      const messages: string[] = [];
      client.on('message', (topic) => messages.push(topic));
      await client.subscribeAsync(heard, { qos: 1 });
      const refused = await client.subscribeAsync(other, { qos: 1 }).then(
        () => false,
        () => true,
      );
      same('refused', refused, true);
      const publisher = await stage.mqtt();
      const came = new Promise<void>((resolve) => client.on('message', (topic) => topic === heard && resolve()));
      for (const topic of [other, heard]) await publisher.publishAsync(topic, 'x', { qos: 1 });
      await within('what it may hear', came);
      same('heard', messages, [heard]);
    },
  },
  {
    id: 'sessions-publish',
    says: 'Whoever publishes what he may not is disconnected, and nobody hears it.',
    restsOn: 'documented',
    source: `${policies}; that the connection is closed was observed by others`,
    imitatedIn,
    ifWrong: '**Who has a live URL can send commands.**',
    async check(stage) {
      const topic = topicOf(stage);
      const inbox = await stage.listen(topic);
      const { client } = await connected(stage, topic);
      const gone = new Promise<void>((resolve) => client.once('close', () => resolve()));
      client.publish(topic, 'x', { qos: 1 }, () => {});
      await within('the end of the connection', gone);
      await stage.settle();
      same('heard', inbox.all.length, 0);
    },
  },
  {
    id: 'sessions-client-id',
    says: 'A client id that the session may not connect as is refused.',
    restsOn: 'documented',
    source: policies,
    imitatedIn,
    ifWrong: 'One live URL serves many.',
    async check(stage) {
      const credentials = await session(stage, topicOf(stage), 'live-one');
      const refused = await stage.mqttAs(credentials, 'live-other').then(
        () => false,
        () => true,
      );
      same('refused', refused, true);
    },
  },
  {
    id: 'sessions-duration',
    says: 'A session lasts 15 minutes at least: with less `AssumeRole` is a `ValidationError`.',
    restsOn: 'documented',
    source: assuming,
    imitatedIn: ['sts.ts'],
    ifWrong: 'No effect: ours are 15 minutes.',
    async check(stage) {
      const RoleArn = await roleArn(stage);
      const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'short', DurationSeconds: 899 });
      same('error', (await refusal('899 s', stage.sts.send(command))).name, 'ValidationError');
    },
  },
  {
    id: 'sessions-trust',
    says: 'Whom the trust policy of a role of the same account names may assume it without a statement of his own, and nobody else may.',
    restsOn: 'documented',
    source: assuming,
    imitatedIn: ['iam.ts', 'sts.ts', 'template/service-roles.ts'],
    ifWrong: '**No live URL is handed out.**',
    notProbed: 'needs credentials of two roles; each live URL of a stage shows it',
  },
  {
    id: 'sessions-endpoint',
    says: '`DescribeEndpoint` of `iot:Data-ATS` tells the host where MQTT is spoken over WebSockets, without a scheme.',
    restsOn: 'documented',
    source: 'AWS IoT API reference: DescribeEndpoint',
    imitatedIn: ['iot/index.ts', 'iot/operations.ts', 'endpoint.ts'],
    ifWrong: '**Live URLs lead nowhere.**',
    async check({ iot }) {
      const { endpointAddress = '' } = await iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }));
      holds('it is a host', /^[\w.-]+(:\d+)?$/.test(endpointAddress), endpointAddress);
    },
  },
  {
    id: 'sessions-url',
    says: 'A signed URL begins a connection for five minutes after it was signed, whatever it says of itself.',
    restsOn: 'observed',
    source: 'aws/aws-sdk-js#2254; the documentation does not say',
    imitatedIn: ['iot/websocket.ts'],
    ifWrong: 'A live URL is good for a shorter time than the API says.',
    notProbed: 'SDKs sign anew for each connection; five minutes is what ours are signed for',
  },
  {
    id: 'sessions-lifetime',
    says: 'A connection over a WebSocket outlives the credentials that it began with, and is ended after a day.',
    restsOn: 'observed',
    source: 'AWS IoT Core endpoints and quotas: WebSocket connection duration; awslabs/aws-crt-nodejs#423',
    imitatedIn: [],
    ifWrong: '`csms tail` opens another URL more often.',
    notProbed: 'takes a day',
  },
];

const topicOf = (stage: Stage) => stage.topic('live', mark());

/** Of the role whose sessions may listen below `<stack>/live/`, and connect as `live-…`. */
async function roleArn(stage: Stage): Promise<string> {
  const { thingArn = '' } = await stage.iot.send(new DescribeThingCommand({ thingName: await stage.thing() }));
  const [, partition, , , account] = thingArn.split(':');
  return `arn:${partition}:iam::${account}:role/${stage.ref('ListenerRole')}`;
}

/** Credentials for listening to one topic as one client. */
async function session(stage: Stage, topic: string, clientId: string) {
  const RoleArn = await roleArn(stage);
  const { thingArn = '' } = await stage.iot.send(new DescribeThingCommand({ thingName: await stage.thing() }));
  const arn = (resource: string) => thingArn.replace(/thing\/.*/, resource);
  const allow = (Action: string, Resource: string) => ({ Effect: 'Allow', Action, Resource });
  const Statement = [
    allow('iot:Connect', arn(`client/${clientId}`)),
    allow('iot:Subscribe', arn(`topicfilter/${topic}`)),
    allow('iot:Receive', arn(`topic/${topic}`)),
  ];
  const { Credentials } = await stage.sts.send(
    new AssumeRoleCommand({
      ...{ RoleArn, RoleSessionName: clientId, DurationSeconds: 900 },
      Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
    }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

async function connected(stage: Stage, topic: string) {
  const clientId = `live-${mark()}`;
  return { client: await stage.mqttAs(await session(stage, topic, clientId), clientId) };
}
