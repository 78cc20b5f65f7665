import { read, UsageError } from '../arguments.js';
import { answerOf } from '../client.js';
import type { Command } from '../command.js';
import { printList } from '../print.js';

const options = { unset: { type: 'string', multiple: true } } as const;

/** Shows how a charge point is to be configured, and changes that. */
export const configuration: Command = {
  summary: 'How a charge point is to be configured, what it took and what it refused',
  usage: `csms configuration <id>                    what is desired, taken and refused
csms configuration <id> <key>=<value> …    desires values, beside those that are desired already

  --unset <key>     as often as you like: nobody desires it any more; what the charge point has stays

A key is one of 1.6, or Component/Variable. What is open or asked for is sent when the charge point is there.

csms configuration CP1
csms configuration CP1 HeartbeatInterval=300 MeterValueSampleInterval=60
csms configuration CP2 OCPPCommCtrlr/HeartbeatInterval=300 --unset ClockCtrlr/TimeZone`,
  async run(args, surroundings) {
    const { values, positionals } = read(args, options);
    const [chargePointId, ...pairs] = positionals;
    if (chargePointId === undefined) throw new UsageError('Say which charge point.');
    const body = Object.fromEntries([
      ...(values.unset ?? []).map((key): [string, null] => [key, null]),
      ...pairs.map(pairIn),
    ]);
    const params = { path: { chargePointId } };
    const api = surroundings.client(values);
    const { items } = await answerOf(
      Object.keys(body).length === 0
        ? api.GET('/charge-points/{chargePointId}/configuration', { params })
        : api.PATCH('/charge-points/{chargePointId}/configuration', { params, body }),
    );
    return printList(
      items,
      [
        { heading: 'key', of: (one) => one.key },
        { heading: 'desired', of: (one) => textOf(one.desired) },
        { heading: 'reported', of: (one) => textOf(one.reported) },
        { heading: 'status', of: (one) => one.status },
        { heading: 'reason', of: (one) => one.reason },
      ],
      values,
      surroundings,
    );
  },
};

/** @throws {UsageError} */
function pairIn(text: string): [string, string] {
  const [, key, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (key === undefined || value === undefined) throw new UsageError(`${text} is no <key>=<value>.`);
  return [key, value];
}

/** Whoever writes a shadow may have written anything. */
function textOf(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}
