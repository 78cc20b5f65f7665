import { only, read, wholeNumber } from '../arguments.js';
import { answerOf, type Client, itemsOf } from '../client.js';
import type { Command } from '../command.js';
import { type Known, stateOf, storyOf } from '../story.js';
import { printable, strong, time } from '../table.js';
import { printed } from './charge-points.js';

const options = { last: { type: 'string', default: '50' } } as const;

/** Of what is kept, that which explains something. */
const kinds = ['frame', 'security-event'] as const;

/** Tells a charge point's story. */
export const why: Command = {
  summary: "A charge point's story in its order, how it is now, and what it waits for",
  usage: `csms why <id>

  --last <n>    so many of its commands, transactions and events at most (50 of each)

csms why CP1`,
  async run(args, { client, print, colours }) {
    const { values, positionals } = read(args, options);
    const chargePointId = only(positionals, 'which charge point');
    const known = await knownOf(client(values), chargePointId, wholeNumber('last', values.last));
    const story = storyOf(known);
    const state = stateOf(known);
    if (values.json) return printed({ chargePointId, story, state }, print);
    if (story.length === 0) print('Nothing has happened yet.');
    const width = Math.max(0, ...story.map(({ what }) => what.length));
    for (const { at, what, text } of story) {
      print(`${time(at)}  ${strong(what.padEnd(width), colours)}  ${printable(text)}`);
    }
    print('');
    for (const sentence of state) print(printable(sentence));
    return 0;
  },
};

async function knownOf(api: Client, chargePointId: string, last: number): Promise<Known> {
  const path = { chargePointId };
  const chargePoint = await answerOf(api.GET('/charge-points/{chargePointId}', { params: { path } }));
  const [commands, transactions, ...histories] = await Promise.all([
    itemsOf(last, (query) => api.GET('/charge-points/{chargePointId}/commands', { params: { path, query } })),
    itemsOf(last, (query) => api.GET('/charge-points/{chargePointId}/transactions', { params: { path, query } })),
    ...kinds.map((kind) =>
      itemsOf(last, (page) =>
        api.GET('/charge-points/{chargePointId}/history', { params: { path, query: { ...page, kind } } }),
      ),
    ),
  ]);
  return { chargePoint, commands, transactions, history: histories.flat() };
}
