import { beforeEach, describe, expect, it } from 'vitest';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { coarsely } from './coarse.js';
import type { EntryKind, History } from './ports.js';

let memory: Memory;
let history: History;
beforeEach(() => {
  memory = inMemory();
  history = coarsely(memory.history, memory.clock);
});

const deviations = [{ path: '/mood', what: 'unknown-member', was: '"good"' }];
const deviation = { protocol: 'ocpp1.6', action: 'Heartbeat', deviations };
const refused = { code: 'action-not-known', action: 'Dance' };

/** Told a second later than what was told before. */
async function told(kind: EntryKind, detail: object, chargePointId = 'CP1'): Promise<void> {
  memory.clock.advance(1_000);
  await history.add({ chargePointId, kind, at: memory.clock.now(), id: 'e', detail });
}
const kept = () => memory.history.entries.size;

describe('what a charge point does wrong in every message', () => {
  it.each<[EntryKind, object]>([
    ['protocol-deviation', deviation],
    ['frame-refused', refused],
    ['not-delivered', { code: 'answer-too-late', messageId: 'm1' }],
  ])('is kept once an hour: %s', async (kind, detail) => {
    for (const messageId of ['m1', 'm2', 'm3']) await told(kind, { ...detail, messageId });
    expect(kept()).toBe(1);
    memory.clock.advance(60 * 60_000);
    await told(kind, detail);
    expect(kept()).toBe(2);
  });

  it.each<[string, EntryKind, object, object]>([
    ['another action', 'protocol-deviation', deviation, { ...deviation, action: 'Authorize' }],
    ['another place', 'protocol-deviation', deviation, { ...deviation, deviations: [{ path: '/x', what: 'empty' }] }],
    ['that it was refused', 'protocol-deviation', deviation, { ...deviation, refused: true }],
    ['another reason', 'frame-refused', refused, { ...refused, code: 'not-accepted' }],
  ])('is kept again for %s', async (_, kind, one, other) => {
    await told(kind, one);
    await told(kind, other);
    expect(kept()).toBe(2);
  });

  it('says nothing of what another one does', async () => {
    await told('protocol-deviation', deviation);
    await told('protocol-deviation', deviation, 'CP2');
    expect(kept()).toBe(2);
  });

  it('is not kept when it could not be, and so is when it comes again', async () => {
    const { add } = memory.history;
    memory.history.add = () => Promise.reject(new Error('throttled'));
    await expect(told('frame-refused', refused)).rejects.toThrow('throttled');
    memory.history.add = add.bind(memory.history);
    await told('frame-refused', refused);
    expect(kept()).toBe(1);
  });
});

it('everything else is kept each time', async () => {
  for (let i = 0; i < 3; i++) await told('boot', { reason: 'PowerUp' });
  expect(kept()).toBe(3);
});
