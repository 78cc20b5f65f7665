import { only, read, wholeNumber } from '../arguments.js';
import { answerOf, itemsOf } from '../client.js';
import type { Command } from '../command.js';
import { table, time } from '../table.js';
import { printed } from './charge-points.js';

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
  async run(args, { client, print, colours }) {
    const { values, positionals } = read(args, options);
    const chargePointId = only(positionals, 'which charge point');
    const { from, to } = values;
    const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    const api = client(values);
    const path = { chargePointId };
    const items = await itemsOf(wholeNumber('limit', values.limit), (page) =>
      api.GET('/charge-points/{chargePointId}/messages', { params: { path, query: { ...page, ...range } } }),
    );
    if (values.json) return printed(items, print);
    const columns = [
      { heading: 'time', of: (one: Message) => time(one.at) },
      { heading: '', of: (one: Message) => (one.askedBy === 'csms' ? '←' : '→') },
      { heading: 'action', of: (one: Message) => one.action },
      { heading: 'message', of: (one: Message) => one.messageId },
      { heading: 'says', of: (one: Message) => shortened(one.request?.payload) },
      { heading: 'ms', of: (one: Message) => one.answer?.latency },
      { heading: 'answer', of: answerTo },
    ];
    for (const line of table(columns, items, colours)) print(line);
    if (items.length > 0) return 0;
    const { parameters } = await answerOf(api.GET('/stage'));
    if (parameters.messageLog === 0) print('This stage keeps no log of messages: set its parameter messageLog.');
    return 0;
  },
};

interface Message {
  at: string;
  messageId: string;
  askedBy?: string;
  action?: string;
  status?: string;
  request?: { payload?: unknown };
  answer?: { latency: number; payload?: unknown };
}

function answerTo({ answer, status }: Message): string {
  return answer ? shortened(answer.payload) : (status ?? 'none');
}

function shortened(payload: unknown): string {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload ?? '');
  return text.length > widest ? `${text.slice(0, widest)}…` : text;
}
