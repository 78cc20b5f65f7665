import { segmentOf } from '../../../api/names.js';
import { read, UsageError } from '../arguments.js';
import { answerOf } from '../client.js';
import type { Command } from '../command.js';
import { printed, printTable } from '../print.js';
import { time } from '../table.js';

const options = { measurand: { type: 'string' } } as const;

/** As many messages as the API has on a page. */
const perPage = 100;

/** What a series is of. */
type About = Record<'measurand' | 'phase' | 'location' | 'unit', string | undefined>;

/** Shows what the meter showed in a transaction. */
export const meterValues: Command = {
  summary: 'What the meter showed in a transaction, as series',
  usage: `csms meter-values <id> <transaction>

  --measurand <name>    of this one only: Energy.Active.Import.Register

csms meter-values CP1 17 --json`,
  async run(args, surroundings) {
    const { values, positionals } = read(args, options);
    const [chargePointId, transactionId, tooMuch] = positionals;
    if (chargePointId === undefined || transactionId === undefined) {
      throw new UsageError('Say which charge point, and which transaction.');
    }
    if (tooMuch !== undefined) throw new UsageError(`${tooMuch} is too much.`);
    const { measurand } = values;
    const api = surroundings.client(values);
    const found = [];
    let cursor: string | undefined;
    do {
      const query = {
        limit: perPage,
        ...(measurand !== undefined && { measurand }),
        ...(cursor !== undefined && { cursor }),
      };
      const { series, next } = await answerOf(
        api.GET('/charge-points/{chargePointId}/transactions/{transactionId}/meter-values', {
          params: { path: { chargePointId, transactionId: segmentOf(transactionId) }, query },
        }),
      );
      found.push(...series);
      cursor = next;
    } while (cursor !== undefined);
    if (values.json) return printed(found, surroundings.print);
    const rows = found.flatMap(({ points, ...about }) => points.map((point) => ({ ...(about as About), ...point })));
    printTable(
      rows,
      [
        { heading: 'at', of: (one) => time(one.at) },
        { heading: 'measurand', of: (one) => one.measurand },
        { heading: 'phase', of: (one) => one.phase },
        { heading: 'value', of: (one) => one.value },
        { heading: 'unit', of: (one) => one.unit },
        { heading: 'context', of: (one) => one.context },
      ],
      surroundings,
    );
    return 0;
  },
};
