import * as z from 'zod/mini';
import { BadCursor, type TimeRange } from '../../csms/page.js';
import { missingEvents } from '../../csms/transactions/missing-events.js';
import { isOpen, type Told, type Transaction } from '../../csms/transactions/ports.js';
import type { TransactionKey } from '../../csms/transactions/records.js';
import { readChargePoint } from '../known.js';
import { seriesOf, withRegisters } from '../meter-series.js';
import { textOf } from '../names.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging, rangeOf, timeRange } from '../pages.js';
import { chargePointId, nothing, ofChargePoint, text } from '../params.js';
import type { ApiPorts } from '../ports.js';
import { Problem } from '../problem.js';

const mostMonths = 13;

const ofTransaction = z.strictObject({
  chargePointId,
  transactionId: z.string().check(z.minLength(1), z.maxLength(300)),
});

const token = z.looseObject({ idToken: z.string(), authorization: z.string() });
const shownTransaction = z.object({
  chargePointId: z.string(),
  transactionId: z.string(),
  protocol: z.string(),
  isOpen: z.boolean(),
  site: z.optional(z.string()),
  evseId: z.optional(z.number()),
  connectorId: z.optional(z.number()),
  startedAt: z.optional(z.string()),
  endedAt: z.optional(z.string()),
  endReason: z.optional(z.string()),
  forgottenAt: z.optional(z.string()),
  chargingState: z.optional(z.string()),
  tariffId: z.optional(z.string()),
  transactionLimit: z.optional(z.looseObject({})),
  costDetails: z.optional(z.looseObject({})),
  idToken: z.optional(token),
  stopIdToken: z.optional(token),
  energyWh: z.optional(z.number()),
  remoteStartId: z.optional(z.number()),
  reservationId: z.optional(z.number()),
  commandId: z.optional(z.string()),
  offline: z.optional(z.boolean()),
  missingEvents: z.optional(z.array(z.object({ from: z.number(), to: z.number() }))),
  missingEventsAreCut: z.optional(z.literal(true)),
  firstAt: z.string(),
  heardAt: z.string(),
});

/** Only what has a value. */
function given(members: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

function parsed(told: Told<string> | undefined): object | undefined {
  return told && JSON.parse(told.value);
}

function shown(one: Transaction): object {
  const { startedAt, ended, idToken, stopIdToken, chargingState, energy, tariffId, ...rest } = one;
  const { chargePointId, transactionId, protocol, evseId, connectorId, forgottenAt, remoteStartId } = rest;
  const { reservationId, commandId, offline, firstAt, heardAt, site } = rest;
  return given({
    ...{ chargePointId, transactionId, protocol, isOpen: isOpen(one), site, evseId, connectorId },
    startedAt: startedAt?.value,
    endedAt: ended?.value.at,
    endReason: ended?.value.reason,
    forgottenAt,
    chargingState: chargingState?.value,
    tariffId: tariffId?.value,
    // 2.1, in its words; of the cost all but its periods.
    transactionLimit: parsed(rest.transactionLimit),
    costDetails: parsed(rest.costDetails),
    idToken: idToken?.value,
    stopIdToken: stopIdToken?.value,
    energyWh: energy,
    ...{ remoteStartId, reservationId, commandId, offline, firstAt, heardAt },
    ...missingEvents(one),
  });
}

const listTransactions = operation({
  id: 'listTransactions',
  method: 'GET',
  path: '/transactions',
  summary:
    'Transactions of all charge points, or of those of a site: by the time of their begin, the newest first; or those that are open',
  role: 'viewer',
  params: nothing,
  query: z.strictObject({ ...paging, ...timeRange, status: z.optional(z.literal('open')), site: z.optional(text) }),
  answers: { 200: { description: 'A page of them', schema: pageOf(shownTransaction) } },
  example: { query: { from: '2026-05-01T00:00:00Z', to: '2026-05-31T23:59:59Z' }, status: 200 },
  async handle({ query: { status, site, from, to, ...page } }, ports) {
    if (site !== undefined) {
      if (status) throw new Problem('bad-parameter', 'Leave site or status away: of both there is no index.');
      return pageReply(await ports.transactionRecords.atSite(site, rangeOf({ from, to }), page), shown);
    }
    if (status !== 'open') return pageReply(await byMonth(rangeOf({ from, to }), page, ports), shown);
    if (from || to)
      throw new Problem('bad-parameter', 'Leave from and to away: those that are open are not in the order of time.');
    return pageReply(await ports.transactionRecords.open(page), shown);
  },
});

/** Goes back from month to month, then reads all that it found at once; the cursor says in which month it stopped. */
async function byMonth(
  { from, to }: TimeRange,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  { transactionRecords, clock }: Pick<ApiPorts, 'transactionRecords' | 'clock'>,
) {
  const last = to ?? clock.now().toISOString();
  const first = from ?? monthBefore(last.slice(0, 7), 1);
  const months = monthsBetween(first.slice(0, 7), last.slice(0, 7));
  if (months.length > mostMonths)
    throw new Problem('bad-parameter', `Ask for at most ${mostMonths - 1} months at once.`);
  const [, begun, inMonth] = /^(\d{4}-\d\d)\.([\w-]*)$/.exec(cursor ?? '') ?? [];
  if (cursor && !months.includes(begun ?? '')) throw new BadCursor();
  const keys: TransactionKey[] = [];
  const page = async (cursor?: string) => ({ items: await transactionRecords.read(keys), ...(cursor && { cursor }) });
  let next = inMonth;
  for (const month of months.slice(begun ? months.indexOf(begun) : 0)) {
    const left = { limit: limit - keys.length, cursor: next || undefined };
    const found = await transactionRecords.inMonth(month, { from: first, to: last }, left);
    keys.push(...found.items);
    next = found.cursor;
    if (next) return page(`${month}.${next}`);
    if (keys.length === limit && month !== months.at(-1)) return page(`${monthBefore(month, 1)}.`);
  }
  return page();
}

/** The newest first. */
function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = last; month >= first && months.length <= mostMonths; month = monthBefore(month, 1))
    months.push(month);
  return months;
}

function monthBefore(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 - count, 1)).toISOString().slice(0, 7);
}

const listOfChargePoint = operation({
  id: 'listTransactionsOfChargePoint',
  method: 'GET',
  path: '/charge-points/{chargePointId}/transactions',
  summary: "A charge point's transactions by the time of their begin, the newest first",
  role: 'viewer',
  params: ofChargePoint,
  query: z.strictObject({ ...paging, ...timeRange }),
  answers: { 200: { description: 'A page of them', schema: pageOf(shownTransaction) } },
  example: { params: { chargePointId: 'CP1' }, status: 200 },
  async handle({ params, query: { from, to, ...page } }, ports) {
    await readChargePoint(params.chargePointId, ports);
    return pageReply(await ports.transactionRecords.of(params.chargePointId, rangeOf({ from, to }), page), shown);
  },
});

const getTransaction = operation({
  id: 'getTransaction',
  method: 'GET',
  path: '/charge-points/{chargePointId}/transactions/{transactionId}',
  summary: 'A transaction',
  role: 'viewer',
  params: ofTransaction,
  query: nothing,
  answers: { 200: { description: 'It', schema: shownTransaction } },
  example: { params: { chargePointId: 'CP1', transactionId: 'tx-1' }, status: 200 },
  async handle({ params }, ports) {
    return { status: 200, body: shown(await readTransaction(params, ports)) };
  },
});

const getMeterValues = operation({
  id: 'getMeterValues',
  method: 'GET',
  path: '/charge-points/{chargePointId}/transactions/{transactionId}/meter-values',
  summary:
    'What the meter showed in a transaction, as series for a chart: one for each measurand, phase, location and unit',
  role: 'viewer',
  params: ofTransaction,
  query: z.strictObject({ ...paging, measurand: z.optional(z.string().check(z.minLength(1), z.maxLength(100))) }),
  answers: {
    200: {
      description: 'The series of a page of messages',
      schema: z.object({
        series: z.array(
          z.looseObject({
            measurand: z.string(),
            points: z.array(z.object({ at: z.string(), value: z.number(), context: z.string() })),
          }),
        ),
        next: z.optional(z.string()),
      }),
    },
  },
  example: {
    params: { chargePointId: 'CP1', transactionId: 'tx-1' },
    query: { measurand: 'Power.Active.Import' },
    status: 200,
  },
  async handle({ params, query: { measurand, ...page } }, ports) {
    const transaction = await readTransaction(params, ports);
    let { cursor } = page;
    let series: object[];
    do {
      const of = { ...page, cursor };
      const found = await ports.meterValueRecords.ofTransaction(
        transaction.chargePointId,
        transaction.transactionId,
        of,
      );
      const ends = { begin: cursor === undefined, end: found.cursor === undefined };
      series = seriesOf(withRegisters(transaction, found.items, ends), measurand);
      cursor = found.cursor;
      // No page is empty while there are more: messages without the measurand are passed over.
    } while (series.length === 0 && cursor !== undefined);
    return { status: 200, body: { series, ...(cursor && { next: cursor }) } };
  },
});

async function readTransaction(params: z.infer<typeof ofTransaction>, ports: ApiPorts): Promise<Transaction> {
  await readChargePoint(params.chargePointId, ports);
  const transactionId = textOf(params.transactionId);
  const found = await ports.transactions.find(params.chargePointId, transactionId);
  if (found) return found;
  throw new Problem('transaction-unknown', 'List the transactions of the charge point for those that are known.');
}

export const transactionOperations = [listTransactions, listOfChargePoint, getTransaction, getMeterValues];
