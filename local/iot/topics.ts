import { AwsError, notImplemented } from '../service.js';
import { invalidRequest } from './operations.js';

const largestPayload = 128 * 1024;
const longestTopic = 256;
const mostSlashes = 7;
/** What AWS says on topics of its own, as far as it is imitated: events of things, and updates and deletions of shadows. */
const ofAws = /^\$aws\/(events\/thing\/[^/]+|things\/[^/]+\/shadow\/(update|delete))\/[^/]+$/;

/** @throws {AwsError} when AWS IoT would not carry this message, whoever sends it. */
export function checkMessage(topic: string, payload: Buffer): void {
  const problem = sizeProblem(topic);
  if (problem) throw invalidRequest(problem);
  if (topic === '' || /[+#\0]/.test(topic)) throw invalidRequest(`Invalid topic: ${topic}`);
  if (payload.length > largestPayload) {
    throw new AwsError('RequestEntityTooLargeException', `The payload exceeds ${largestPayload} bytes.`, 413);
  }
}

/** @throws {AwsError} when a client, over MQTT or HTTP, may not publish this. */
export function checkClientMessage(topic: string, payload: Buffer): void {
  checkMessage(topic, payload);
  if (/^\$aws\/(rules|things\/[^/]+\/shadow)\//.test(topic) && !ofAws.test(topic)) {
    throw notImplemented(`publishing on ${topic}`);
  }
  if (topic.startsWith('$')) throw new AwsError('ForbiddenException', `Clients may not publish on ${topic}.`, 403);
}

/** Why a client can't subscribe to a topic filter, or a rule listen to it; undefined when it can. */
export function filterProblem(filter: string): string | undefined {
  const isMisplaced = filter.split('/').some((level) => level.length > 1 && /[+#]/.test(level)) || /#./.test(filter);
  if (filter === '' || isMisplaced) return `'${filter}' is no topic filter`;
  if (filter.startsWith('$') && !ofAws.test(filter)) return `The embedded AWS does not know the topics ${filter}`;
  return sizeProblem(filter);
}

function sizeProblem(topic: string): string | undefined {
  if (Buffer.byteLength(topic) > longestTopic) return `The topic exceeds ${longestTopic} bytes: ${topic}`;
  if (topic.split('/').length - 1 > mostSlashes) return `The topic has more than ${mostSlashes} slashes: ${topic}`;
  return undefined;
}

/**
 * Compiles a topic filter: `+` is one level, a last `#` that level, all below and the one above. Only a filter that begins
 * with `$` matches topics that do.
 */
export function topicMatcher(filter: string): (topic: string) => boolean {
  const levels = filter.split('/');
  return (topic) => {
    const actual = topic.split('/');
    const covers = (level: string, index: number) =>
      level === '#' || level === actual[index] || (level === '+' && index < actual.length);
    const isDeepEnough = levels.at(-1) === '#' ? actual.length >= levels.length - 1 : actual.length === levels.length;
    return topic.startsWith('$') === filter.startsWith('$') && isDeepEnough && levels.every(covers);
  };
}
