import { isDeepStrictEqual } from 'node:util';
import { compileRule, type Rule } from '../../local/iot/sql/index.js';
import { ruleMessage } from '../../schemas/rule-message.js';
import { namespaceOf } from './namespace.js';
import { ofType, type Template } from './template.js';

/** A frame as `message` publishes it, and as `csms` and `deliver` are to read it. */
const frame = '[2,"m1","Heartbeat",{}]';
const publishedAt = Date.UTC(2026, 4, 1);
const origin = { connectionId: 'L0SM9cOFvHcCIhw=', protocol: 'ocpp2.0.1', receivedAt: String(publishedAt - 5) };

const thing = { eventType: 'THING_EVENT', operation: 'CREATED', thingName: 'CP1', versionNumber: 1 };
const thingTopics = ['created', 'updated', 'deleted'].map((what) => `$aws/events/thing/CP1/${what}`);

const difference = { 'EVSE@1/Power#MaxSet': '11000' };
/** What else rules are for: what is told on a topic, and what of it is handed on; nothing of what is none of theirs. */
const others = (prefix: string) => [
  {
    topic: '$aws/things/CP1/shadow/update/delta',
    told: { version: 7, timestamp: 1_777_593_600, state: { other: 1, configuration: difference }, metadata: {} },
    expected: { chargePointId: 'CP1', version: 7, timestamp: 1_777_593_600, configuration: difference },
    isNothing: { version: 7, timestamp: 1_777_593_600, state: { other: 1 }, metadata: {} },
  },
  {
    topic: `${prefix}CP1/events/command-settled`,
    told: { chargePointId: 'CP1', commandId: 'm1', status: 'expired', desired: true },
    expected: { chargePointId: 'CP1' },
    isNothing: { chargePointId: 'CP1', commandId: 'm1', status: 'expired' },
  },
  {
    topic: `${prefix}CP1/events/command-settled`,
    told: { chargePointId: 'CP1', commandId: 'm1', status: 'failed', reason: 'why', taskId: 't1', action: 'Reset' },
    expected: { chargePointId: 'CP1', commandId: 'm1', status: 'failed', reason: 'why', taskId: 't1' },
    isNothing: { chargePointId: 'CP1', commandId: 'm1', status: 'failed' },
  },
];

/** Runs the rules of a resolved template on what is published. Returns a sentence for each fault. */
export function ruleFaults(template: Template): string[] {
  const rules = ofType(template, 'AWS::IoT::TopicRule')
    .filter(([, { TopicRulePayload }]) => JSON.stringify(TopicRulePayload.Actions).includes('"Lambda"'))
    .map(([id, { TopicRulePayload }]) => ({ id, ...compiled(TopicRulePayload.Sql) }));
  const broken = rules.flatMap(({ id, error }) => (error ? [`${id}: ${error}`] : []));
  if (broken.length > 0) return broken;

  const namespace = namespaceOf(template);
  const prefix = namespace && `${namespace}/`;
  const listening = (topic: string) => rules.filter(({ rule }) => rule?.matches(topic));
  const frameTopics = [`${prefix}CP1/in`, `${prefix}CP1/out`];
  const topics = [...frameTopics, ...thingTopics];
  const otherTopics = others(prefix).map(({ topic }) => topic);
  return [
    ...topics.flatMap((topic) =>
      listening(topic).length === 1 ? [] : [`there is to be one rule on ${topic}, not ${listening(topic).length}`],
    ),
    ...rules
      .filter(({ rule }) => ![...topics, ...otherTopics].some((topic) => rule?.matches(topic)))
      .map(({ id }) => `${id} listens to nothing that is published`),
    ...[`${prefix}CP1/events/connected`, `other/${prefix}CP1/in`, `${prefix}CP1/in/other`].flatMap((topic) =>
      listening(topic).map(({ id }) => `${id} listens to ${topic}, which is not for it`),
    ),
    ...frameTopics.flatMap((topic) => listening(topic).flatMap(({ id, rule }) => frameFaults(id, rule as Rule, topic))),
    ...thingTopics.flatMap((topic) => listening(topic).flatMap(({ id, rule }) => thingFaults(id, rule as Rule, topic))),
    ...others(prefix).flatMap(({ topic, told, expected, isNothing }) => {
      const hearing = listening(topic).filter(({ rule }) => selectedBy(rule as Rule, topic, told) !== undefined);
      return [
        ...(hearing.length === 1 ? [] : [`there is to be one rule on ${JSON.stringify(told)}, not ${hearing.length}`]),
        ...hearing.flatMap(({ id, rule }) => [
          ...(isDeepStrictEqual(selectedBy(rule as Rule, topic, told), expected)
            ? []
            : [`${id} doesn't hand on what ${topic} says`]),
          ...(selectedBy(rule as Rule, topic, isNothing) === undefined ? [] : [`${id} hands on what is none of its`]),
        ]),
      ];
    }),
  ];
}

function compiled(sql: string): { rule?: Rule; error?: unknown } {
  try {
    return { rule: compileRule(sql) };
  } catch (error) {
    return { error };
  }
}

function frameFaults(id: string, rule: Rule, topic: string): string[] {
  const message = { topic, payload: Buffer.from(frame), qos: 1, timestamp: publishedAt, userProperties: [] } as const;
  // Only what goes down may be answered by somebody else as well, only what comes up may be in place of something else.
  const [own, other] = topic.endsWith('/out') ? ['contested', 'repairs'] : ['repairs', 'contested'];
  const properties = { ...origin, [own]: 'true' };
  const published = rule.select({ ...message, userProperties: Object.entries({ ...properties, [other]: 'true' }) });
  const column = Object.keys(published ?? {});
  const read = Object.keys(ruleMessage.shape).filter((name) => name !== other);
  return [
    ...column.filter((name) => !read.includes(name)).map((name) => `${id} selects ${name}, which nobody reads`),
    ...read.filter((name) => !column.includes(name)).map((name) => `${id} doesn't select ${name}`),
    ...expectation(id, published, {
      frame,
      chargePointId: 'CP1',
      publishedAt: new Date(publishedAt),
      ...properties,
      receivedAt: new Date(Number(origin.receivedAt)),
    }),
    // As anybody else publishes it.
    ...expectation(id, rule.select(message), { frame, chargePointId: 'CP1', publishedAt: new Date(publishedAt) }),
  ];
}

function expectation(id: string, selected: unknown, expected: object): string[] {
  const read = ruleMessage.safeParse(selected);
  if (read.error) return read.error.issues.map(({ path, message }) => `${id}: ${path.join('.')}: ${message}`);
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = read.data[name as keyof typeof read.data];
    return isDeepStrictEqual(found, value) ? [] : [`${id}: ${name} is ${found}, not ${value}`];
  });
}

function thingFaults(id: string, rule: Rule, topic: string): string[] {
  return isDeepStrictEqual(selectedBy(rule, topic, thing), thing) ? [] : [`${id} doesn't hand on what ${topic} says`];
}

function selectedBy(rule: Rule, topic: string, told: object): unknown {
  const payload = Buffer.from(JSON.stringify(told));
  return rule.select({ topic, payload, qos: 1, timestamp: publishedAt, userProperties: [] });
}
