import { PublishCommand } from '@aws-sdk/client-iot-data-plane';
import type { Clock } from '../csms/clock.js';
import type { Events } from '../csms/events.js';
import type { Calls, FrameOrigin, FrameTopics } from '../csms/frame-topics.js';
import { iotData } from './iot-data.js';

/** The topics of a stage: below its namespace when it has one, at the root otherwise. The only place that makes their names. */
function topic(namespace: string, chargePointId: string, ...levels: string[]): string {
  return [...(namespace ? [namespace] : []), chargePointId, ...levels].join('/');
}

export function iotFrameTopics(namespace: string): FrameTopics {
  async function publish(topic: string, frame: string, origin: FrameOrigin) {
    const { connectionId, protocol, receivedAt, isContested } = origin;
    const properties = [
      ...[{ connectionId }, { protocol }, { receivedAt: String(receivedAt.getTime()) }],
      ...(isContested ? [{ contested: 'true' }] : []),
    ];
    await iotData.send(
      new PublishCommand({ topic, qos: 1, payload: frame, userProperties: JSON.stringify(properties) }),
    );
  }
  return {
    in: (chargePointId, frame, origin) => publish(topic(namespace, chargePointId, 'in'), frame, origin),
    out: (chargePointId, frame, origin) => publish(topic(namespace, chargePointId, 'out'), frame, origin),
  };
}

export function iotCalls(namespace: string): Calls {
  return {
    async ask(chargePointId, frame) {
      await iotData.send(new PublishCommand({ topic: topic(namespace, chargePointId, 'out'), qos: 1, payload: frame }));
    },
  };
}

export function iotEvents(namespace: string, clock: Clock): Events {
  return {
    async emit(chargePointId, name, id, detail) {
      const event = { id: `${chargePointId}-${name}-${id}`, time: clock.now().toISOString(), chargePointId, ...detail };
      await iotData.send(
        new PublishCommand({
          topic: topic(namespace, chargePointId, 'events', name),
          qos: 1,
          payload: JSON.stringify(event),
        }),
      );
    },
  };
}
