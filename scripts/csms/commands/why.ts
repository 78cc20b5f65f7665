import { only, read, wholeNumber } from '../arguments.js';
import { answerOf, type Client, itemsOf, Refused } from '../client.js';
import type { Command } from '../command.js';
import { printed } from '../print.js';
import { stateOf } from '../state.js';
import type { Known, Told } from '../story/known.js';
import { storyOf } from '../story.js';
import { printable, strong, time } from '../table.js';

const options = { last: { type: 'string', default: '50' } } as const;

/** Of what is kept, that which explains something. */
const kinds = [
  ...(['boot', 'connected', 'disconnected', 'connection-flapping', 'security-event'] as const),
  ...(['protocol-deviation', 'frame-refused', 'frame-too-large', 'not-delivered'] as const),
  ...(['configuration-refused', 'shadow-refused', 'certificate-requested'] as const),
] as const;

/** Tells a charge point's story. */
export const why: Command = {
  summary: "A charge point's story in its order, how it is now, and what it waits for",
  usage: `csms why <id>      registered or not

  --last <n>    so many of its commands, transactions, messages and events of a kind at most (50)

csms why CP1
csms why CP1 --json | jq '.story[] | select(.code)'`,
  async run(args, { client, print, colours }) {
    const { values, positionals } = read(args, options);
    const chargePointId = only(positionals, 'which charge point');
    const known = await knownOf(client(values), chargePointId, wholeNumber('last', values.last));
    const story = storyOf(known);
    const state = stateOf(known);
    if (values.json) return printed({ chargePointId, story, state }, print);
    if (story.length === 0) print('Nothing has happened yet.');
    const width = Math.max(0, ...story.map(({ what }) => what.length));
    for (const { at, what, text, code } of story) {
      const told = printable(code ? `${text} (${code})` : text);
      print(`${time(at)}  ${strong(what.padEnd(width), colours)}  ${told}`);
    }
    print('');
    for (const sentence of state) print(printable(sentence));
    const help = helpIn(story);
    if (help) print(`What the words in brackets mean: ${help} of the API, at the same URL.`);
    return 0;
  },
};

/** The page, without the place in it. */
function helpIn(story: Told[]): string | undefined {
  return story.find(({ help }) => help)?.help?.split('#')[0];
}

async function knownOf(api: Client, chargePointId: string, last: number): Promise<Known> {
  const path = { chargePointId };
  const { items: knocks } = await answerOf(api.GET('/charge-points/{chargePointId}/knocks', { params: { path } }));
  const nothing = { chargePointId, knocks, commands: [], transactions: [], history: [], messages: [] };
  const chargePoint = await unless('charge-point-unknown bad-parameter', () =>
    answerOf(api.GET('/charge-points/{chargePointId}', { params: { path } })),
  );
  if (!chargePoint) return { ...nothing, chargePoint };
  const historyOf = (kind: (typeof kinds)[number] | 'frame') =>
    itemsOf(last, (page) =>
      api.GET('/charge-points/{chargePointId}/history', { params: { path, query: { ...page, kind } } }),
    );
  const [commands, transactions, messages, frames, ...histories] = await Promise.all([
    itemsOf(last, (query) => api.GET('/charge-points/{chargePointId}/commands', { params: { path, query } })),
    itemsOf(last, (query) => api.GET('/charge-points/{chargePointId}/transactions', { params: { path, query } })),
    unless('role-too-low', () =>
      itemsOf(last, (query) => api.GET('/charge-points/{chargePointId}/messages', { params: { path, query } })),
    ),
    unless('role-too-low', () => historyOf('frame')),
    ...kinds.map(historyOf),
  ]);
  const history = [...(frames ?? []), ...histories.flat()];
  return { chargePointId, chargePoint, knocks, commands, transactions, history, messages };
}

/** What was asked for, or undefined when it is refused for one of these reasons. */
async function unless<T>(codes: string, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refused && error.code && codes.split(' ').includes(error.code)) return undefined;
    throw error;
  }
}
