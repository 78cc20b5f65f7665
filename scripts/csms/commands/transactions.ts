import { read, UsageError, wholeNumber } from '../arguments.js';
import { itemsOf } from '../client.js';
import type { Command } from '../command.js';
import { printList } from '../print.js';
import { time } from '../table.js';

const options = {
  open: { type: 'boolean', default: false },
  site: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  limit: { type: 'string', default: '50' },
} as const;

/** Lists transactions. */
export const transactions: Command = {
  summary: 'Transactions: the newest first, of all charge points, of a site or of one',
  usage: `csms transactions [<id>]

  --open            those that have not ended, in no order
  --site <name>     those of a site
  --from <time>     that began then or later: 2026-05-01T00:00:00Z
  --to <time>       that began then or before
  --limit <n>       so many at most (50)

csms transactions --open
csms transactions --site "Depot North"
csms transactions CP1 --from 2026-05-01T00:00:00Z`,
  async run(args, surroundings) {
    const { values, positionals } = read(args, options);
    const [chargePointId, tooMuch] = positionals;
    if (tooMuch !== undefined) throw new UsageError(`${tooMuch} is too much.`);
    const { from, to, open, site } = values;
    if (chargePointId !== undefined && (open || site !== undefined))
      throw new UsageError('--open and --site are not of one charge point: leave that away.');
    const which = { ...(open && { status: 'open' as const }), ...(site !== undefined && { site }) };
    const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    const api = surroundings.client(values);
    const items = await itemsOf(wholeNumber('limit', values.limit), (page) =>
      chargePointId === undefined
        ? api.GET('/transactions', { params: { query: { ...page, ...range, ...which } } })
        : api.GET('/charge-points/{chargePointId}/transactions', {
            params: { path: { chargePointId }, query: { ...page, ...range } },
          }),
    );
    return printList(
      items,
      [
        { heading: 'charge point', of: (one) => one.chargePointId },
        { heading: 'transaction', of: (one) => one.transactionId },
        { heading: 'EVSE', of: (one) => one.evseId },
        { heading: 'began', of: (one) => time(one.startedAt ?? one.firstAt) },
        { heading: 'ended', of: (one) => (one.isOpen ? 'open' : time(one.endedAt ?? one.forgottenAt)) },
        { heading: 'kWh', of: (one) => (one.energyWh !== undefined ? (one.energyWh / 1_000).toFixed(3) : undefined) },
        { heading: 'token', of: (one) => one.idToken?.idToken },
        { heading: 'reason', of: (one) => one.endReason },
      ],
      values,
      surroundings,
    );
  },
};
