import type { Clock } from '../clock.js';
import type { DynamoDb } from '../dynamodb.js';
import { deliver, type Faults } from '../faults.js';
import type { Lambda } from '../lambda/lambda.js';
import type { Meter } from '../meter.js';
import type { Sqs } from '../sqs.js';
import type { Deployed } from '../template/stack-resources.js';
import type { Broker, Message } from './broker.js';
import { compileRule } from './sql/index.js';

interface Targets {
  lambda: Pick<Lambda, 'invokeLater'>;
  sqs: Pick<Sqs, 'send'>;
  dynamodb: Pick<DynamoDb, 'put'>;
  meter: Meter;
  faults: Faults;
  clock: Clock;
}

interface Action {
  /** As AWS names them where an action failed. */
  kind: string;
  resource: string;
  /** Takes what the SQL selected. */
  perform(selected: unknown): void | Promise<void>;
}

/** By the name of the action in a `TopicRulePayload`. */
const actions: Record<string, (parameters: never, targets: Targets, rule: Deployed) => Action> = {
  Lambda: ({ FunctionArn }: { FunctionArn: string }, { lambda }, { attributes }) => ({
    kind: 'LambdaAction',
    resource: FunctionArn,
    perform: (selected) =>
      lambda.invokeLater(FunctionArn, selected, {
        principal: 'iot.amazonaws.com',
        sourceArn: attributes.Arn as string,
      }),
  }),
  Sqs: ({ QueueUrl, UseBase64 = false }: { QueueUrl: string; UseBase64?: boolean }, { sqs }) => ({
    kind: 'SqsAction',
    resource: QueueUrl,
    perform: (selected) => {
      const text = JSON.stringify(selected);
      sqs.send(QueueUrl, UseBase64 ? Buffer.from(text).toString('base64') : text);
    },
  }),
  DynamoDBv2: ({ PutItem: { TableName } }: { PutItem: { TableName: string } }, { dynamodb }) => ({
    kind: 'DynamoDBv2Action',
    resource: TableName,
    perform: (selected) => dynamodb.put(TableName, columns(selected)),
  }),
};

/**
 * Runs a topic rule on every message of its topics. A message that its SQL can't be applied to is lost, as in AWS; what an
 * action can't take goes to the error action.
 *
 * @returns what ends that
 */
export function runRule(
  rule: Deployed,
  broker: Pick<Broker, 'listen'>,
  targets: Targets,
  onError: (message: string) => void,
): () => void {
  const { Sql, AwsIotSqlVersion, Actions, ErrorAction, RuleDisabled } = rule.properties.TopicRulePayload as {
    Sql: string;
    AwsIotSqlVersion: string;
    Actions: object[];
    ErrorAction?: object;
    RuleDisabled?: boolean;
  };
  if (AwsIotSqlVersion !== '2016-03-23') {
    throw new Error(`${rule.logicalId}: the embedded AWS knows SQL version 2016-03-23 only.`);
  }
  const sql = compileRule(Sql);
  const all = Actions.map((action) => actionOf(action, targets, rule));
  const errorAction = ErrorAction && actionOf(ErrorAction, targets, rule);

  async function run(message: Message): Promise<void> {
    targets.meter.count('IoT rules triggered');
    const selected = sql.select(message);
    if (selected === undefined) return;
    targets.meter.count('IoT rule actions', all.length);
    const failures = (await Promise.all(all.map((action) => failureOf(action, selected)))).filter(Boolean);
    if (failures.length === 0) return;
    onError(`rule ${rule.logicalId} on ${message.topic}: ${JSON.stringify(failures)}`);
    const { topic, clientId, payload } = message;
    const base64OriginalPayload = payload.toString('base64');
    await errorAction?.perform({ ruleName: rule.ref, topic, clientId, base64OriginalPayload, failures });
  }

  if (RuleDisabled) return () => {};
  return broker.listen((message) => {
    if (!sql.matches(message.topic)) return;
    deliver(targets, rule.logicalId, `${message.topic} ${message.payload}`, () => {
      run(message).catch((error) => onError(`rule ${rule.logicalId} on ${message.topic}: ${error}`));
    });
  });
}

/** What an error action is told of an action that failed. */
async function failureOf({ kind, resource, perform }: Action, selected: unknown): Promise<object | undefined> {
  try {
    await perform(selected);
    return undefined;
  } catch (error) {
    return { failedAction: kind, failedResource: resource, errorMessage: (error as Error).message };
  }
}

function actionOf(action: object, targets: Targets, rule: Deployed): Action {
  const [[name, parameters] = ['nothing']] = Object.entries(action);
  const known = actions[name];
  if (!known) throw new Error(`${rule.logicalId}: the embedded AWS does not know the rule action ${name}.`);
  return known(parameters as never, targets, rule);
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
