import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { edgeFileUrls } from '../../aws/file-urls.js';
import { services } from '../index.js';
import { openStage } from '../open-stage.js';
import { run } from '../run.js';
import { awsPlace, checkStage, findStage } from './aws.js';
import { embeddedPlace } from './embedded.js';

const region = 'us-east-1';
const secretArn = 'arn:aws:secretsmanager:us-east-1:0:secret:files';
let embedded: Awaited<ReturnType<typeof embeddedPlace>>;
/** What AWS has and the embedded AWS has not: stacks that can be asked for, and the endpoint of IoT. */
let rest: string;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  embedded = await embeddedPlace();
  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request);
    response.writeHead(status, { 'content-type': body.startsWith('<') ? 'text/xml' : 'application/json' }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  rest = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  closing.push(
    () => server.close(),
    () => embedded.close(),
  );
});
afterAll(async () => {
  vi.unstubAllEnvs();
  for (const close of closing) await close();
});

beforeEach(() => {
  const { endpoints } = embedded;
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'user');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'embedded');
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', rest);
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', rest);
  vi.stubEnv('AWS_ENDPOINT_URL_IOT', `${rest}/iot`);
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', endpoints.dynamodb ?? '');
  vi.stubEnv('AWS_ENDPOINT_URL_IOT_DATA_PLANE', endpoints.iotData ?? '');
  vi.stubEnv('AWS_ENDPOINT_URL_SQS', endpoints.sqs ?? '');
});

async function answer(request: IncomingMessage): Promise<{ status: number; body: string }> {
  const { url = '', method = 'GET', headers } = request;
  const body = await buffer(request);
  if (headers['x-amz-target'] === 'secretsmanager.GetSecretValue') {
    const isKnown =
      JSON.parse(body.toString()).SecretId === secretArn && /Credential=user\//.test(headers.authorization ?? '');
    return isKnown ? { status: 200, body: '{"SecretString":"secret"}' } : { status: 400, body: '{}' };
  }
  if (url.startsWith('/iot/endpoint')) return { status: 200, body: '{"endpointAddress":"iot.example"}' };
  if (url.startsWith('/iot/')) {
    const target = `${embedded.endpoints.iot}${url.slice('/iot'.length)}`;
    const init = { method, headers: { authorization: headers.authorization ?? '' } };
    const forwarded = await fetch(target, body.length > 0 ? { ...init, body: new Uint8Array(body) } : init);
    return { status: forwarded.status, body: await forwarded.text() };
  }
  return cloudFormation(new URLSearchParams(body.toString()));
}

/** As the API reference shows the answers of DescribeStacks and ListStackResources. */
function cloudFormation(asked: URLSearchParams): { status: number; body: string } {
  const stackName = asked.get('StackName');
  if (stackName === 'serverless-csms-dev' && asked.get('Action') === 'DescribeStacks') {
    const { edge, chargePointsTable, filesBucket } = embedded;
    const outputs = { WebSocketUrl: edge, ChargePointsTable: chargePointsTable, FilesBucket: filesBucket };
    const members = Object.entries(outputs).map(
      ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
    );
    return xml('DescribeStacks', `<Stacks><member><Outputs>${members.join('')}</Outputs></member></Stacks>`);
  }
  if (stackName === 'serverless-csms-dev' && asked.get('Action') === 'ListStackResources') {
    const member = `<LogicalResourceId>FilesSecret</LogicalResourceId><PhysicalResourceId>${secretArn}</PhysicalResourceId>`;
    return xml('ListStackResources', `<StackResourceSummaries><member>${member}</member></StackResourceSummaries>`);
  }
  if (stackName === 'serverless-csms-probes-dev' && asked.get('Action') === 'ListStackResources') {
    // Two pages.
    const page = Number(asked.get('NextToken') ?? 0);
    const names =
      [
        ['WebsocketsApi', 'Table', 'RepeatingQueue'],
        ['DeadLetterQueue', 'SelfLambdaFunction'],
      ][page] ?? [];
    const members = names.map((name) => {
      const id = name === 'WebsocketsApi' ? 'abc123' : embedded.ref(name);
      return `<member><LogicalResourceId>${name}</LogicalResourceId><PhysicalResourceId>${id}</PhysicalResourceId></member>`;
    });
    const next = page === 0 ? '<NextToken>1</NextToken>' : '';
    return xml('ListStackResources', `<StackResourceSummaries>${members.join('')}</StackResourceSummaries>${next}`);
  }
  const error = `<Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${stackName} does not exist</Message></Error>`;
  return { status: 400, body: `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>` };
}

function xml(operation: string, result: string): { status: number; body: string } {
  return {
    status: 200,
    body: `<${operation}Response><${operation}Result>${result}</${operation}Result></${operation}Response>`,
  };
}

describe('a stage in AWS', () => {
  it('is found by its stacks', async () => {
    const found = await findStage('dev', region);
    expect(found).toMatchObject({
      gateway: 'wss://abc123.execute-api.us-east-1.amazonaws.com/dev',
      connections: 'https://abc123.execute-api.us-east-1.amazonaws.com/dev',
      edge: embedded.edge,
      chargePointsTable: embedded.chargePointsTable,
      filesBucket: embedded.filesBucket,
      filesSecret: secretArn,
    });
    expect(found.resources.get('SelfLambdaFunction')).toBe('serverless-csms-probes-dev-self');
  });

  it('that is not there is told in a sentence', async () => {
    await expect(checkStage('prod', region)).rejects.toThrow(
      'There is no stack serverless-csms-prod in us-east-1: deploy it first, or name another --stage or --region.',
    );
  });

  it('is told in a sentence to need credentials', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE']) vi.stubEnv(name, '');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    await expect(checkStage('dev', region)).rejects.toThrow(/^There are no AWS credentials: /);
  });

  it('connects to MQTT with a signed URL', async () => {
    const place = await awsPlace('dev', region, await findStage('dev', region));
    expect(place.mqttUrl()).toMatch(/^wss:\/\/iot\.example\/mqtt\?X-Amz-Algorithm=.*X-Amz-Credential=user%2F/);
    await place.close();
  });

  it('signs the URLs of files with the secret of the stage', async () => {
    const place = await awsPlace('dev', region, await findStage('dev', region));
    const file = { key: 'firmware/1', expiresAt: new Date(Date.now() + 60_000) };
    const { uploadUrl } = edgeFileUrls(embedded.edge.replace(/^ws(.*)\/$/, 'http$1'), 'secret', {
      now: () => new Date(),
    });
    expect(place.fileUrls.uploadUrl(file)).toBe(uploadUrl(file));
    await place.close();
    const elsewhere = { ...(await findStage('dev', region)), filesSecret: 'another' };
    await expect(awsPlace('dev', region, elsewhere)).rejects.toThrow('Secrets Manager answered 400');
  });

  it('finds everything else in the environment, as SDK clients do', async () => {
    const place = await awsPlace('dev', region, await findStage('dev', region));
    const { gateway, mqttUrl, settle } = embedded;
    const connections = embedded.endpoints.connections;
    const stage = await openStage({ ...place, gateway, mqttUrl, settle, endpoints: { connections } });
    const ids = [
      'connections-post',
      'dynamodb-condition',
      'edge-websocket',
      'registry-events',
      'rules-encode',
      'shadows-topics',
      'sqs-record',
      'websocket-event',
    ];
    const probes = services.flatMap((service) => service.probes).filter(({ id }) => ids.includes(id));
    for await (const { probe, ...outcome } of run(probes, stage, { slow: false, atOnce: true })) {
      expect({ id: probe.id, ...outcome }).toEqual({ id: probe.id, is: 'confirmed' });
    }
    await stage.close();
  });
});
