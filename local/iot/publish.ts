import { type AwsRequest, notImplemented } from '../service.js';
import type { Broker } from './broker.js';
import { invalidRequest, type Operations } from './operations.js';
import { checkClientMessage } from './topics.js';

const largestUserProperties = 8 * 1024;
/** Headers that would change the message and are not served here. */
const unknownHeaders = ['x-amz-mqtt5-payload-format-indicator', 'x-amz-mqtt5-correlation-data'];

/** Publishing over HTTP. */
export function publishOperations(broker: Broker): Operations {
  return {
    async Publish(topic, { query, headers, body }: AwsRequest) {
      const header = unknownHeaders.find((name) => headers[name] !== undefined);
      if (header) throw notImplemented(`iot:Publish with ${header}`);
      const qos = query.get('qos') ?? '0';
      if (qos !== '0' && qos !== '1') throw invalidRequest(`qos is 0 or 1, not ${qos}.`);
      checkClientMessage(topic, body);
      const userProperties = userPropertiesOf(headers['x-amz-mqtt5-user-properties']);
      await broker.publish({ topic, payload: body, qos: qos === '1' ? 1 : 0, userProperties });
      return { message: 'OK' };
    },
  };
}

/** @param header base64 of a JSON array of objects with one member each, `[{"name":"value"}]` */
function userPropertiesOf(header = ''): [string, string][] {
  const json = Buffer.from(header, 'base64').toString() || '[]';
  if (json.length > largestUserProperties) {
    throw invalidRequest(`The user properties exceed ${largestUserProperties} bytes.`);
  }
  try {
    return (JSON.parse(json) as object[]).map((property) => {
      const [[name, value] = [], ...others] = Object.entries(property);
      if (Array.isArray(property) || name === undefined || typeof value !== 'string' || others.length > 0)
        throw property;
      return [name, value];
    });
  } catch {
    throw invalidRequest('userProperties is not a JSON array of one-member objects.');
  }
}
