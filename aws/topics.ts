import { PublishCommand } from '@aws-sdk/client-iot-data-plane';
import type { Clock } from '../csms/clock.js';
import type { Events } from '../csms/events.js';
import type { Calls, FrameOrigin, FrameTopics } from '../csms/frame-topics.js';
import type { Listening } from '../csms/live/ports.js';
import type { TaskEvents } from '../csms/tasks/ports.js';
import { iotData } from './iot-data.js';

/** The topics of a stage: below its namespace when it has one, at the root otherwise. The only place that makes their names. */
function topic(namespace: string, chargePointId: string, ...levels: string[]): string {
  return [...(namespace ? [namespace] : []), chargePointId, ...levels].join('/');
}

export function iotFrameTopics(namespace: string): FrameTopics {
  async function publish(topic: string, frame: string, origin: FrameOrigin) {
    const { connectionId, protocol, receivedAt, isContested, repairs } = origin;
    const properties = [
      ...[{ connectionId }, { protocol }, { receivedAt: String(receivedAt.getTime()) }],
      ...(isContested ? [{ contested: 'true' }] : []),
      ...(repairs ? [{ repairs }] : []),
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

export function iotTaskEvents(namespace: string, clock: Clock): TaskEvents {
  return {
    async ended({ taskId, action, cancelledAt }, progress) {
      const id = `${taskId}-task-ended`;
      const event = {
        id,
        time: clock.now().toISOString(),
        taskId,
        action,
        ...(cancelledAt && { cancelledAt }),
        progress,
      };
      await iotData.send(
        new PublishCommand({
          topic: topic(namespace, '.tasks', 'events', 'task-ended'),
          qos: 1,
          payload: JSON.stringify(event),
        }),
      );
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

/** The filters of what is listened to. */
export function filtersOf(namespace: string, { chargePointId = '+', withFrames }: Listening): string[] {
  const events = topic(namespace, chargePointId, 'events', '#');
  return withFrames
    ? [topic(namespace, chargePointId, 'in'), topic(namespace, chargePointId, 'out'), events]
    : [events];
}
