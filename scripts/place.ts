import { Failure } from './script.js';
import { UsageError } from './usage.js';

/** Where a script works: with the system on this machine, or in an AWS account. */
export const placeOptions = {
  deployed: { type: 'boolean', default: false },
  region: { type: 'string' },
  table: { type: 'string' },
  endpoint: { type: 'string', default: 'http://127.0.0.1:9001' },
} as const;

export const placeUsage = `  --deployed            in your AWS account, with your credentials, instead of the system that runs on this machine
  --region <region>     with --deployed: where the stage is (AWS_REGION, or that of your profile)
  --endpoint <url>      where the system on this machine has its AWS SDK endpoint (http://127.0.0.1:9001)
  --help                this text`;

interface Place {
  deployed: boolean;
  region?: string;
  table?: string;
  endpoint: string;
}

/** What the SDK's client of a service is made with. @throws {UsageError} */
export function clientAt({ deployed, region, endpoint }: Place, service: 'iot' | 'dynamodb') {
  if (deployed) return region === undefined ? {} : { region };
  if (region !== undefined) throw new UsageError('--region is for --deployed.');
  if (!/^https?:/.test(endpoint) || !URL.canParse(endpoint)) {
    throw new UsageError(`--endpoint ${endpoint} is no URL: give one like ${placeOptions.endpoint.default}.`);
  }
  const credentials = { accessKeyId: 'user', secretAccessKey: 'embedded' };
  return { endpoint: `${endpoint}/${service}`, region: 'us-east-1', credentials };
}

/** @param output the stack's, that names the table @throws {UsageError} where nobody says it */
export function tableAt({ deployed, table }: Place, output: string): string {
  if (table) return table;
  if (deployed) throw new UsageError(`With --deployed, give --table: the stack's output ${output}.`);
  return `serverless-csms-dev-${output}`;
}

/** What AWS, or the way to it, has against what was asked: a Failure where that can be told, otherwise the error itself. */
export function explained(error: unknown, { deployed, endpoint, table }: Place): unknown {
  const { name, message, code } = error as { name: string; message: string; code?: string };
  if (!deployed && code === 'ECONNREFUSED') {
    return new Failure(`Nothing listens at ${endpoint}: is the system running (npm start)?`);
  }
  if (name === 'CredentialsProviderError') {
    const todo = /any providers/.test(message)
      ? 'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'
      : message;
    return new Failure(`There are no AWS credentials: ${todo}`);
  }
  if (message === 'Region is missing') return new Failure('Say --region, such as us-east-1: where the stage is.');
  if (deployed && /^(ENOTFOUND|EAI_AGAIN|ECONN\w+|EHOSTUNREACH|ETIMEDOUT)$/.test(code ?? '')) {
    return new Failure(`AWS can't be reached (${message}): look at --region, and at the network.`);
  }
  if (name === 'ResourceNotFoundException' && deployed) {
    return new Failure(
      `There is no table ${table} in this account and Region: see the stack's outputs, or say --region.`,
    );
  }
  if (name === 'ResourceNotFoundException') {
    return new Failure(`There is no table ${table} on this machine: with --deployed, your AWS account is asked.`);
  }
  return typeof error === 'object' && error && '$metadata' in error ? new Failure(`${name}: ${message}`) : error;
}
