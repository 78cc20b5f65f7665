import type { Clock } from '../clock.js';
import { type JsonObject } from '../json.js';
import { AwsError } from '../service.js';
import { type Broker, type Message, publishJson } from './broker.js';
import type { Shadows } from './shadow.js';
import { optionalClientToken } from './shadow-request.js';
import { type ShadowId, type ShadowOperation, shadowRequest, shadowTopic } from './shadow-topics.js';

/** Answers what is published on the shadows' request topics. */
export function serveShadowTopics(
  broker: Broker,
  shadows: Shadows,
  clock: Clock,
  onError: (message: string) => void,
): void {
  const publish = (id: ShadowId, suffix: string, document: JsonObject) =>
    publishJson(broker, shadowTopic(id, suffix), document);

  const serve = async (id: ShadowId, operation: ShadowOperation, { payload }: Message) => {
    const clientToken = optionalClientToken(payload);
    const token: JsonObject = clientToken === undefined ? {} : { clientToken };
    try {
      if (operation === 'get') await publish(id, 'get/accepted', { ...shadows.get(id), ...token });
      if (operation === 'update') await shadows.update(id, payload);
      if (operation === 'delete') await shadows.delete(id, clientToken);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const timestamp = Math.floor(clock.now() / 1000);
      const rejected = { code: error.status, message: error.message, timestamp, ...token };
      await publish(id, `${operation}/rejected`, rejected);
    }
  };

  broker.listen((message) => {
    const request = shadowRequest(message.topic);
    if (!request) return;
    serve(request.id, request.operation, message).catch((error) => onError(`shadow: ${error}`));
  });
}
