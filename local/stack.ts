import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account } from './account.js';
import { type Edge, type EdgeOptions, openEdge } from './edge.js';
import { behavioursOf, direct } from './edge-behaviours.js';
import { startApi } from './gateway/index.js';
import { type Issuers, noIssuers } from './gateway/jwt-authorizer.js';
import type { Quotas } from './gateway/websocket.js';
import type { Origin } from './http.js';
import { runRule } from './iot/rules.js';
import { mapQueue } from './lambda/event-source.js';
import { functionOf } from './lambda/function.js';
import { reachableAddress } from './reachable.js';
import { runSchedule } from './schedule.js';
import { createCustomResource } from './template/custom-resource.js';
import { takeUpRoles } from './template/service-roles.js';
import { type Deployed, type StackResources, stackResources } from './template/stack-resources.js';
import { loadTemplate, type Template } from './template/template.js';

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

/** What a resource is made in, besides its account. */
export interface Surroundings extends Required<Pick<StackOptions, 'limits' | 'issuers' | 'isScheduled'>> {
  resources: StackResources;
  edge: Edge;
  edgeHost: string;
  /** Where the bundles are, and where they are unpacked. */
  folder: string;
  codeFolder: string;
  /** The APIs so far, by their ids. */
  apis: Map<string, Origin>;
}

/** What ends a resource that runs, and what deletes one that there is. */
export interface Made {
  end?(): unknown;
  remove?(): unknown;
}

type Make = (resource: Deployed, account: Account, stack: Surroundings) => Made | void | Promise<Made>;

/** By type, what makes a resource of it; in this order, so that what others name is there. All other types need nobody. */
const makers: Record<string, Make> = {
  'AWS::S3::Bucket': (bucket, { s3 }) => ({ remove: s3.createBucket(bucket) }),
  'AWS::S3::BucketPolicy': (policy, { s3 }) => s3.putBucketPolicy(policy),
  'AWS::DynamoDB::Table': async (table, { dynamodb }) => ({ remove: await dynamodb.createTable(table) }),
  'AWS::Lambda::Function': (each, account, stack) => ({
    remove: account.lambda.deploy(functionOf(each, account, stack)),
  }),
  'AWS::SQS::Queue': (queue, { sqs }) => ({ remove: sqs.createQueue(queue) }),
  'AWS::Lambda::Permission': (permission, { lambda }) => lambda.permit(permission),
  'AWS::Lambda::EventInvokeConfig': (config, { lambda }) => lambda.configureFailures(config),
  'AWS::Lambda::EventSourceMapping': mapQueue,
  'AWS::IoT::TopicRule': (rule, account) => ({ end: runRule(rule, account) }),
  'AWS::Events::Rule': (rule, account, { isScheduled }) => (isScheduled ? { end: runSchedule(rule, account) } : {}),
  'AWS::ApiGatewayV2::Api': startApi,
  'Custom::*': async (custom, account) => ({ remove: await createCustomResource(custom, account) }),
  'AWS::CloudFront::Distribution': (distribution, account, { edge, ...stack }) =>
    edge.serve(behavioursOf(distribution, { ...account, ...stack })),
};

/** Deploys a compiled template into an account, as CloudFormation would: when it can't, what it began is removed again. */
export async function deploy(options: StackOptions, account: Account): Promise<Stack> {
  const { template: given, host, limits = {}, issuers = noIssuers, isScheduled = true } = options;
  const template = typeof given === 'string' ? loadTemplate(given) : given;
  const { stackName, folder } = template;
  const codeFolder = join(account.codeFolder, stackName);
  /** The last one is the first to go. */
  const ends: (() => unknown)[] = [];
  let removals: { remove(): unknown; isKept?: boolean }[] = [];

  async function close() {
    for (const end of ends.splice(0)) await end();
  }
  async function remove() {
    await close();
    // What can't be deleted is the first that another removal tries.
    while (removals.length > 0) {
      await removals[0]?.remove();
      removals.shift();
    }
    await rm(codeFolder, { recursive: true, force: true });
    account.removedStacks.push(stackName);
  }

  const edge = await openEdge(options);
  const edgeHost = `${reachableAddress(host)}:${edge.port}`;
  ends.unshift(edge.close);
  try {
    const removed = account.removedStacks.filter((name) => name === stackName).length;
    const resources = stackResources(template, {
      stackName,
      suffix: removed > 0 ? `-${removed + 1}` : '',
      accountId: account.accountId,
      region: account.region,
      edgeHost,
      endpoint: account.endpoint.url,
    });
    const apis = new Map<string, Origin>();
    const stack = { resources, edge, edgeHost, folder, codeFolder, apis, limits, issuers, isScheduled };
    removals.unshift({ remove: takeUpRoles(resources, account, account.iam) });
    for (const [type, make] of Object.entries(makers)) {
      for (const resource of resources.ofType(type)) {
        const made = (await make(resource, account, stack)) ?? {};
        if (made.end) ends.unshift(made.end);
        const { deletionPolicy } = resource;
        if (!made.remove || deletionPolicy === 'Retain') continue;
        removals.unshift({ remove: made.remove, isKept: deletionPolicy === 'RetainExceptOnCreate' });
      }
    }
    const [api] = [...apis.values()].filter(({ upgrade }) => upgrade);
    if (api && resources.ofType('AWS::CloudFront::Distribution').length === 0) edge.serve([direct(api)]);
    // Only a deployment that fails takes these along.
    removals = removals.filter(({ isKept }) => !isKept);
    return { edge, resources, codeFolder, url: `ws://${host}:${edge.port}/`, close, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
