import { setTimeout } from 'node:timers/promises';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { DescribeEndpointCommand, IoTClient } from '@aws-sdk/client-iot';
import { edgeFileUrls } from '../../aws/file-urls.js';
import type { Place } from '../open-stage.js';
import { secretValue } from './secret.js';
import { mqttUrl } from './signed-url.js';

/** What the user can mend: no stack, no credentials. Its message is one sentence. */
export class Unreachable extends Error {}

/** What is where in an account. */
export interface Found {
  gateway: string;
  connections: string;
  edge: string;
  chargePointsTable: string;
  filesBucket: string;
  /** The ARN of what signs the URLs of files. */
  filesSecret: string;
  /** Of the probes' stack. */
  resources: ReadonlyMap<string, string>;
}

const system = (stage: string) => `serverless-csms-${stage}`;
const probes = (stage: string) => `serverless-csms-probes-${stage}`;

/** @throws {Unreachable} when there are no credentials, or no such stage */
export async function checkStage(stage: string, region: string): Promise<void> {
  await outputsOf(client(region), system(stage));
}

/** Finds a stage of the system, and the probes' stack beside it. @throws {Unreachable} */
export async function findStage(stage: string, region: string): Promise<Found> {
  const cloudformation = client(region);
  const outputs = await outputsOf(cloudformation, system(stage));
  const resources = await resourcesOf(cloudformation, probes(stage));
  const ofSystem = await resourcesOf(cloudformation, system(stage));
  const host = `${resources.get('WebsocketsApi')}.execute-api.${region}.amazonaws.com`;
  return {
    gateway: `wss://${host}/${stage}`,
    connections: `https://${host}/${stage}`,
    edge: outputs.get('WebSocketUrl') ?? '',
    chargePointsTable: outputs.get('ChargePointsTable') ?? '',
    filesBucket: outputs.get('FilesBucket') ?? '',
    filesSecret: ofSystem.get('FilesSecret') ?? '',
    resources,
  };
}

/** A stage in AWS. SDK clients find credentials and endpoints in the environment, as they always do. */
export async function awsPlace(stage: string, region: string, found: Found): Promise<Place> {
  const iot = new IoTClient({ region });
  const { endpointAddress = '' } = await iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }));
  let credentials = await iot.config.credentials();
  const filesSecret = await secretValue(found.filesSecret, region, credentials);
  const now = () => new Date();
  const elapse = async (ms: number) => {
    await setTimeout(ms);
    // Those of a role may have ended meanwhile.
    credentials = await iot.config.credentials();
  };
  return {
    stackName: probes(stage),
    region,
    gateway: found.gateway,
    edge: found.edge,
    chargePointsTable: found.chargePointsTable,
    filesBucket: found.filesBucket,
    fileUrls: edgeFileUrls(found.edge.replace(/^ws(.*)\/$/, 'http$1'), filesSecret, { now }),
    ref(logicalId) {
      const physicalId = found.resources.get(logicalId);
      if (!physicalId) throw new Error(`The stack ${probes(stage)} has no ${logicalId}.`);
      return physicalId;
    },
    endpoints: { connections: found.connections },
    mqttUrl: () => mqttUrl(endpointAddress, region, credentials, new Date()),
    mqttUrlOf: (others) => mqttUrl(endpointAddress, region, others, new Date()),
    now,
    settle: () => setTimeout(5_000),
    elapse,
    elapseDuring: elapse,
    async close() {
      iot.destroy();
    },
  };
}

function client(region: string): CloudFormationClient {
  return new CloudFormationClient({ region });
}

async function resourcesOf(cloudformation: CloudFormationClient, StackName: string): Promise<Map<string, string>> {
  const resources = new Map<string, string>();
  for await (const page of paginateListStackResources({ client: cloudformation }, { StackName })) {
    for (const { LogicalResourceId = '', PhysicalResourceId = '' } of page.StackResourceSummaries ?? []) {
      resources.set(LogicalResourceId, PhysicalResourceId);
    }
  }
  return resources;
}

async function outputsOf(cloudformation: CloudFormationClient, StackName: string): Promise<Map<string, string>> {
  try {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    return new Map(Stacks?.[0]?.Outputs?.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]));
  } catch (error) {
    throw explained(error as Error, StackName, await cloudformation.config.region());
  }
}

function explained(error: Error, stackName: string, region: string): Error {
  if (error.name === 'CredentialsProviderError') {
    return new Unreachable(
      'There are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  }
  if (error.name === 'ValidationError') {
    return new Unreachable(
      `There is no stack ${stackName} in ${region}: deploy it first, or name another --stage or --region.`,
    );
  }
  return new Unreachable(`AWS could not be asked for the stack ${stackName}: ${error.name}: ${error.message}`);
}
