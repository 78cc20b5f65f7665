import { edgeFileUrls } from '../../aws/file-urls.js';
import { type Account, startAccount } from '../../local/account.js';
import type { WebSocketApi } from '../../local/gateway/websocket.js';
import { deploy, type Stack } from '../../local/stack.js';
import { compile } from '../../start/compile.js';
import type { Place } from '../open-stage.js';
import { mqttUrl } from './signed-url.js';

/** The embedded AWS, with the system's stage and the probes' stack in an account of its own. */
export async function embeddedPlace(): Promise<Place & { account: Account }> {
  const host = '127.0.0.1';
  const system = await compile({ stage: 'dev' });
  const own = await compile({ stage: 'dev', service: 'probes' });
  const account = await startAccount({ host, mqttPort: 0, endpointPort: 0 });
  const stacks: Stack[] = [];
  const close = async () => {
    for (const stack of stacks) await stack.close();
    await account.close();
  };
  try {
    for (const template of [system, own]) stacks.push(await deploy({ host, port: 0, template }, account));
  } catch (error) {
    await close();
    throw error;
  }
  const [csms, probes] = stacks as [Stack, Stack];
  const { apiId, stage } = account.webSocketApis[1] as WebSocketApi;
  const endpoint = account.endpoint.url;
  const now = () => new Date(account.clock.now());
  return {
    account,
    stackName: 'serverless-csms-probes-dev',
    region: account.region,
    credentials: { accessKeyId: 'user', secretAccessKey: 'embedded' },
    gateway: `ws://${host}:${probes.edge.port}/${stage}`,
    edge: csms.url,
    chargePointsTable: refIn(csms, 'ChargePointsTable'),
    filesBucket: refIn(csms, 'FilesBucket'),
    fileUrls: edgeFileUrls(`http://${host}:${csms.edge.port}`, secretIn(csms), { now }),
    ref: (logicalId) => refIn(probes, logicalId),
    endpoints: {
      connections: `${endpoint}/execute-api/${apiId}/${stage}`,
      dynamodb: `${endpoint}/dynamodb`,
      iot: `${endpoint}/iot`,
      iotData: `${endpoint}/iot-data`,
      s3: `${endpoint}/s3`,
      sqs: `${endpoint}/sqs`,
      sts: `${endpoint}/sts`,
    },
    mqttUrlOf: (credentials) =>
      mqttUrl(new URL(endpoint).host, account.region, credentials, new Date(account.clock.now())).replace(/^wss/, 'ws'),
    mqttUrl: () => `mqtt://${host}:${account.iot.broker.port}`,
    now,
    settle: account.clock.idle,
    elapse: account.clock.advance,
    elapseDuring: account.clock.pass,
    close,
  };
}

function refIn({ resources }: Stack, logicalId: string): string {
  const types = [
    'AWS::DynamoDB::Table',
    'AWS::S3::Bucket',
    'AWS::SQS::Queue',
    'AWS::Lambda::Function',
    'AWS::IAM::Role',
  ];
  const found = types.flatMap((type) => resources.ofType(type)).find((resource) => resource.logicalId === logicalId);
  if (!found) throw new Error(`The stack has no ${logicalId}.`);
  return found.ref;
}

/** What the edge checks the URLs of files with. */
function secretIn({ resources }: Stack): string {
  const codes = resources.ofType('AWS::CloudFront::Function').map(({ properties }) => String(properties.FunctionCode));
  return codes.flatMap((code) => /var secret = '(\w+)'/.exec(code)?.[1] ?? [])[0] ?? '';
}
