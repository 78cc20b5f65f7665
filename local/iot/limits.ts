import { AwsError, notImplemented } from '../service.js';
import { shadowRequest } from './shadow-topics.js';

const MAX_PAYLOAD_BYTES = 128 * 1024;
const MAX_TOPIC_BYTES = 256;
const MAX_TOPIC_SLASHES = 7;

/** @throws {AwsError} when AWS IoT would not carry this message, whoever sends it. */
export function checkMessage(topic: string, payload: Buffer): void {
  checkTopicSize(topic);
  if (topic === '' || /[+#\0]/.test(topic)) throw new AwsError('InvalidRequestException', `Invalid topic: ${topic}`);
  if (payload.length > MAX_PAYLOAD_BYTES) {
    throw new AwsError('RequestEntityTooLargeException', `The payload exceeds ${MAX_PAYLOAD_BYTES} bytes.`, 413);
  }
}

/** @throws {AwsError} when a client, over MQTT or HTTP, may not publish this. */
export function checkClientMessage(topic: string, payload: Buffer, retain: boolean): void {
  checkMessage(topic, payload);
  if (!topic.startsWith('$')) return;
  if (topic.startsWith('$aws/rules/')) throw notImplemented(`Basic Ingest (${topic})`);
  if (!shadowRequest(topic)) throw new AwsError('ForbiddenException', `Clients may not publish on ${topic}.`, 403);
  if (retain) throw new AwsError('InvalidRequestException', `Reserved topics retain nothing: ${topic}`);
}

/** @throws {AwsError} when AWS IoT refuses this topic filter. */
export function checkFilter(filter: string): void {
  checkTopicSize(filter);
  if (filter.startsWith('$share/')) throw notImplemented(`shared subscriptions (${filter})`);
  if (filter.startsWith('$') && !filter.startsWith('$aws/')) {
    throw new AwsError('ForbiddenException', `Clients may not subscribe to ${filter}.`, 403);
  }
}

function checkTopicSize(topic: string): void {
  if (Buffer.byteLength(topic) > MAX_TOPIC_BYTES) {
    throw new AwsError('InvalidRequestException', `The topic exceeds ${MAX_TOPIC_BYTES} bytes: ${topic}`);
  }
  if (topic.split('/').length - 1 > MAX_TOPIC_SLASHES) {
    throw new AwsError('InvalidRequestException', `The topic has more than ${MAX_TOPIC_SLASHES} slashes: ${topic}`);
  }
}
