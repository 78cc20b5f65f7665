import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.js';
import { type Edge, type EdgeOptions, openEdge } from './edge.js';
import { startHttpApi } from './gateway/http-api.js';
import { type Issuers, noIssuers } from './gateway/jwt-authorizer.js';
import { type Quotas, quotas, startWebSocketApi } from './gateway/websocket.js';
import { secretAccessKey } from './iam.js';
import { runRule } from './iot/rules.js';
import { unpack } from './lambda/code.js';
import { mapQueue } from './lambda/event-source.js';
import { reachableAddress } from './reachable.js';
import { runSchedule } from './schedule.js';
import { createCustomResource } from './template/custom-resource.js';
import { takeUpRoles } from './template/service-roles.js';
import { type Deployed, type StackResources, stackResources } from './template/stack-resources.js';
import { loadTemplate, type Template } from './template/template.js';

/** Nobody looks at it. */
const sessionToken = 'embedded';

/** A template, running. */
export interface Stack {
  edge: Edge;
  resources: StackResources;
  /** Where the functions' code is unpacked, a folder for each. */
  codeFolder: string;
  /** The URL for charge points; each appends its identity. */
  url: string;
  /** Ends it; what it keeps is found again by the next of the same name. */
  close(): Promise<void>;
  /** Ends it and deletes its resources, as CloudFormation would: what its DeletionPolicy retains stays, for nobody to find. */
  remove(): Promise<void>;
}

export interface StackOptions extends EdgeOptions {
  /** A compiled template, or its folder; the bundles are there too. */
  template: string | Template;
  /** Shorter ones than API Gateway's, for tests. */
  limits?: Partial<Quotas>;
  /** Whom JWT authorizers may believe; nobody unless this says so. */
  issuers?: Issuers;
  /** Whether its scheduled rules run; they do unless this is false. */
  isScheduled?: boolean;
}

/** Deploys a compiled template into an account, as CloudFormation would: when it can't, what it began is removed again. */
export async function deploy(options: StackOptions, account: Account): Promise<Stack> {
  const { template: given, host, limits, issuers = noIssuers, isScheduled = true } = options;
  const { lambda, iot, s3, sqs, dynamodb, endpoint, onError } = account;
  const template = typeof given === 'string' ? loadTemplate(given) : given;
  const { stackName } = template;
  const codeFolder = join(account.codeFolder, stackName);
  /** What ends what runs, and what deletes what there is: the last one first. */
  const ends: (() => unknown)[] = [];
  const removals: (() => unknown)[] = [];
  const runs = (end: () => unknown) => ends.unshift(end);
  const exists = ({ isRetained }: Deployed, remove: () => unknown) => isRetained || removals.unshift(remove);

  async function close() {
    for (const end of ends.splice(0)) await end();
  }
  async function remove() {
    await close();
    // What can't be deleted is the first that another removal tries.
    while (removals.length > 0) {
      await removals[0]?.();
      removals.shift();
    }
    await rm(codeFolder, { recursive: true, force: true });
    account.removedStacks.push(stackName);
  }

  const edge = await openEdge(options);
  const edgeHost = `${reachableAddress(host)}:${edge.port}`;
  runs(edge.close);
  try {
    const removed = account.removedStacks.filter((name) => name === stackName).length;
    const resources = stackResources(template, {
      stackName,
      suffix: removed > 0 ? `-${removed + 1}` : '',
      accountId: account.accountId,
      region: account.region,
      edgeHost,
      endpoint: endpoint.url,
    });
    removals.unshift(takeUpRoles(resources, account, account.iam));
    for (const bucket of resources.ofType('AWS::S3::Bucket')) exists(bucket, s3.createBucket(bucket));
    for (const policy of resources.ofType('AWS::S3::BucketPolicy')) s3.putBucketPolicy(policy);
    for (const table of resources.ofType('AWS::DynamoDB::Table')) exists(table, await dynamodb.createTable(table));
    for (const each of resources.ofType('AWS::Lambda::Function')) {
      const deployed = lambda.deploy({
        name: each.ref,
        arn: each.attributes.Arn as string,
        code: unpack(each, template.folder, codeFolder),
        environment: environmentOf(each, account, edgeHost),
        timeout: ((each.properties.Timeout as number | undefined) ?? 3) * 1000,
      });
      exists(each, deployed);
    }
    for (const queue of resources.ofType('AWS::SQS::Queue')) exists(queue, sqs.createQueue(queue));
    for (const permission of resources.ofType('AWS::Lambda::Permission')) lambda.permit(permission);
    for (const config of resources.ofType('AWS::Lambda::EventInvokeConfig')) lambda.configureFailures(config);
    for (const mapping of resources.ofType('AWS::Lambda::EventSourceMapping')) mapQueue(mapping, account);
    for (const rule of resources.ofType('AWS::IoT::TopicRule')) runs(runRule(rule, iot.broker, account, onError));

    const schedules = isScheduled ? resources.ofType('AWS::Events::Rule') : [];
    for (const rule of schedules) runs(runSchedule(rule, account, onError));

    const api = startWebSocketApi(resources, { ...account, limits: { ...quotas, ...limits } });
    account.webSocketApis.push(api);
    runs(async () => {
      await api.close();
      account.webSocketApis.splice(account.webSocketApis.indexOf(api), 1);
    });
    for (const custom of resources.custom) exists(custom, await createCustomResource(custom, account));
    const hasHttpApi = resources
      .ofType('AWS::ApiGatewayV2::Api')
      .some(({ properties }) => properties.ProtocolType === 'HTTP');
    const http = hasHttpApi ? [startHttpApi(resources, { ...account, issuers })] : [];
    edge.serve(resources, { webSocket: api, http, s3, accountId: account.accountId }, account.clock);
    return { edge, resources, codeFolder, url: `ws://${host}:${edge.port}/`, close, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What a function finds in its environment: its own variables, who it is, and where AWS is. */
function environmentOf(
  { ref, properties }: Deployed,
  { region, endpoint }: Account,
  edgeHost: string,
): Record<string, string> {
  const { Variables = {} } = (properties.Environment ?? {}) as { Variables?: Record<string, string> };
  const embedded = (value: string) =>
    value
      .replace(`https://${edgeHost}`, `http://${edgeHost}`)
      .replace(/^https:\/\/(\w+)\.execute-api\.[^/]+/, `${endpoint.url}/execute-api/$1`)
      .replace(/^https:\/\/([^/]+)\.s3\.[^/]+/, `${endpoint.url}/s3/$1`);
  return {
    ...Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, embedded(String(value))])),
    AWS_REGION: region,
    AWS_LAMBDA_FUNCTION_NAME: ref,
    AWS_ACCESS_KEY_ID: ref,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    // Functions run on the laptop's Node, which may be older than Lambda's.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // A service without one of its own is told to be unknown, instead of being asked in the cloud.
    AWS_ENDPOINT_URL: `${endpoint.url}/unknown`,
    AWS_ENDPOINT_URL_DYNAMODB: `${endpoint.url}/dynamodb`,
    AWS_ENDPOINT_URL_IOT: `${endpoint.url}/iot`,
    AWS_ENDPOINT_URL_IOT_DATA_PLANE: `${endpoint.url}/iot-data`,
    AWS_ENDPOINT_URL_S3: `${endpoint.url}/s3`,
    AWS_ENDPOINT_URL_SQS: `${endpoint.url}/sqs`,
    AWS_ENDPOINT_URL_STS: `${endpoint.url}/sts`,
  };
}
