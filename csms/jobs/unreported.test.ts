import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectedTo } from '../../test/memory/ask.js';
import { call } from '../../test/memory/call.js';
import type { ItemKind } from '../inventory/ports.js';
import type { Protocol } from '../ocpp/protocol.js';

/** What names all of its kind, unless it is asked for less. */
interface Listing {
  protocol: Protocol;
  action: string;
  kind: ItemKind;
  /** Requests that ask for less. */
  filters: object[];
  /** The answer that there is nothing. */
  none: string;
  part: string;
  /** What a part says of these items. */
  items(ids: number[]): object;
}

const of = { component: { name: 'EVSE' }, variable: { name: 'Power' } };
const threshold = { value: 1, transaction: false, type: 'UpperThreshold', severity: 4 };
const text = { priority: 'NormalCycle', message: { format: 'UTF8', content: 'Hello' } };

const listings = (['ocpp2.0.1', 'ocpp2.1'] as const).flatMap((protocol): Listing[] => [
  {
    ...{ protocol, action: 'GetMonitoringReport', kind: 'monitor', none: 'EmptyResultSet' },
    filters: [{ monitoringCriteria: ['DeltaMonitoring'] }, { componentVariable: [of] }],
    part: 'NotifyMonitoringReport',
    items: (ids) => {
      const set = protocol === 'ocpp2.1' ? { eventNotificationType: 'CustomMonitor' } : {};
      const variableMonitoring = ids.map((id) => ({ id, ...threshold, ...set }));
      return ids.length > 0 ? { monitor: [{ ...of, variableMonitoring }] } : {};
    },
  },
  {
    ...{ protocol, action: 'GetDisplayMessages', kind: 'display-message', none: 'Unknown' },
    filters: [{ id: [1] }, { priority: 'NormalCycle' }, { state: 'Idle' }],
    part: 'NotifyDisplayMessages',
    items: (ids) => (ids.length > 0 ? { messageInfo: ids.map((id) => ({ id, ...text })) } : {}),
  },
]);
listings.push({
  ...{ protocol: 'ocpp2.1', action: 'GetDERControl', kind: 'der-control', none: 'NotFound' },
  filters: [{ isDefault: false }, { controlType: 'Gradients' }, { controlId: '1' }],
  part: 'ReportDERControl',
  items: (ids) => {
    const gradient = { priority: 1, gradient: 1, softGradient: 1 };
    return ids.length > 0 ? { gradient: ids.map((id) => ({ id: String(id), gradient })) } : {};
  },
});

/** A charge point of which three are known, a second before it is asked for them. */
async function knowing({ protocol, action, kind, part, items }: Listing) {
  const { memory, ask, reply } = await connectedTo(protocol);
  const { inventory, clock } = memory;
  const put = (id: number) =>
    inventory.put({ chargePointId: 'CP1', kind, key: String(id), at: clock.now(), detail: {} });
  for (const id of [1, 2, 3]) await put(id);
  clock.advance(1_000);
  const hasNumbers = part === 'NotifyMonitoringReport';
  return {
    ...{ memory, reply, put },
    ask: (filter: object = {}) => ask(action, { requestId: 7, ...filter }),
    /** A part, received so many seconds after the request was sent. */
    tell(seqNo: number, ids: number[], tbc: boolean, seconds = seqNo + 1, requestId = 7) {
      const receivedAt = new Date(start + seconds * 1_000);
      const numbers = { seqNo, generatedAt: receivedAt.toISOString() };
      const payload = { requestId, tbc, ...(hasNumbers && numbers), ...items(ids) };
      return call(memory, protocol, part, payload, receivedAt);
    },
    keys: async () => (await inventory.list('CP1', kind)).map(({ key }) => Number(key)),
  };
}
const start = Date.parse('2026-01-02T03:04:07.000Z');

describe.each(listings)('$protocol $action', (listing) => {
  it('of all: what the report does not name is gone, when it is complete', async () => {
    const { ask, reply, tell, keys } = await knowing(listing);
    await reply(await ask(), { status: 'Accepted' });
    await tell(0, [1], true);
    expect(await keys()).toEqual([1, 2, 3]);
    await tell(1, [3, 4], false);
    expect(await keys()).toEqual([1, 3, 4]);
  });

  it('of all that names none: nothing is left', async () => {
    const { ask, reply, tell, keys } = await knowing(listing);
    await reply(await ask(), { status: 'Accepted' });
    await tell(0, [], false);
    expect(await keys()).toEqual([]);
  });

  it('of all leaves the same in whatever order its parts and its answer come, and however often', async () => {
    const told = ['answer', 0, 1, 2] as const;
    const orders = fc.shuffledSubarray([...told, ...told], { minLength: 2 * told.length });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const { ask, reply, tell, keys } = await knowing(listing);
        const id = await ask();
        for (const one of order) {
          if (one === 'answer') await reply(id, { status: 'Accepted' });
          else await tell(one, [[1], [4], [3]][one] ?? [], one < 2);
        }
        expect(await keys()).toEqual([1, 3, 4]);
      }),
      { numRuns: 20 },
    );
  });

  it.each(listing.filters)('by %j: its report removes nothing, nor that there is none', async (filter) => {
    const { ask, reply, tell, keys } = await knowing(listing);
    await reply(await ask(filter), { status: 'Accepted' });
    await tell(0, [1], false);
    await reply(await ask(filter), { status: listing.none }, 5);
    expect(await keys()).toEqual([1, 2, 3]);
  });

  it(`of all, ${listing.none}: there are none, but those that came since it was asked for`, async () => {
    const { memory, ask, reply, put, keys } = await knowing(listing);
    const id = await ask();
    memory.clock.advance(1_000);
    await put(4);
    await reply(id, { status: listing.none });
    expect(await keys()).toEqual([4]);
  });

  it('of all: what was set since it was asked for stays, though the report does not name it', async () => {
    const { memory, ask, reply, put, tell, keys } = await knowing(listing);
    await reply(await ask(), { status: 'Accepted' });
    memory.clock.advance(2_000);
    await put(2);
    await put(5);
    await tell(0, [1], false, 1);
    expect(await keys()).toEqual([1, 2, 5]);
  });

  it('of all: told again after something was removed or set, brings nothing back and removes nothing', async () => {
    const { memory, ask, reply, put, tell, keys } = await knowing(listing);
    const id = await ask();
    await reply(id, { status: 'Accepted' });
    await tell(0, [1, 2], false, 1);
    memory.clock.advance(5_000);
    await memory.inventory.remove('CP1', listing.kind, '1', memory.clock.now());
    await put(6);
    await tell(0, [1, 2], false, 1);
    await reply(id, { status: 'Accepted' });
    expect(await keys()).toEqual([2, 6]);
  });

  it('that nobody asked for, of another number, or from before it was asked for: its report removes nothing', async () => {
    const { ask, reply, tell, keys } = await knowing(listing);
    await tell(0, [1], false, -0.5);
    expect(await keys()).toEqual([1, 2, 3]);
    await reply(await ask(), { status: 'Accepted' });
    await tell(0, [1], false, 1, 8);
    await tell(0, [1], false, -0.5);
    expect(await keys()).toEqual([1, 2, 3]);
  });

  it('Rejected: nothing is known of them', async () => {
    const { ask, reply, keys } = await knowing(listing);
    await reply(await ask(), { status: 'Rejected' });
    expect(await keys()).toEqual([1, 2, 3]);
  });
});
