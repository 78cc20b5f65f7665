import { beforeEach, describe, expect, it } from 'vitest';
import type { Exchange } from '../../csms/messages/ports.js';
import { apiInMemory, now } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await world.ask('POST /charge-points', { body: { chargePointId: 'CP1' } });
});

const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const said = (messageId: string, at: Date, more: Partial<Exchange> = {}) =>
  world.ports.messages.add({
    ...{ chargePointId: 'CP1', messageId, at, connectionId: 'c1', protocol: 'ocpp1.6' },
    ...{ askedBy: 'charge-point', action: 'Authorize', request: { idTag: 'A' } },
    ...more,
  });

/** The ids of all pages, one message each. */
async function listed(query = ''): Promise<string[]> {
  const ids: string[] = [];
  let next: string | undefined;
  do {
    const { body } = await world.ask(`GET /charge-points/CP1/messages?limit=1${query}${next ? `&cursor=${next}` : ''}`);
    ids.push(...body.items.map(({ messageId }: Exchange) => messageId));
    next = body.next;
  } while (next);
  return ids;
}

describe('messages', () => {
  it('are told with their answer, who gave it and how fast', async () => {
    const answer = { by: 'csms', answeredAt: new Date(now.getTime() + 42), type: 'CALLRESULT', payload: {} } as const;
    await said('m1', now, { answer });
    const { body } = await world.ask('GET /charge-points/CP1/messages', { who: 'operator' });
    expect(body).toEqual({
      items: [
        {
          ...{ at: now.toISOString(), messageId: 'm1', connectionId: 'c1', protocol: 'ocpp1.6' },
          ...{ askedBy: 'charge-point', action: 'Authorize', request: { payload: { idTag: 'A' } } },
          answer: { by: 'csms', type: 'CALLRESULT', latency: 42, payload: {} },
        },
      ],
    });
  });

  it('that are long are told as they begin', async () => {
    await said('m1', now, { request: { data: 'x'.repeat(5_000) } });
    const [{ request }] = (await world.ask('GET /charge-points/CP1/messages')).body.items;
    expect(request).toEqual({ payload: `{"data":"${'x'.repeat(4_087)}`, cutFrom: 5_011 });
  });

  it('are listed by time, the newest first', async () => {
    for (const count of [1, 2, 3, 4]) await said(`m${count}`, minutes(count));
    expect(await listed()).toEqual(['m4', 'm3', 'm2', 'm1']);
    expect(await listed(`&from=${minutes(2).toISOString()}&to=${minutes(3).toISOString()}`)).toEqual(['m3', 'm2']);
  });

  it('are for operators: frames may carry what a viewer is not to see', async () => {
    expect(await world.ask('GET /charge-points/CP1/messages', { who: 'viewer' })).toMatchObject({ status: 403 });
  });

  it('of a charge point that is not registered are none', async () => {
    expect(await world.ask('GET /charge-points/CP9/messages')).toMatchObject({ status: 404 });
  });
});
