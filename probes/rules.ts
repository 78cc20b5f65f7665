import { DeleteThingShadowCommand, UpdateThingShadowCommand } from '@aws-sdk/client-iot-data-plane';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { eventually, holds, same } from './expect.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import { publish, trigger, triggered } from './publish.js';
import type { Stage } from './stage.js';

const sql = 'AWS IoT: AWS IoT SQL reference';
const functions = 'AWS IoT: Functions (AWS IoT SQL)';

/** AWS IoT, rules. */
export const rules: Probe[] = [
  {
    id: 'rules-encode',
    says: "`encode(*, 'base64')` hands on the payload's bytes, JSON or not.",
    restsOn: 'documented',
    source: `${functions}: encode(value, encodingScheme)`,
    imitatedIn: ['iot/sql/functions.ts', 'iot/sql/expression.ts', 'iot/rules.ts'],
    ifWrong: '**Frames change on their way**, and what is no JSON is lost.',
    async check(stage) {
      const payloads = ['{"b": 1.50, "a":"ü"}', '[2,"1","Boot', 'no JSON', Buffer.from([0, 255, 254]), '42'];
      for (const payload of payloads.map((each) => Buffer.from(each))) {
        const { frame } = await triggered(stage, 'rule', await trigger(stage, 'encoded', payload));
        same('bytes', Buffer.from(frame, 'base64').toString('hex'), payload.toString('hex'));
      }
    },
  },
  {
    id: 'rules-user-properties',
    says: 'A rule reads the user properties of a publish with `get_user_properties`: an array of the values of that name.',
    restsOn: 'documented',
    source: `${functions}: get_user_properties(userPropertyKey)`,
    imitatedIn: ['iot/sql/functions.ts', 'iot/publish.ts'],
    ifWrong:
      'Each frame is taken as one of the current connection, for a read more; ids of 1.6 may then meet the wrong socket.',
    async check(stage) {
      const probe = await trigger(stage, 'encoded', '[]', [{ one: 'CP1=' }, { two: 'a' }, { two: 'b' }]);
      const { one, two } = await triggered(stage, 'rule', probe);
      same("get(get_user_properties('one'), 0)", one, 'CP1=');
      same("get_user_properties('two')", two, ['a', 'b']);
    },
  },
  {
    id: 'rules-undefined-column',
    says: 'A column that is Undefined is left out.',
    restsOn: 'assumed',
    source: `${sql}: not said in these words`,
    imitatedIn: ['iot/sql/index.ts', 'iot/sql/values.ts'],
    ifWrong: 'Frames that others publish are refused by `csms` and `deliver`.',
    async check(stage) {
      const probe = await trigger(stage, 'encoded', '[]');
      const columns = Object.keys(await triggered(stage, 'rule', probe)).sort();
      same('columns', columns, ['client', 'frame', 'probe', 'publishedAt', 'rule', 'topicName']);
    },
  },
  {
    id: 'rules-topic',
    says: '`topic()` is the topic, and `topic(n)` its level n, counted from 1.',
    restsOn: 'documented',
    source: `${functions}: topic(Decimal)`,
    imitatedIn: ['iot/sql/functions.ts'],
    ifWrong: '**No frame has an identity.**',
    async check(stage) {
      const probe = await trigger(stage, 'encoded', '[]');
      const { topicName, rule } = await triggered(stage, 'rule', probe);
      same('topic', { topicName, rule }, { topicName: stage.topic('encoded', probe), rule: 'encoded' });
    },
  },
  {
    id: 'rules-timestamp',
    says: '`timestamp()` is the time of the publish in milliseconds since 1970.',
    restsOn: 'documented',
    source: `${functions}: timestamp()`,
    imitatedIn: ['iot/sql/functions.ts', 'clock.ts'],
    ifWrong: 'Frames that others publish have a wrong time.',
    async check(stage) {
      const probe = await trigger(stage, 'encoded', '[]');
      const { event, at } = await stage.seen('the invocation', (seen) => seen.event.probe === probe);
      const age = at - event.publishedAt;
      holds('the function heard of it within 30 s of that time', Math.abs(age) < 30_000, age);
    },
  },
  {
    id: 'rules-clientid',
    says: '`clientid()` is the MQTT client that published, and `n/a` when it was none.',
    restsOn: 'documented',
    source: `${functions}: clientid()`,
    imitatedIn: ['iot/sql/functions.ts', 'iot/broker.ts'],
    ifWrong: 'No effect: no rule here asks.',
    async check(stage) {
      same('over HTTPS', (await triggered(stage, 'rule', await trigger(stage, 'encoded', '[]'))).client, 'n/a');
      const mqtt = await stage.mqtt();
      const probe = mark();
      await mqtt.publishAsync(stage.topic('encoded', probe), '[]', { qos: 1 });
      same('over MQTT', (await triggered(stage, 'rule', probe)).client, mqtt.options.clientId);
    },
  },
  {
    id: 'rules-array-element',
    says: '`get(*, 2)` is the third element of a payload that is an array, and `WHERE` may compare it.',
    restsOn: 'observed',
    source: 'rules in public use; the documentation shows `get()` with arrays that are members',
    imitatedIn: ['iot/sql/functions.ts', 'iot/sql/expression.ts'],
    ifWrong: "Rules of users' own match nothing.",
    async check(stage) {
      const other = await trigger(stage, 'heartbeats', [2, '1', 'BootNotification', {}]);
      const probe = await trigger(stage, 'heartbeats', [2, '1', 'Heartbeat', {}]);
      await triggered(stage, 'rule', probe);
      await isNotTriggered(stage, other);
    },
  },
  {
    id: 'rules-star-as',
    says: '`* AS name` hands on the whole payload below that name, an array too.',
    restsOn: 'observed',
    source: 'rules in public use',
    imitatedIn: ['iot/sql/index.ts'],
    ifWrong: "Rules of users' own fail.",
    async check(stage) {
      const frame = [2, '1', 'Heartbeat', { nested: [1, 'ü', null] }];
      same('message', (await triggered(stage, 'rule', await trigger(stage, 'whole', frame))).message, frame);
    },
  },
  {
    id: 'rules-star',
    says: '`SELECT *` hands on every member of a JSON object, with no promise how it is spelled.',
    restsOn: 'documented',
    source: `${sql}: SELECT clause; the spelling is assumed`,
    imitatedIn: ['iot/sql/values.ts', 'iot/sql/index.ts'],
    ifWrong: 'No effect on frames, which travel as base64.',
    async check(stage) {
      const probe = mark();
      const payload = { probe, b: { d: [1.5, 'ü', true, null], c: 'x' }, a: -7 };
      await publish(stage, stage.topic('star', probe), JSON.stringify(payload));
      same('event', await triggered(stage, 'rule', probe), payload);
    },
  },
  {
    id: 'rules-not-json',
    says: "A message that a rule's SQL needs as JSON, and that is none, invokes nothing.",
    restsOn: 'assumed',
    source: `${sql}: payloads are JSON; what becomes of others is not said`,
    imitatedIn: ['iot/sql/values.ts', 'iot/rules.ts'],
    ifWrong: 'No effect on frames, which are not read as JSON there.',
    async check(stage) {
      const probe = await trigger(stage, 'whole', '[2,"1","Boot');
      await isNotTriggered(stage, probe);
    },
  },
  {
    id: 'rules-functions',
    says: '`isundefined`, `isnull`, `get` and paths do what they are said to.',
    restsOn: 'documented',
    source: functions,
    imitatedIn: ['iot/sql/functions.ts', 'iot/sql/values.ts', 'iot/sql/expression.ts'],
    ifWrong: "Rules of users' own, tried on a laptop, do something else on AWS.",
    async check(stage) {
      const payload = { nothing: null, list: [1, 'x'], inner: { name: 'inside' } };
      const { rule, probe, ...event } = await triggered(stage, 'rule', await trigger(stage, 'functions', payload));
      same('columns', event, {
        isMissing: true,
        isNothing: true,
        first: 1,
        member: 'inside',
        path: 'inside',
      });
    },
  },
  {
    id: 'rules-names',
    says: 'The names that our rules select are none that SQL keeps for itself, though `timestamp` is a function, too: each column is what the payload has under its name.',
    restsOn: 'assumed',
    source: `${sql}: it lists no reserved words`,
    imitatedIn: ['iot/sql/index.ts', 'iot/sql/expression.ts'],
    ifWrong: '**The stack is not deployed**: AWS IoT refuses the SQL of `DeltaRule`, or another.',
    async check(stage) {
      const selected = async (rule: string, chargePointId: string): Promise<object> => {
        const isThis = ({ event }: { event: { chargePointId?: string } }) => event.chargePointId === chargePointId;
        return (await stage.seen(`the invocation by ${rule}`, isThis)).event;
      };
      const told = async (rule: string, payload: object) => {
        const chargePointId = mark();
        await trigger(stage, rule, { ...payload, chargePointId });
        const { chargePointId: _, ...others } = (await selected(rule, chargePointId)) as { chargePointId: string };
        return others;
      };
      const task = { taskId: 't1', commandId: 'm1', status: 'expired', reason: 'why' };
      same('task', await told('task', task), task);
      same('expired', await told('expired', { ...task, desired: true }), {});

      const [version, timestamp, configuration] = [7, 1_777_593_600, { a: '1' }];
      const delta = { version, timestamp, state: { configuration, other: 1 }, metadata: {} };
      const thing = await trigger(stage, 'delta', delta);
      same('delta', await selected('delta', thing), { chargePointId: thing, version, timestamp, configuration });

      const names = ['connectionId', 'protocol', 'receivedAt', 'repairs', 'contested'];
      const properties = names.map((name) => ({ [name]: `of ${name}` }));
      const frame = await selected('frame', await trigger(stage, 'frame', '[]', properties));
      for (const property of properties) same('frame', { ...frame, ...property }, frame);
    },
  },
  {
    id: 'rules-where',
    says: '`WHERE` takes `=`, `<>`, `AND`, `OR` and `NOT`; a comparison with something Undefined is not true.',
    restsOn: 'documented',
    source: `${sql}: WHERE clause, Operators`,
    imitatedIn: ['iot/sql/expression.ts', 'iot/sql/values.ts'],
    ifWrong: "Rules of users' own, tried on a laptop, do something else on AWS.",
    async check(stage) {
      const fires = [
        { amount: 6, name: 'yes' },
        { amount: 1, name: 'always' },
      ];
      const rests = [
        { amount: 6, name: 'no' },
        { amount: '6', name: 'yes' },
        { amount: 1, name: 'text' },
        { name: 'yes' },
        {},
      ];
      const silent = await Promise.all(rests.map((payload) => trigger(stage, 'where', payload)));
      for (const payload of fires) {
        same('name', (await triggered(stage, 'rule', await trigger(stage, 'where', payload))).name, payload.name);
      }
      for (const probe of silent) await isNotTriggered(stage, probe);
    },
  },
  {
    id: 'rules-filter',
    says: 'In `FROM`, `+` is one level and `#` all that follow.',
    restsOn: 'documented',
    source: 'AWS IoT: MQTT topics, Topic filters',
    imitatedIn: ['iot/topics.ts'],
    ifWrong: '**No rule hears anything.**',
    async check(stage) {
      const probe = mark();
      await publish(stage, stage.topic('below', probe, 'further', 'down'), '[]');
      same('topic', (await triggered(stage, 'rule', probe)).topicName, stage.topic('below', probe, 'further', 'down'));
      const deeper = mark();
      await publish(stage, stage.topic('whole', deeper, 'further'), '[]');
      await isNotTriggered(stage, deeper);
    },
  },
  {
    id: 'rules-aws-topics',
    says: "A rule may listen to AWS IoT's own topics, `$aws/things/+/…` and `$aws/events/thing/+/+`.",
    restsOn: 'documented',
    source: 'AWS IoT: Reserved topics',
    imitatedIn: ['iot/topics.ts', 'iot/shadow.ts'],
    ifWrong: 'The mirror never hears of deletions: deleted things may connect.',
    async check(stage) {
      const thing = mark();
      const payload = JSON.stringify({ state: { desired: { colour: 'blue' } } });
      await stage.iotData.send(new UpdateThingShadowCommand({ thingName: thing, payload }));
      const { rule, state } = await triggered(stage, 'rule', thing);
      same('event', { rule, state }, { rule: 'delta', state: { colour: 'blue' } });
      await stage.iotData.send(new DeleteThingShadowCommand({ thingName: thing }));
    },
  },
  {
    id: 'rules-disabled',
    says: 'A rule that is disabled does nothing.',
    restsOn: 'documented',
    source: 'AWS IoT API reference: TopicRulePayload',
    imitatedIn: ['iot/rules.ts'],
    ifWrong: 'No effect: none here is.',
    async check(stage) {
      await isNotTriggered(stage, await trigger(stage, 'disabled', '[]'));
    },
  },
  {
    id: 'rules-queue',
    says: 'An SQS action sends what the SQL selected, as JSON.',
    restsOn: 'documented',
    source: 'AWS IoT: SQS rule action',
    imitatedIn: ['iot/rules.ts', 'template/service-roles.ts'],
    ifWrong: 'No effect: only error actions use it here.',
    async check(stage) {
      const probe = await trigger(stage, 'queue', { any: 'ü' });
      const { event } = await stage.seen('the message', (seen) => seen.event.body?.includes(probe));
      same('body', JSON.parse(event.body), { any: 'ü', probe });
    },
  },
  {
    id: 'rules-table',
    says: 'A DynamoDBv2 action writes each column into an attribute of its own type.',
    restsOn: 'documented',
    source: 'AWS IoT: DynamoDBv2 rule action',
    imitatedIn: ['iot/rules.ts', 'template/service-roles.ts'],
    ifWrong: 'The example of a rule of your own does not work.',
    async check(stage) {
      const message = { text: 'ü', number: 1.5, yes: true, list: [1, 'x'], inner: { deep: 'y' } };
      const id = await trigger(stage, 'table', message);
      const get = new GetCommand({ TableName: stage.ref('Table'), Key: { id } });
      const item = await eventually('the item', async () => (await stage.dynamodb.send(get)).Item);
      same('item', item, { id, rule: 'table', message });
    },
  },
  {
    id: 'rules-error-action',
    says: 'A Lambda action that no permission allows goes to the error action, with the payload and what failed.',
    restsOn: 'documented',
    source: 'AWS IoT: Error handling (error action)',
    imitatedIn: ['iot/rules.ts', 'lambda/lambda.ts'],
    ifWrong: 'Frames that could not be handed on are not kept.',
    async check(stage) {
      const payload = JSON.stringify({ mark: mark() });
      const probe = await trigger(stage, 'refused', payload);
      const told = await stage.seen('the message of the error action', ({ function: name, event }) =>
        name === 'records' ? decoded(event.body)?.topic === stage.topic('refused', probe) : false,
      );
      const { ruleName, base64OriginalPayload, failures } = decoded(told.event.body) ?? {};
      holds('ruleName is text', typeof ruleName === 'string', ruleName);
      same('payload', Buffer.from(base64OriginalPayload, 'base64').toString(), payload);
      const [failure] = failures;
      same('failedAction', failure.failedAction, 'LambdaAction');
      holds('failedResource names the function', failure.failedResource.includes('connect'), failure.failedResource);
      holds('errorMessage is text', typeof failure.errorMessage === 'string', failure.errorMessage);
    },
  },
  {
    id: 'rules-error-action-only',
    says: 'The error action does not hear of a function that was invoked and fails.',
    restsOn: 'documented',
    source: 'AWS IoT: Lambda rule action: it is invoked asynchronously',
    imitatedIn: ['iot/rules.ts', 'lambda/lambda.ts'],
    ifWrong: 'Failures are kept twice.',
    notProbed: '`lambda-no-retries` shows the other half: the failure goes to the failure destination',
  },
  {
    id: 'rules-at-least-once',
    says: 'A rule invokes a function at least once for a message, in no order.',
    restsOn: 'documented',
    source: 'AWS IoT: Rules for AWS IoT; Lambda: Asynchronous invocation',
    imitatedIn: [],
    ifWrong: 'No effect: everything here may come twice and in any order.',
    notProbed: 'that nothing came twice would prove nothing',
  },
  {
    id: 'rules-refused-sql',
    says: 'SQL that is wrong, or of another version than 2016-03-23 as written here, is refused when the rule is created.',
    restsOn: 'documented',
    source: sql,
    imitatedIn: ['iot/sql/reader.ts', 'iot/sql/index.ts'],
    ifWrong: 'Deployment succeeds, and the rule fails on every message.',
    notProbed: 'the stack that holds it could not be deployed',
  },
];

/** @throws {Differs} when the rule's function hears of it */
async function isNotTriggered(stage: Stage, probe: string): Promise<void> {
  await stage.settle();
  same(
    'invocations',
    stage.allSeen(({ event }) => event.probe === probe).map(({ event }) => event),
    [],
  );
}

/** A message of an error action, as base64. */
function decoded(body: string): any {
  try {
    return JSON.parse(Buffer.from(body, 'base64').toString());
  } catch {
    return undefined;
  }
}
