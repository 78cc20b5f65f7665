import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { call } from '../../test/memory/call.js';
import type { Protocol } from '../ocpp/protocol.js';

const v2x = ['ocpp2.0.1', 'ocpp2.1'] as const;
const accepted = { status: 'Accepted' };

/** A report as it is asked for, and as it comes: in two parts, of whatever items. */
interface Report {
  action: string;
  request: object;
  kind: string;
  part:
    | 'NotifyReport'
    | 'NotifyMonitoringReport'
    | 'NotifyCustomerInformation'
    | 'NotifyDisplayMessages'
    | 'ReportDERControl';
}

const reports: Report[] = [
  { action: 'GetBaseReport', request: { reportBase: 'FullInventory' }, kind: 'report', part: 'NotifyReport' },
  { action: 'GetReport', request: { componentCriteria: ['Active'] }, kind: 'report', part: 'NotifyReport' },
  { action: 'GetMonitoringReport', request: {}, kind: 'monitoring-report', part: 'NotifyMonitoringReport' },
  {
    ...{ action: 'CustomerInformation', request: { report: true, clear: false, customerIdentifier: 'c' } },
    ...{ kind: 'customer-information', part: 'NotifyCustomerInformation' },
  },
  { action: 'GetDisplayMessages', request: {}, kind: 'display-messages', part: 'NotifyDisplayMessages' },
];
const ofVersions = [
  ...v2x.flatMap((protocol) => reports.map((report) => ({ protocol, ...report }))),
  {
    ...{ protocol: 'ocpp2.1' as const, action: 'GetDERControl', request: {} },
    ...{ kind: 'der-controls', part: 'ReportDERControl' as const },
  },
];

const of = { component: { name: 'EVSE' }, variable: { name: 'Power' } };
const monitor = { value: 1, transaction: false, type: 'UpperThreshold', severity: 4 };
const items: Record<Report['part'], (id: number, protocol: Protocol) => object> = {
  NotifyReport: () => ({}),
  NotifyCustomerInformation: () => ({ data: 'Doe' }),
  NotifyMonitoringReport: (id, protocol) => ({
    monitor: [
      {
        ...of,
        variableMonitoring: [
          { id, ...monitor, ...(protocol === 'ocpp2.1' && { eventNotificationType: 'CustomMonitor' }) },
        ],
      },
    ],
  }),
  NotifyDisplayMessages: (id) => ({
    messageInfo: [{ id, priority: 'NormalCycle', message: { format: 'UTF8', content: 'Hello' } }],
  }),
  ReportDERControl: (id) => ({
    gradient: [{ id: String(id), gradient: { priority: 1, gradient: 1, softGradient: 1 } }],
  }),
};

async function connected(protocol: Protocol, { action, request, kind, part }: Report) {
  const all = await connectedTo(protocol);
  const { memory, ask, reply } = all;
  const start = memory.clock.now();
  const hasNumbers = part !== 'NotifyDisplayMessages' && part !== 'ReportDERControl';
  return {
    ...all,
    /** @returns the id of the command */
    ask: (more: object = {}, requestId = 7) => ask(action, { requestId, ...request, ...more }),
    accept: (id: string, seconds = 1) => reply(id, accepted, seconds),
    /** Part `n` of two, about item `n`, received `seconds` after the beginning. */
    tell(n: 0 | 1, seconds: number, requestId = 7) {
      const receivedAt = new Date(start.getTime() + seconds * 1_000);
      const numbers = { seqNo: n, generatedAt: receivedAt.toISOString() };
      const payload = { requestId, tbc: n === 0, ...(hasNumbers && numbers), ...items[part](n, protocol) };
      return call(memory, protocol, part, payload, receivedAt);
    },
    job: (requestId = 7) => structuredClone(memory.jobs.items.get(`CP1/${kind}#${requestId}`)),
    statuses: (requestId = 7) => memory.jobs.items.get(`CP1/${kind}#${requestId}`)?.statuses.map((one) => one.status),
  };
}

describe.each(ofVersions)('$protocol $action', ({ protocol, ...report }) => {
  it('that is accepted is a job, which receives its parts and is complete', async () => {
    const { ask, accept, tell, job, statuses } = await connected(protocol, report);
    await accept(await ask());
    expect([job()?.asked?.commandId, statuses()]).toEqual(['ask-1', []]);
    await tell(0, 2);
    expect(statuses()).toEqual(['Receiving']);
    await tell(1, 3);
    expect([job()?.asked?.commandId, statuses()]).toEqual(['ask-1', ['Receiving', 'Complete']]);
  });

  it('is the same job when its parts come before its answer, and when all is told twice', async () => {
    const one = await connected(protocol, report);
    await one.accept(await one.ask(), 0);
    await one.tell(0, 2);
    await one.tell(1, 3);

    const other = await connected(protocol, report);
    const id = await other.ask();
    for (const n of [0, 0, 1, 1] as const) await other.tell(n, n + 2);
    await other.accept(id, 0);
    await other.accept(id, 5);
    await other.tell(0, 2);
    expect(other.job()).toEqual(one.job());
    expect(other.memory.inventory.items).toEqual(one.memory.inventory.items);
  });

  it('that uses a number again has not begun before its own parts come', async () => {
    const { memory, ask, accept, tell, job, statuses } = await connected(protocol, report);
    await accept(await ask());
    await tell(0, 2);
    await tell(1, 3);
    memory.clock.advance(10_000);
    await accept(await ask());
    await tell(1, 3);
    expect([job()?.asked?.commandId, statuses()]).toEqual(['ask-2', []]);
    await tell(1, 12);
    expect(statuses()?.[0]).toBe('Receiving');
    await tell(0, 11);
    expect([job()?.asked?.commandId, statuses()]).toEqual(['ask-2', ['Receiving', 'Complete']]);
  });

  it.each(['Rejected', 'NotSupported', 'EmptyResultSet', 'Invalid', 'Unknown', 'NotFound'])(
    '%s is no job',
    async (status) => {
      const { ask, reply, memory } = await connected(protocol, report);
      await reply(await ask(), { status }, 1);
      expect(memory.jobs.items.size).toBe(0);
    },
  );
});
