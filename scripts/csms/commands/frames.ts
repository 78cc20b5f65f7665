import { only, read, UsageError, wholeNumber } from '../arguments.js';
import { answerOf, type Client, itemsOf } from '../client.js';
import type { Command, Surroundings } from '../command.js';
import { payloadOf } from '../payload.js';
import { printDetails, printed, printList } from '../print.js';
import { time } from '../table.js';

const options = {
  limit: { type: 'string', default: '50' },
  action: { type: 'string' },
  'json-payload': { type: 'string' },
  reason: { type: 'string' },
} as const;

/** Seconds, the most that the API waits. */
const longestWait = 20;

/** Lists frames with money in them that were not understood, and repairs or dismisses them. */
export const frames: Command = {
  summary: 'Frames with money in them that were not understood: list, repair, dismiss',
  usage: `csms frames                           what waits for repair, the oldest first
csms frames <id>                      those of a charge point, the newest first
csms frames show <id> <frame>         one, as it came
csms frames repair <id> <frame> --json-payload <json>
csms frames dismiss <id> <frame> --reason <text>

  --limit <n>             so many at most (50)
  --json-payload <json>   with repair: the payload as it should have been
  --action <action>       with repair: where the frame has a wrong one
  --reason <text>         with dismiss: why it needs no repair

csms frames CP1
csms frames dismiss CP1 2026-05-20T10:00:00.000Z-00112233445566aa --reason "Sent again, and understood"`,
  async run(args, surroundings) {
    const { values, positionals } = read(args, options);
    const [verb, ...others] = positionals;
    if (verb !== 'show' && verb !== 'repair' && verb !== 'dismiss') return list(positionals, values, surroundings);
    const [chargePointId, frameId, tooMuch] = others;
    if (chargePointId === undefined || frameId === undefined) throw new UsageError('Say which charge point and frame.');
    if (tooMuch !== undefined) throw new UsageError(`${tooMuch} is too much.`);
    const frame = await actOn(verb, { chargePointId, frameId }, values, surroundings.client(values));
    return show(frame, verb === 'repair', values, surroundings);
  },
};

type Values = ReturnType<typeof read<typeof options>>['values'];
type Frame = Awaited<ReturnType<typeof actOn>>;

async function list(positionals: string[], values: Values, surroundings: Surroundings): Promise<number> {
  const chargePointId = positionals.length > 0 ? only(positionals, 'which charge point') : undefined;
  const api = surroundings.client(values);
  const items = await itemsOf(wholeNumber('limit', values.limit), (query) =>
    chargePointId === undefined
      ? api.GET('/frames', { params: { query } })
      : api.GET('/charge-points/{chargePointId}/frames', { params: { path: { chargePointId }, query } }),
  );
  return printList(
    items,
    [
      { heading: 'charge point', of: (one) => one.chargePointId },
      { heading: 'frame', of: (one) => one.frameId },
      { heading: 'action', of: (one) => one.action },
      { heading: 'is', of: (one) => one.repair?.status ?? 'to be repaired' },
      { heading: 'why', of: (one) => one.why },
    ],
    values,
    surroundings,
  );
}

async function actOn(
  verb: 'show' | 'repair' | 'dismiss',
  path: { chargePointId: string; frameId: string },
  { reason, action, 'json-payload': json }: Values,
  api: Client,
) {
  if (verb === 'dismiss') {
    if (reason === undefined) throw new UsageError('Say --reason: why does it need no repair?');
    const asked = { params: { path }, body: { reason } };
    return answerOf(api.POST('/charge-points/{chargePointId}/frames/{frameId}/dismiss', asked));
  }
  if (verb === 'show')
    return answerOf(api.GET('/charge-points/{chargePointId}/frames/{frameId}', { params: { path } }));
  if (json === undefined) throw new UsageError('Say --json-payload: how should it have been?');
  return answerOf(
    api.POST('/charge-points/{chargePointId}/frames/{frameId}/repair', {
      params: { path, header: { Prefer: `wait=${longestWait}` } },
      body: { payload: payloadOf(json), ...(action !== undefined && { action }) },
    }),
  );
}

/** @returns the exit code: 1 where it was to be repaired, and is not */
function show(frame: Frame, isRepair: boolean, values: Values, { print }: Surroundings): number {
  const isDone = !isRepair || frame.repair?.status === 'repaired';
  if (values.json) printed(frame, print);
  else printDetails(shownOf(frame), print);
  return isDone ? 0 : 1;
}

function shownOf({ repair, ...frame }: Frame): Parameters<typeof printDetails>[0] {
  return {
    frame: frame.frameId,
    received: `${time(frame.receivedAt)}, ${frame.protocol}`,
    'it was': frame.frame,
    why: frame.why,
    'it is': repair ? `${repair.status}, ${time(repair.at)}, by ${repair.by}` : 'to be repaired',
    reason: repair?.reason,
    answer: repair?.answer && JSON.stringify(repair.answer),
  };
}
