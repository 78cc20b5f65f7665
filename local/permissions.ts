import { arnOf, type Region } from './arn.js';
import type { Permission } from './iam.js';
import { decoded, jsonBody } from './request.js';
import { type AwsRequest, notImplemented } from './service.js';

type Needed = (request: AwsRequest, arn: (service: string, resource: string) => string) => Permission;

/** IoT's control plane: method and path to the action on the thing that the path names, or on `*`. */
const iotActions: [method: string, path: RegExp, action: string][] = [
  ['POST', /^\/things\/([^/]+)$/, 'CreateThing'],
  ['GET', /^\/things\/([^/]+)$/, 'DescribeThing'],
  ['PATCH', /^\/things\/([^/]+)$/, 'UpdateThing'],
  ['DELETE', /^\/things\/([^/]+)$/, 'DeleteThing'],
  ['GET', /^\/things$/, 'ListThings'],
  ['GET', /^\/endpoint$/, 'DescribeEndpoint'],
  ['GET', /^\/event-configurations$/, 'DescribeEventConfigurations'],
  ['PATCH', /^\/event-configurations$/, 'UpdateEventConfigurations'],
];

const shadowActions: Record<string, string> = { GET: 'Get', POST: 'Update', DELETE: 'Delete' };

/** By the endpoint's name of a service: which permission a request needs. */
const needed: Record<string, Needed> = {
  dynamodb(request, arn) {
    const { TableName, IndexName } = jsonBody(request);
    const action = `dynamodb:${request.headers['x-amz-target']?.split('.')[1]}`;
    return { action, resource: arn('dynamodb', `table/${TableName}${IndexName ? `/index/${IndexName}` : ''}`) };
  },

  'execute-api': ({ method, path }, arn) => ({
    action: 'execute-api:ManageConnections',
    resource: arn('execute-api', decoded(path.slice(1)).replace('/@connections', `/${method}/@connections`)),
  }),

  iot({ method, path }, arn) {
    for (const [expected, pattern, action] of iotActions) {
      const found = method === expected && pattern.exec(path);
      if (!found) continue;
      const [, thing] = found;
      return { action: `iot:${action}`, resource: thing === undefined ? '*' : arn('iot', `thing/${decoded(thing)}`) };
    }
    throw notImplemented(`iot:${method} ${path}`);
  },

  'iot-data'({ method, path }, arn) {
    const [, kind, name = ''] = /^\/(topics|things)\/([^/]+)/.exec(path) ?? [];
    if (kind === 'topics') return { action: 'iot:Publish', resource: arn('iot', `topic/${decoded(name)}`) };
    return { action: `iot:${shadowActions[method]}ThingShadow`, resource: arn('iot', `thing/${decoded(name)}`) };
  },

  sqs: (request, arn) => ({
    action: `sqs:${request.headers['x-amz-target']?.split('.')[1]}`,
    resource: arn('sqs', String(jsonBody(request).QueueUrl).split('/').pop() ?? ''),
  }),
};

/** Which permission a request to `service` needs: what AWS checks before the service itself looks at the request. */
export function permissionFor(service: string, request: AwsRequest, region: Region): Permission {
  const find = needed[service];
  if (!find) throw notImplemented(`the permissions of ${service}`);
  return find(request, (name, resource) => arnOf(region, name, resource));
}
