import { only, read, wholeNumber } from '../arguments.js';
import { answerOf, itemsOf } from '../client.js';
import type { Command } from '../command.js';
import { printList } from '../print.js';
import type { Message } from '../story/known.js';
import { time } from '../table.js';

const options = { from: { type: 'string' }, to: { type: 'string' }, limit: { type: 'string', default: '50' } } as const;

/** Of a payload in a table. */
const widest = 60;

/** Lists what was said. */
export const messages: Command = {
  summary: 'What was said: each CALL with its answer, in stages that keep a log of messages',
  usage: `csms messages <id>      the newest first

  --from <time>     that came then or later: 2026-05-01T00:00:00Z
  --to <time>       that came then or before
  --limit <n>       so many at most (50)

csms messages CP1 --limit 10
csms messages CP1 --json | jq '.[] | select(.answer.type == "CALLERROR")'`,
  async run(args, surroundings) {
    const { print } = surroundings;
    const { values, positionals } = read(args, options);
    const chargePointId = only(positionals, 'which charge point');
    const { from, to } = values;
    const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    const api = surroundings.client(values);
    const path = { chargePointId };
    const items = await itemsOf(wholeNumber('limit', values.limit), (page) =>
      api.GET('/charge-points/{chargePointId}/messages', { params: { path, query: { ...page, ...range } } }),
    );
    printList(
      items,
      [
        { heading: 'time', of: (one) => time(one.at) },
        { heading: '', of: (one) => (one.askedBy === 'csms' ? '←' : '→') },
        { heading: 'action', of: (one) => one.action },
        { heading: 'message', of: (one) => one.messageId },
        { heading: 'says', of: (one) => shortened(one.request?.payload) },
        { heading: 'ms', of: (one) => one.answer?.latency },
        { heading: 'answer', of: answerTo },
      ],
      values,
      surroundings,
    );
    if (values.json || items.length > 0) return 0;
    const { parameters } = await answerOf(api.GET('/stage'));
    if (parameters.messageLog === 0) print('This stage keeps no log of messages: set its parameter messageLog.');
    return 0;
  },
};

function answerTo({ answer, status }: Message): string {
  return answer ? shortened(answer.payload) : (status ?? 'none');
}

function shortened(payload: unknown): string {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload ?? '');
  return text.length > widest ? `${text.slice(0, widest)}…` : text;
}
