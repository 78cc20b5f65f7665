import { bigTask, busy, groupId, metered, site } from './seed.js';

const day = 24 * 60 * 60_000;

/** By operation of the API, the first page of each list with each filter that it has. */
export function requestsOf(now: number): Record<string, string[]> {
  const ago = (days: number) => new Date(now - days * day).toISOString();
  const inWeek = `from=${ago(30)}&to=${ago(23)}`;
  const inTwoMonths = `from=${ago(60)}&to=${ago(0)}`;
  const ofBusy = `/charge-points/${busy}`;
  return {
    listChargePoints: [
      '/charge-points',
      '/charge-points?limit=100',
      `/charge-points?site=${encodeURIComponent(site)}`,
      '/charge-points?label=bench',
    ],
    listTransactions: [
      ...['/transactions', '/transactions?limit=100', '/transactions?status=open'],
      ...[`/transactions?site=${encodeURIComponent(site)}`, `/transactions?site=${encodeURIComponent(site)}&${inWeek}`],
      ...[`/transactions?${inWeek}`, `/transactions?${inTwoMonths}`, `/transactions?${inTwoMonths}&limit=100`],
      // What that month has until then is fewer than a page: the month before is asked as well.
      `/transactions?from=${ago(60)}&to=${monthBegan(now)}`,
    ],
    listTransactionsOfChargePoint: [`${ofBusy}/transactions`, `${ofBusy}/transactions?${inTwoMonths}`],
    getMeterValues: [`${ofBusy}/transactions/${metered}/meter-values`],
    listCommands: [`${ofBusy}/commands`, `${ofBusy}/commands?status=queued`],
    listHistory: [`${ofBusy}/history?kind=security-event`, `${ofBusy}/history?kind=security-event&${inWeek}`],
    listMessages: [`${ofBusy}/messages`, `${ofBusy}/messages?${inWeek}`],
    listFrames: ['/frames'],
    listFramesOfChargePoint: [`${ofBusy}/frames`],
    listVariables: [`${ofBusy}/variables`, `${ofBusy}/variables?component=Component7`],
    listInventory: [`${ofBusy}/inventory?kind=charging-profile`],
    listJobs: [`${ofBusy}/jobs`, `${ofBusy}/jobs?kind=log`],
    listKnocks: ['/knocks'],
    listTasks: ['/tasks'],
    listChargePointsOfTask: [`/tasks/${bigTask}/charge-points`],
    listIdTokens: ['/id-tokens', '/id-tokens?limit=100', `/id-tokens?groupId=${groupId}`],
    listApiTokens: ['/api-tokens'],
    listChanges: ['/audit', `/audit?${inWeek}`, `/audit?about=charge-points/${busy}`],
  };
}

/** Ten minutes after last month began: most of a page lies before. */
function monthBegan(now: number): string {
  return `${new Date(now - 30 * day).toISOString().slice(0, 7)}-01T00:10:00.000Z`;
}
