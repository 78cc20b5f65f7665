import { type EventEmitter, on } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { connectAsync } from 'mqtt';
import { frameLine } from '../../../charge-point/cli/lines.js';
import { read, UsageError } from '../arguments.js';
import { answerOf, type Client, Refused } from '../client.js';
import type { Command, Surroundings } from '../command.js';
import { printable } from '../table.js';

/** Milliseconds, before it is listened to again when the connection is gone. */
const pause = 1_000;

/** Shows frames and events as they happen. */
export const tail: Command = {
  summary: 'Frames and events as they happen, until Ctrl-C',
  usage: `csms tail [<id>]      of one charge point, or of all. A viewer hears events, and no frames

csms tail CP1
csms tail --json | jq .payload`,
  async run(args, surroundings) {
    const { values, positionals } = read(args, {});
    const [chargePointId, tooMuch] = positionals;
    if (tooMuch !== undefined) throw new UsageError(`${tooMuch} is too much.`);
    const api = surroundings.client(values);
    while (!surroundings.signal.aborted) {
      await listen(api, chargePointId, values.json, surroundings);
      // A connection lasts a day at most, and its URL is for one.
      await setTimeout(pause, undefined, { signal: surroundings.signal }).catch(() => {});
    }
    return 0;
  },
};

/** Until the connection is gone. */
async function listen(
  api: Client,
  chargePointId: string | undefined,
  asJson: boolean,
  { print, colours, signal }: Surroundings,
): Promise<void> {
  const query = chargePointId === undefined ? {} : { chargePointId };
  const { url, clientId, topics } = await answerOf(api.GET('/live', { params: { query } }));
  const client = await connectAsync(url, { clientId, protocolVersion: 4, reconnectPeriod: 0 }, false).catch((error) => {
    throw new Refused(`AWS IoT can't be listened to: ${error.message}.`);
  });
  const ended = new AbortController();
  const end = () => ended.abort();
  client.on('close', end);
  client.on('error', end);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    const messages = on(client as unknown as EventEmitter, 'message', { signal: ended.signal });
    await client.subscribeAsync(topics, { qos: 1 });
    for await (const [topic, payload] of messages) {
      for (const line of linesOf(String(topic), String(payload), asJson, colours)) print(line);
    }
  } catch (error) {
    if (!ended.signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', end);
    await client.endAsync(true);
  }
}

/** `…/CP1/in`, `…/CP1/out` and `…/CP1/events/{name}`, as the charge point sees them: sent, received, and told of it. */
function linesOf(topic: string, payload: string, asJson: boolean, colours: boolean): string[] {
  const [, identity = '', what = '', name] = /([^/]+)\/(in|out|events)(?:\/(.+))?$/.exec(topic) ?? [];
  if (asJson)
    return [
      JSON.stringify({ time: new Date().toISOString(), chargePointId: identity, topic, payload: valueOf(payload) }),
    ];
  if (what === 'in') return [frameLine(identity, 'sent', printable(payload), colours)];
  if (what === 'out') return [frameLine(identity, 'received', printable(payload), colours)];
  const { id: _, time: __, chargePointId: ___, ...detail } = (valueOf(payload) ?? {}) as Record<string, unknown>;
  const text = `* ${name} ${printable(JSON.stringify(detail))}`;
  return [colours ? `\u001b[2m${identity}\u001b[0m \u001b[33m${text}\u001b[0m` : `${identity} ${text}`];
}

/** Others may publish what is no JSON. */
function valueOf(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
