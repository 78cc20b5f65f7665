import { decoded } from '../request.js';
import { AwsError, type AwsRequest, notImplemented } from '../service.js';

/** What one group of operations does, by name. Each is told the thing or topic in its path, and answers the body. */
export type Operations = Record<string, (target: string, request: AwsRequest) => object | Promise<object>>;

/** By method and path: the name, and what may stand in the query string. Both services of IoT are in it: no two share a path. */
const operations = new Map<string, { name: string; query?: string[]; isBilled?: true }>([
  ['POST /things/*', { name: 'CreateThing', isBilled: true }],
  ['GET /things/*', { name: 'DescribeThing', isBilled: true }],
  ['PATCH /things/*', { name: 'UpdateThing', isBilled: true }],
  ['DELETE /things/*', { name: 'DeleteThing' }],
  ['GET /event-configurations', { name: 'DescribeEventConfigurations' }],
  ['PATCH /event-configurations', { name: 'UpdateEventConfigurations' }],
  ['GET /endpoint', { name: 'DescribeEndpoint', query: ['endpointType'] }],
  ['GET /things/*/shadow', { name: 'GetThingShadow', isBilled: true }],
  ['POST /things/*/shadow', { name: 'UpdateThingShadow', isBilled: true }],
  ['DELETE /things/*/shadow', { name: 'DeleteThingShadow', isBilled: true }],
  ['POST /topics/*', { name: 'Publish', query: ['qos'] }],
]);

interface Operation {
  name: string;
  /** As one on a shadow or on the registry. */
  isBilled?: true;
  query: string[];
  target: string;
  /** What a permission for it is about, `thing/CP1`; all where the path names nothing. */
  resource?: string;
}

/** Which operation a request asks for, of which thing or topic. @throws {AwsError} when it is not known */
export function operationOf({ method, path }: AwsRequest): Operation {
  const [, kind = '', segment, ...more] = path.split('/');
  const pattern = ['', kind, ...(segment === undefined ? [] : ['*']), ...more].join('/');
  const known = operations.get(`${method} ${pattern}`);
  if (!known) throw notImplemented(`iot:${method} ${path}`);
  const target = decoded(segment ?? '');
  return { query: [], ...known, target, ...(segment !== undefined && { resource: `${kind.slice(0, -1)}/${target}` }) };
}

/** As AWS IoT calls most mistakes. */
export function invalidRequest(message: string): AwsError {
  return new AwsError('InvalidRequestException', message);
}
