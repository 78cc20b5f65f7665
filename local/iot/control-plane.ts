import { decoded, jsonBody, refuseUnknown } from '../request.js';
import { AwsError, type AwsRequest, type AwsResponse, type Handler, notImplemented } from '../service.js';
import type { Attributes, Registry, Thing } from './registry.js';
import type { ThingEvents } from './thing-events.js';

const DEFAULT_PAGE = 25;
const MAX_PAGE = 250;

/**
 * The `iot` service: things and their events.
 * @param mqttAddress host and port that DescribeEndpoint tells
 */
export function controlPlane(registry: Registry, events: ThingEvents, mqttAddress: string): Handler {
  return {
    async handle(request) {
      const [, resource = '', name, ...more] = request.path.split('/');
      const operation = `${request.method} ${resource}${name === undefined ? '' : '/*'}`;
      if (more.length > 0) throw unknown(request);
      const thingName = decoded(name ?? '');
      switch (operation) {
        case 'POST things/*':
          return createThing(registry, thingName, request);
        case 'GET things/*':
          return { status: 200, body: { defaultClientId: thingName, ...registry.describe(thingName) } };
        case 'PATCH things/*':
          return updateThing(registry, thingName, request);
        case 'DELETE things/*':
          await registry.delete(thingName, integer(request.query.get('expectedVersion')));
          return { status: 200, body: {} };
        case 'GET things':
          return listThings(registry, request.query);
        case 'GET endpoint':
          return describeEndpoint(request.query.get('endpointType'), mqttAddress);
        case 'GET event-configurations':
          return { status: 200, body: events.configurations() };
        case 'PATCH event-configurations':
          events.configure(eventConfigurations(request));
          return { status: 200, body: {} };
        default:
          throw unknown(request);
      }
    },
  };
}

async function createThing(registry: Registry, name: string, request: AwsRequest): Promise<AwsResponse> {
  const body = jsonBody(request);
  refuseUnknown('iot:CreateThing with', body, ['attributePayload']);
  const { attributes = {}, merge } = attributePayload(body);
  if (merge) throw new AwsError('InvalidRequestException', 'merge is only valid when a thing is updated.');
  const { thingName, thingArn, thingId } = await registry.create(name, attributes);
  return { status: 200, body: { thingName, thingArn, thingId } };
}

async function updateThing(registry: Registry, name: string, request: AwsRequest): Promise<AwsResponse> {
  const body = jsonBody(request);
  refuseUnknown('iot:UpdateThing with', body, ['attributePayload', 'expectedVersion']);
  await registry.update(name, attributePayload(body), body.expectedVersion as number | undefined);
  return { status: 200, body: {} };
}

function attributePayload(body: Record<string, unknown>): { attributes?: Attributes; merge?: boolean } {
  return (body.attributePayload as { attributes?: Attributes; merge?: boolean } | null | undefined) ?? {};
}

function listThings(registry: Registry, query: URLSearchParams): AwsResponse {
  const parameters = Object.fromEntries(query);
  refuseUnknown('iot:ListThings with', parameters, ['attributeName', 'attributeValue', 'maxResults', 'nextToken']);
  const { attributeName, attributeValue } = parameters;
  if (attributeValue !== undefined && attributeName === undefined) {
    throw new AwsError('InvalidRequestException', 'attributeValue needs an attributeName.');
  }
  const size = integer(query.get('maxResults')) ?? DEFAULT_PAGE;
  if (size < 1 || size > MAX_PAGE) throw new AwsError('InvalidRequestException', `maxResults is 1 to ${MAX_PAGE}.`);
  const after = parameters.nextToken === undefined ? '' : Buffer.from(parameters.nextToken, 'base64url').toString();

  const matches = ({ thingName, attributes }: Thing) =>
    thingName > after &&
    (attributeName === undefined ||
      (Object.hasOwn(attributes, attributeName) &&
        (attributeValue === undefined || attributes[attributeName] === attributeValue)));
  const found = registry.list().filter(matches);
  const things = found.slice(0, size).map(({ thingId, ...thing }) => thing);
  const last = things.at(-1)?.thingName;
  return {
    status: 200,
    body: {
      things,
      ...(found.length > size && last !== undefined && { nextToken: Buffer.from(last).toString('base64url') }),
    },
  };
}

function describeEndpoint(endpointType: string | null, mqttAddress: string): AwsResponse {
  if (endpointType === null || endpointType === 'iot:Data' || endpointType === 'iot:Data-ATS') {
    return { status: 200, body: { endpointAddress: mqttAddress } };
  }
  throw notImplemented(`iot:DescribeEndpoint for ${endpointType}`);
}

function eventConfigurations(request: AwsRequest): Record<string, { Enabled?: boolean }> {
  const body = jsonBody(request);
  refuseUnknown('iot:UpdateEventConfigurations with', body, ['eventConfigurations']);
  return (body.eventConfigurations ?? {}) as Record<string, { Enabled?: boolean }>;
}

function integer(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new AwsError('InvalidRequestException', `Not a number: ${text}`);
  return Number(text);
}

function unknown({ method, path }: AwsRequest): AwsError {
  return notImplemented(`iot:${method} ${path}`);
}
