import { read, UsageError, wholeNumber } from '../arguments.js';
import { answerOf, itemsOf } from '../client.js';
import type { Command, Surroundings } from '../command.js';
import { printDetails, printed, printList, printTable } from '../print.js';
import { time } from '../table.js';

const options = { limit: { type: 'string', default: '500' } } as const;
type Values = ReturnType<typeof read<typeof options>>['values'];

const kinds = [
  ...(['firmware', 'firmware-publishing', 'log', 'diagnostics', 'report', 'monitoring-report'] as const),
  ...(['customer-information', 'display-messages', 'charging-profiles', 'der-controls'] as const),
];
type Kind = (typeof kinds)[number];

/** Lists what a charge point takes its time with, and shows one. */
export const jobs: Command = {
  summary: "A charge point's firmware updates, logs and reports, with what was uploaded",
  usage: `csms jobs <id>                     the last that something was said of first
csms jobs <id> <kind>              those of a kind: ${kinds.slice(0, 4).join(', ')},
                                   ${kinds.slice(4).join(', ')}
csms jobs <id> <kind> <number>     one, and where its files are to be had; none where it has no number

  --limit <n>       so many at most (500)

csms jobs CP1
csms jobs CP1 log 1483302164
csms jobs CP16 diagnostics none`,
  async run(args, surroundings) {
    const { values, positionals } = read(args, options);
    const [chargePointId, kind, requestId, tooMuch] = positionals;
    if (chargePointId === undefined) throw new UsageError('Say which charge point.');
    if (tooMuch !== undefined) throw new UsageError(`${tooMuch} is too much.`);
    if (kind !== undefined && !isKind(kind))
      throw new UsageError(`${kind} is no kind: take one of ${kinds.join(', ')}.`);
    if (kind !== undefined && requestId !== undefined) {
      return show({ chargePointId, kind, requestId }, values, surroundings);
    }
    return list(chargePointId, kind, values, surroundings);
  },
};

function isKind(text: string): text is Kind {
  return (kinds as readonly string[]).includes(text);
}

async function list(
  chargePointId: string,
  kind: Kind | undefined,
  values: Values,
  surroundings: Surroundings,
): Promise<number> {
  const api = surroundings.client(values);
  const found = await itemsOf(wholeNumber('limit', values.limit), (page) =>
    api.GET('/charge-points/{chargePointId}/jobs', {
      params: { path: { chargePointId }, query: { ...page, ...(kind && { kind }) } },
    }),
  );
  const last = ({ since, asked }: (typeof found)[number]) => since ?? asked?.at ?? '';
  const items = found.sort((a, b) => (last(a) < last(b) ? 1 : -1));
  return printList(
    items,
    [
      { heading: 'kind', of: (one) => one.kind },
      { heading: 'number', of: (one) => one.requestId ?? 'none' },
      { heading: 'status', of: (one) => one.status },
      { heading: 'since', of: (one) => time(one.since) },
      { heading: 'over', of: (one) => (one.isOver ? 'yes' : 'no') },
      { heading: 'asked', of: (one) => time(one.asked?.at) },
      { heading: 'firmware', of: (one) => one.asked?.firmware },
    ],
    values,
    surroundings,
  );
}

async function show(
  path: { chargePointId: string; kind: Kind; requestId: string },
  values: Values,
  surroundings: Surroundings,
): Promise<number> {
  const { print } = surroundings;
  const api = surroundings.client(values);
  const one = await answerOf(api.GET('/charge-points/{chargePointId}/jobs/{kind}/{requestId}', { params: { path } }));
  if (values.json) return printed(one, print);
  const { asked, statuses, files, parts } = one;
  const about = {
    kind: one.kind,
    number: one.requestId ?? 'none',
    over: one.isOver ? 'yes' : 'no',
    asked: asked && `${time(asked.at)}, command ${asked.commandId}`,
    location: asked?.location,
    firmware: asked?.firmware,
    'called there': asked?.fileName,
    parts: parts && (parts.isComplete ? 'all have come' : 'not all have come'),
    says: one.text,
  };
  printDetails(about, print);
  for (const { at, status } of statuses) print(`${time(at)}  ${status}`);
  if (files.length === 0) return 0;
  print('');
  printTable(
    files,
    [
      { heading: 'file', of: (file) => file.name },
      { heading: 'bytes', of: (file) => file.size },
      { heading: 'uploaded', of: (file) => time(file.at) },
      { heading: 'to be had for a quarter of an hour', of: (file) => file.url },
    ],
    surroundings,
  );
  return 0;
}
