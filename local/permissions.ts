import { arnOf, type Region } from './arn.js';
import type { Permission } from './iam.js';
import { operationOf } from './iot/operations.js';
import { decoded, jsonBody } from './request.js';
import { operationOf as objectOperationOf, permissionOf } from './s3/operations.js';
import { type AwsRequest, notImplemented } from './service.js';

type Needed = (request: AwsRequest, arn: (service: string, resource: string) => string) => Permission;

const iot: Needed = (request, arn) => {
  const { name, target } = operationOf(request);
  const resource = target === undefined ? '*' : arn('iot', `${name === 'Publish' ? 'topic' : 'thing'}/${target}`);
  return { action: `iot:${name}`, resource };
};

/** By the endpoint's name of a service: which permission a request needs. */
const needed: Record<string, Needed> = {
  dynamodb(request, arn) {
    const { RequestItems, TableName = batchTable(RequestItems), IndexName } = jsonBody(request);
    const action = `dynamodb:${request.headers['x-amz-target']?.split('.')[1]}`;
    return { action, resource: arn('dynamodb', `table/${TableName}${IndexName ? `/index/${IndexName}` : ''}`) };
  },

  'execute-api': ({ method, path }, arn) => ({
    action: 'execute-api:ManageConnections',
    resource: arn('execute-api', decoded(path.slice(1)).replace('/@connections', `/${method}/@connections`)),
  }),

  iot,
  'iot-data': iot,

  s3: (request) => permissionOf(objectOperationOf(request)),

  sts: ({ body }) => ({
    action: 'sts:AssumeRole',
    resource: new URLSearchParams(body.toString()).get('RoleArn') ?? '',
  }),

  sqs: (request, arn) => ({
    action: `sqs:${request.headers['x-amz-target']?.split('.')[1]}`,
    resource: arn('sqs', String(jsonBody(request).QueueUrl).split('/').pop() ?? ''),
  }),
};

/** A batch of one table only is known. */
function batchTable(requestItems: unknown): string | undefined {
  const [name, ...others] = Object.keys((requestItems ?? {}) as object);
  if (others.length > 0) throw notImplemented('a batch of several tables');
  return name;
}

/** Which permission a request to `service` needs: what AWS checks before the service itself looks at the request. */
export function permissionFor(service: string, request: AwsRequest, region: Region): Permission {
  const find = needed[service];
  if (!find) throw notImplemented(`the permissions of ${service}`);
  return find(request, (name, resource) => arnOf(region, name, resource));
}
