import type { Clock } from '../clock.js';
import type { DynamoDb } from '../dynamodb.js';
import type { Lambda } from '../lambda/lambda.js';
import type { Sqs } from '../sqs.js';
import type { Deployed } from '../template/stack-resources.js';
import type { Broker, Message } from './broker.js';
import { compileRule } from './sql/index.js';

interface Targets {
  lambda: Lambda;
  sqs: Sqs;
  dynamodb: DynamoDb;
  clock: Clock;
}

type Action = (selected: unknown, rule: Deployed, targets: Targets) => Promise<void>;

/** By the name of the action in a `TopicRulePayload`. */
const actions: Record<string, (parameters: never) => Action> = {
  Lambda:
    ({ FunctionArn }: { FunctionArn: string }) =>
    async (selected, rule, { lambda }) =>
      lambda.invokeLater(FunctionArn, selected, {
        principal: 'iot.amazonaws.com',
        sourceArn: rule.attributes.Arn as string,
      }),
  Sqs:
    ({ QueueUrl, UseBase64 = false }: { QueueUrl: string; UseBase64?: boolean }) =>
    async (selected, _rule, { sqs }) => {
      const text = JSON.stringify(selected);
      sqs.send(QueueUrl, UseBase64 ? Buffer.from(text).toString('base64') : text);
    },
  DynamoDBv2:
    ({ PutItem }: { PutItem: { TableName: string } }) =>
    async (selected, _rule, { dynamodb }) =>
      dynamodb.put(PutItem.TableName, columns(selected)),
};

/** Runs a topic rule on every message of its topics. What its actions can't take goes to its error action. */
export function runRule(
  rule: Deployed,
  broker: Broker,
  targets: Targets,
  onError: (message: string) => void,
): () => void {
  const payload = rule.properties.TopicRulePayload as {
    Sql: string;
    AwsIotSqlVersion: string;
    Actions: object[];
    ErrorAction?: object;
    RuleDisabled?: boolean;
  };
  if (payload.AwsIotSqlVersion !== '2016-03-23') {
    throw new Error(`${rule.logicalId}: the embedded AWS knows SQL version 2016-03-23 only.`);
  }
  const sql = compileRule(payload.Sql);
  const perform = payload.Actions.map((action) => compileAction(action, rule));
  const performOnError = payload.ErrorAction && compileAction(payload.ErrorAction, rule);

  async function run(message: Message): Promise<void> {
    try {
      const selected = sql.select(message);
      if (selected === undefined) return;
      await Promise.all(perform.map((action) => action(selected, rule, targets)));
    } catch (error) {
      const failure = { ruleName: rule.ref, topic: message.topic, errorMessage: String(error) };
      onError(`rule ${rule.logicalId} on ${message.topic}: ${error}`);
      const original = { ...failure, base64OriginalPayload: message.payload.toString('base64') };
      await performOnError?.(original, rule, targets);
    }
  }

  if (payload.RuleDisabled) return () => {};
  return broker.listen((message) => {
    if (sql.matches(message.topic)) void run(message);
  });
}

function compileAction(action: object, rule: Deployed): Action {
  const [[name, parameters] = ['nothing']] = Object.entries(action);
  const compile = actions[name];
  if (!compile) throw new Error(`${rule.logicalId}: the embedded AWS does not know the rule action ${name}.`);
  return compile(parameters as never);
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
