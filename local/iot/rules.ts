import { arnOf, type Region } from '../arn.js';
import type { Clock } from '../clock.js';
import type { DynamoDb } from '../dynamodb.js';
import { deliver, type Faults } from '../faults.js';
import type { Permission } from '../iam.js';
import type { Lambda } from '../lambda/lambda.js';
import { type Meter, steps } from '../meter.js';
import type { Sqs } from '../sqs.js';
import type { Deployed } from '../template/stack-resources.js';
import type { Broker, Message } from './broker.js';
import { compileRule } from './sql/index.js';

/** A rule and an action are billed for each 5 KB of the message. */
const ruleStep = 5 * 1024;

interface Targets extends Region {
  iot: { broker: Pick<Broker, 'listen'> };
  lambda: Pick<Lambda, 'invokeLater'>;
  sqs: Pick<Sqs, 'send'>;
  dynamodb: Pick<DynamoDb, 'put'>;
  meter: Meter;
  faults: Faults;
  clock: Clock;
  onError(message: string): void;
}

interface Action {
  /** As AWS names them where an action failed. */
  kind: string;
  resource: string;
  /** In which role it acts, and what that has to allow; to invoke a function is for the function's permissions to allow. */
  needs?: Permission & { roleArn: string };
  /** Takes what the SQL selected. */
  perform(selected: unknown, targets: Targets): void | Promise<void>;
}

/** By the name of the action in a `TopicRulePayload`. */
const actions: Record<string, (parameters: never, rule: Deployed, region: Region) => Action> = {
  Lambda: ({ FunctionArn }: { FunctionArn: string }, { attributes }) => ({
    kind: 'LambdaAction',
    resource: FunctionArn,
    perform: (selected, { lambda }) =>
      lambda.invokeLater(FunctionArn, selected, {
        principal: 'iot.amazonaws.com',
        sourceArn: attributes.Arn as string,
      }),
  }),
  Sqs: (
    { QueueUrl, RoleArn: roleArn, UseBase64 = false }: { QueueUrl: string; RoleArn: string; UseBase64?: boolean },
    _,
    region,
  ) => ({
    kind: 'SqsAction',
    resource: QueueUrl,
    needs: { roleArn, action: 'sqs:SendMessage', resource: arnOf(region, 'sqs', QueueUrl.split('/').pop() ?? '') },
    perform(selected, { sqs }) {
      const text = JSON.stringify(selected);
      sqs.send(QueueUrl, UseBase64 ? Buffer.from(text).toString('base64') : text);
    },
  }),
  DynamoDBv2: (
    { PutItem: { TableName }, RoleArn: roleArn }: { PutItem: { TableName: string }; RoleArn: string },
    _,
    region,
  ) => ({
    kind: 'DynamoDBv2Action',
    resource: TableName,
    needs: { roleArn, action: 'dynamodb:PutItem', resource: arnOf(region, 'dynamodb', `table/${TableName}`) },
    perform: (selected, { dynamodb }) => dynamodb.put(TableName, columns(selected)),
  }),
};

interface Payload {
  Sql: string;
  AwsIotSqlVersion: string;
  Actions: object[];
  ErrorAction?: object;
  RuleDisabled?: boolean;
}

/** What a rule does, its error action last. @throws for an action that is not known */
export function actionsOf(rule: Deployed, region: Region): Action[] {
  const { Actions, ErrorAction } = rule.properties.TopicRulePayload as Payload;
  return [...Actions, ...(ErrorAction ? [ErrorAction] : [])].map((action) => {
    const [[name, parameters] = ['nothing']] = Object.entries(action);
    const known = actions[name];
    if (!known) throw new Error(`${rule.logicalId}: the embedded AWS does not know the rule action ${name}.`);
    return known(parameters as never, rule, region);
  });
}

/**
 * Runs a topic rule on every message of its topics. A message that its SQL can't be applied to is lost, as in AWS; what an
 * action can't take goes to the error action.
 *
 * @returns what ends that
 */
export function runRule(rule: Deployed, targets: Targets): () => void {
  const { meter, onError } = targets;
  const { Sql, AwsIotSqlVersion, Actions, RuleDisabled } = rule.properties.TopicRulePayload as Payload;
  if (AwsIotSqlVersion !== '2016-03-23') {
    throw new Error(`${rule.logicalId}: the embedded AWS knows SQL version 2016-03-23 only.`);
  }
  const sql = compileRule(Sql);
  const all = actionsOf(rule, targets);
  const [errorAction] = all.splice(Actions.length);

  async function run(message: Message): Promise<void> {
    const units = steps(message.payload.length, ruleStep);
    meter.count('IoT rules triggered', units);
    const selected = sql.select(message);
    if (selected === undefined) return;
    meter.count('IoT rule actions', all.length * units);
    const failures = (await Promise.all(all.map((action) => failureOf(action, selected, targets)))).filter(Boolean);
    if (failures.length === 0) return;
    onError(`rule ${rule.logicalId} on ${message.topic}: ${JSON.stringify(failures)}`);
    const { topic, clientId, payload } = message;
    const base64OriginalPayload = payload.toString('base64');
    const told = { ruleName: rule.ref, topic, clientId, base64OriginalPayload, failures };
    if (!errorAction) return;
    meter.count('IoT rule actions', units);
    await errorAction.perform(told, targets);
  }

  if (RuleDisabled) return () => {};
  return targets.iot.broker.listen((message) => {
    if (!sql.matches(message.topic)) return;
    deliver(targets, rule.logicalId, `${message.topic} ${message.payload}`, () => {
      run(message).catch((error) => onError(`rule ${rule.logicalId} on ${message.topic}: ${error}`));
    });
  });
}

/** What an error action is told of an action that failed. */
async function failureOf(action: Action, selected: unknown, targets: Targets): Promise<object | undefined> {
  const { kind, resource, perform } = action;
  try {
    await perform(selected, targets);
    return undefined;
  } catch (error) {
    return { failedAction: kind, failedResource: resource, errorMessage: (error as Error).message };
  }
}

/** The dynamoDBv2 action writes each attribute of the selected object into its own column. */
function columns(selected: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(selected as object).map(([name, value]) => [name, column(value)]));
}

function column(value: unknown): object {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  return Array.isArray(value) ? { L: value.map(column) } : { M: columns(value) };
}
