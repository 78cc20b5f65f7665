import { PublishCommand } from '@aws-sdk/client-iot-data-plane';
import { mark } from './mark.js';
import type { Stage } from './stage.js';

/** Publishes at QoS 1, over HTTPS. */
export async function publish(
  { iotData }: Stage,
  topic: string,
  payload: string | Uint8Array,
  userProperties?: object[],
): Promise<void> {
  await iotData.send(
    new PublishCommand({
      topic,
      qos: 1,
      payload,
      ...(userProperties && { userProperties: JSON.stringify(userProperties) }),
    }),
  );
}

/** Publishes what one of the probes' rules listens to. @returns the topic's last level, by which functions know it */
export async function trigger(
  stage: Stage,
  rule: string,
  payload: string | Uint8Array | object,
  userProperties?: object[],
): Promise<string> {
  const probe = mark();
  const isBytes = typeof payload === 'string' || payload instanceof Uint8Array;
  await publish(stage, stage.topic(rule, probe), isBytes ? payload : JSON.stringify(payload), userProperties);
  return probe;
}

/** What a function was told of such a message. */
export async function triggered(stage: Stage, name: string, probe: string): Promise<any> {
  const isThis = (each: { function: string; event: any }) => each.function === name && each.event.probe === probe;
  return (await stage.seen(`the invocation of ${name}`, isThis)).event;
}
