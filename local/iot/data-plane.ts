import { decoded, refuseUnknown } from '../request.js';
import { AwsError, type AwsRequest, type AwsResponse, type Handler, notImplemented } from '../service.js';
import type { Broker } from './broker.js';
import { checkClientMessage } from './limits.js';
import type { Shadows } from './shadow.js';
import type { ShadowId } from './shadow-topics.js';

const MAX_USER_PROPERTIES_BYTES = 8 * 1024;
/** Headers of Publish that would change the message and are not served here. */
const UNKNOWN_HEADERS = ['x-amz-mqtt5-payload-format-indicator', 'x-amz-mqtt5-correlation-data'];

/** The `iot-data` service: publishing over HTTP, and the shadows. */
export function dataPlane(broker: Broker, shadows: Shadows): Handler {
  return {
    async handle(request) {
      const topic = /^\/topics\/(.+)$/.exec(request.path)?.[1];
      if (topic !== undefined && request.method === 'POST') return publish(broker, decoded(topic), request);
      const thing = /^\/things\/([^/]+)\/shadow$/.exec(request.path)?.[1];
      if (thing !== undefined) return shadow(shadows, shadowId(decoded(thing), request.query), request);
      throw unknown(request);
    },
  };
}

async function publish(broker: Broker, topic: string, request: AwsRequest): Promise<AwsResponse> {
  const { query, headers, body } = request;
  refuseUnknown('iot:Publish with', Object.fromEntries(query), ['qos', 'retain']);
  const header = UNKNOWN_HEADERS.find((name) => headers[name] !== undefined);
  if (header) throw notImplemented(`iot:Publish with ${header}`);
  const qos = query.get('qos') ?? '0';
  if (qos !== '0' && qos !== '1') throw new AwsError('InvalidRequestException', `qos is 0 or 1, not ${qos}.`);
  const retain = query.get('retain') === 'true';
  checkClientMessage(topic, body, retain);
  const userProperties = parseUserProperties(headers['x-amz-mqtt5-user-properties']);
  await broker.publish({ topic, payload: body, qos: qos === '1' ? 1 : 0, userProperties, retain });
  return { status: 200, body: { message: 'OK' } };
}

async function shadow(shadows: Shadows, id: ShadowId, request: AwsRequest): Promise<AwsResponse> {
  switch (request.method) {
    case 'GET':
      return { status: 200, body: shadows.get(id) };
    case 'POST':
      return { status: 200, body: await shadows.update(id, request.body) };
    case 'DELETE':
      return { status: 200, body: await shadows.delete(id) };
    default:
      throw unknown(request);
  }
}

function shadowId(thingName: string, query: URLSearchParams): ShadowId {
  if (!/^[a-zA-Z0-9:_-]{1,128}$/.test(thingName)) {
    throw new AwsError('InvalidRequestException', `Invalid thing name: ${thingName}`);
  }
  const shadowName = query.get('name');
  if (shadowName === null) return { thingName };
  if (!/^[$a-zA-Z0-9:_-]{1,64}$/.test(shadowName)) {
    throw new AwsError('InvalidRequestException', `Invalid shadow name: ${shadowName}`);
  }
  return { thingName, shadowName };
}

/** @param header base64 of a JSON array of objects with one member each, `[{"name":"value"}]` */
function parseUserProperties(header: string | undefined): [string, string][] {
  if (header === undefined) return [];
  const json = Buffer.from(header, 'base64').toString();
  if (json.length > MAX_USER_PROPERTIES_BYTES) {
    throw new AwsError('InvalidRequestException', `The user properties exceed ${MAX_USER_PROPERTIES_BYTES} bytes.`);
  }
  const invalid = new AwsError('InvalidRequestException', 'userProperties is not a JSON array of one-member objects.');
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch {
    throw invalid;
  }
  if (!Array.isArray(list)) throw invalid;
  return list.map((property: unknown) => {
    const [entry, more] = Object.entries(property ?? {});
    if (!entry || more || Array.isArray(property) || typeof entry[1] !== 'string') throw invalid;
    return [entry[0], entry[1]];
  });
}

function unknown({ method, path }: AwsRequest): AwsError {
  return notImplemented(`iot:${method} ${path}`);
}
