import { join } from 'node:path';
import type { Account } from './account.js';
import { type Edge, type EdgeOptions, openEdge } from './edge.js';
import { type Quotas, quotas, startWebSocketApi } from './gateway/websocket.js';
import { runRule } from './iot/rules.js';
import { unpack } from './lambda/code.js';
import { mapQueue } from './lambda/event-source.js';
import { createCustomResource } from './template/custom-resource.js';
import { takeUpRoles } from './template/service-roles.js';
import type { Deployed, StackResources } from './template/stack-resources.js';
import { stackResources } from './template/stack-resources.js';
import { loadTemplate } from './template/template.js';

/** A template, running. */
export interface Stack {
  edge: Edge;
  resources: StackResources;
  /** Where the functions' code is unpacked, a folder for each. */
  codeFolder: string;
  /** The URL for charge points; each appends its identity. */
  url: string;
  close(): Promise<void>;
}

export interface StackOptions extends EdgeOptions {
  /** The folder of the compiled template and its bundles. */
  template: string;
  /** Shorter ones than API Gateway's, for tests. */
  limits?: Partial<Quotas>;
}

/** Deploys a compiled template into an account, as CloudFormation would. */
export async function deploy(options: StackOptions, account: Account): Promise<Stack> {
  const edge = await openEdge(options);
  try {
    return await deployBehind(edge, options, account);
  } catch (error) {
    await edge.close();
    throw error;
  }
}

async function deployBehind(edge: Edge, options: StackOptions, account: Account): Promise<Stack> {
  const { clock, lambda, iot, sqs, dynamodb, endpoint, onError } = account;
  const template = loadTemplate(options.template);
  const resources = stackResources(template, {
    stackName: template.stackName,
    accountId: account.accountId,
    region: account.region,
    edgeHost: `${options.host}:${edge.port}`,
    endpoint: endpoint.url,
  });

  takeUpRoles(resources, account, account.iam);
  const codeFolder = join(account.codeFolder, template.stackName);
  for (const table of resources.ofType('AWS::DynamoDB::Table')) await dynamodb.createTable(table);
  for (const queue of resources.ofType('AWS::SQS::Queue')) sqs.createQueue(queue);
  for (const each of resources.ofType('AWS::Lambda::Function')) {
    lambda.deploy({
      name: each.ref,
      arn: each.attributes.Arn as string,
      code: unpack(each, options.template, codeFolder),
      environment: environmentOf(each, account),
      timeout: ((each.properties.Timeout as number | undefined) ?? 3) * 1000,
    });
  }
  for (const permission of resources.ofType('AWS::Lambda::Permission')) lambda.permit(permission);
  for (const config of resources.ofType('AWS::Lambda::EventInvokeConfig')) lambda.configureFailures(config);
  for (const mapping of resources.ofType('AWS::Lambda::EventSourceMapping')) mapQueue(mapping, account);
  const rules = resources.ofType('AWS::IoT::TopicRule').map((rule) => runRule(rule, iot.broker, account, onError));

  const api = startWebSocketApi(resources, {
    clock,
    lambda,
    meter: account.meter,
    limits: { ...quotas, ...options.limits },
    onError,
  });
  account.webSocketApis.push(api);
  await Promise.all(resources.custom.map((custom) => createCustomResource(custom, account)));
  edge.serve(resources, api);

  return {
    edge,
    resources,
    codeFolder,
    url: `ws://${options.host}:${edge.port}/`,
    async close() {
      await edge.close();
      await api.close();
      for (const stop of rules) stop();
    },
  };
}

/** What a function finds in its environment: its own variables, who it is, and where AWS is. */
function environmentOf({ ref, properties }: Deployed, { region, endpoint }: Account): Record<string, string> {
  const { Variables = {} } = (properties.Environment ?? {}) as { Variables?: Record<string, string> };
  const embedded = (value: string) =>
    value.replace(/^https:\/\/(\w+)\.execute-api\.[^/]+/, `${endpoint.url}/execute-api/$1`);
  return {
    ...Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, embedded(String(value))])),
    AWS_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: ref,
    AWS_ACCESS_KEY_ID: ref,
    AWS_SECRET_ACCESS_KEY: 'embedded',
    // Functions run on the laptop's Node, which may be older than Lambda's.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // A service without one of its own is told to be unknown, instead of being asked in the cloud.
    AWS_ENDPOINT_URL: `${endpoint.url}/unknown`,
    AWS_ENDPOINT_URL_DYNAMODB: `${endpoint.url}/dynamodb`,
    AWS_ENDPOINT_URL_IOT: `${endpoint.url}/iot`,
    AWS_ENDPOINT_URL_IOT_DATA_PLANE: `${endpoint.url}/iot-data`,
    AWS_ENDPOINT_URL_SQS: `${endpoint.url}/sqs`,
  };
}
