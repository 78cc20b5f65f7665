import type { Account } from '../account.js';
import { secretAccessKey } from '../iam.js';
import type { Surroundings } from '../stack.js';
import type { Deployed } from '../template/stack-resources.js';
import { unpack } from './code.js';
import type { LambdaFunction } from './pool.js';

/** Nobody looks at it. */
const sessionToken = 'embedded';
/** Seconds, where the template says nothing. */
const defaultTimeout = 3;

interface Properties {
  Timeout?: number;
  RecursiveLoop?: string;
  LoggingConfig?: { LogFormat?: string; ApplicationLogLevel?: string };
}

/** A function of a template, with its code unpacked. */
export function functionOf(each: Deployed, account: Account, stack: Surroundings): LambdaFunction {
  const { Timeout = defaultTimeout, RecursiveLoop, LoggingConfig = {} } = each.properties as Properties;
  const { LogFormat = 'Text', ApplicationLogLevel = 'INFO' } = LoggingConfig;
  return {
    name: each.ref,
    arn: each.attributes.Arn as string,
    code: unpack(each, stack.folder, stack.codeFolder),
    environment: environmentOf(each, account, stack.edgeHost),
    timeout: Timeout * 1000,
    isRecursive: RecursiveLoop === 'Allow',
    logLevel: LogFormat === 'JSON' ? ApplicationLogLevel : undefined,
  };
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
