import { describe, expect, it } from 'vitest';
import { call } from '../../test/memory/call.js';
import { inMemory, type Memory } from '../../test/memory/index.js';

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('%s N09 NotifyCustomerInformation', (protocol) => {
  const tell = (memory: Memory, seqNo: number, data: string, tbc: boolean) =>
    call(memory, protocol, 'NotifyCustomerInformation', {
      ...{ requestId: 7, seqNo, tbc, data, generatedAt: memory.clock.now().toISOString() },
    });
  const job = (memory: Memory) => memory.jobs.items.get('CP1/customer-information#7');

  it('is kept with its report for a week, in the order of its parts, whichever comes first', async () => {
    const memory = inMemory();
    expect(await tell(memory, 1, 'Doe', false)).toEqual([3, 'm1', {}]);
    await tell(memory, 0, 'Jane ', true);
    await tell(memory, 0, 'Jane ', true);
    expect(Object.values(job(memory)?.parts?.texts ?? {}).join('')).toBe('Jane Doe');
    expect(job(memory)?.expiresAt).toBe('2026-01-09T03:04:05.000Z');
  });

  it('is in no event, which only tell that it is there', async () => {
    const memory = inMemory();
    await tell(memory, 0, 'Jane Doe', false);
    expect(memory.events.emitted).toMatchObject([{ name: 'report-complete', kind: 'customer-information', parts: 1 }]);
    expect(JSON.stringify(memory.events.emitted)).not.toContain('Jane');
  });

  it('is forgotten when its week is over, also where the number is used again', async () => {
    const memory = inMemory();
    await tell(memory, 0, 'Jane ', true);
    memory.clock.advance(7 * 86_400_000);
    await tell(memory, 0, 'John Doe', false);
    expect(job(memory)?.parts?.texts).toEqual({ 0: 'John Doe' });
  });

  it('N10: that everything was cleared is an answer too', async () => {
    const memory = inMemory();
    await tell(memory, 0, '', false);
    expect(job(memory)?.parts?.texts).toEqual({ 0: '' });
  });
});
