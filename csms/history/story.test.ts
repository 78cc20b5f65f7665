import { describe, expect, it } from 'vitest';
import { calling } from '../../test/memory/calling.js';
import { chargePoint } from '../../test/memory/charge-point.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory, type Memory } from '../../test/memory/index.js';
import { deliver } from '../deliver.js';
import { receive } from '../receive.js';

const kept = (memory: Memory) =>
  [...memory.history.entries.values()].map(({ kind, at, detail }) => ({ kind, at: at.toISOString(), ...detail }));

describe('what happens to a charge point is kept', () => {
  it('that it connected, since when, and how the connection before ended', async () => {
    const memory = inMemory();
    const cp = chargePoint(memory);
    const since = memory.clock.now().toISOString();
    await cp.connect('c1');
    await elapse(memory, 1_000);
    const closedAt = memory.clock.now().toISOString();
    await cp.close('c1', 1006);
    await elapse(memory, 5_000);
    const again = memory.clock.now().toISOString();
    await cp.connect('c2');
    await elapse(memory, 120_000);
    const lastDisconnect = { since: closedAt, reason: 'closed with 1006' };
    const connection = { kind: 'connected', protocol: 'ocpp2.0.1' };
    expect(kept(memory)).toEqual([
      { ...connection, at: since, connectionId: 'c1', since },
      { ...connection, at: again, connectionId: 'c2', since: again, lastDisconnect },
    ]);
    expect((await memory.connections.read('CP1')).gone).toEqual(lastDisconnect);
  });

  it('that it is gone, a minute later, as of when it went', async () => {
    const memory = inMemory();
    const cp = chargePoint(memory);
    await cp.connect('c1');
    await elapse(memory, 1_000);
    const at = memory.clock.now().toISOString();
    await cp.close('c1', 1006);
    await elapse(memory, 120_000);
    expect(kept(memory).at(-1)).toEqual({ kind: 'disconnected', at, since: at, reason: 'closed with 1006' });
  });

  it('that a frame was too large, once, however often that is told', async () => {
    const memory = inMemory();
    const cp = chargePoint(memory);
    await cp.connect('c1');
    await elapse(memory, 1_000);
    for (const _ of ['told', 'told again']) await cp.tell('c1', 1009);
    const tooLarge = kept(memory).filter(({ kind }) => kind === 'frame-too-large');
    expect(tooLarge).toMatchObject([{ connectionId: 'c1', code: 'frame-too-large' }]);
  });

  it('that a message was refused, by its id', async () => {
    const memory = inMemory();
    await calling(memory, 'ocpp1.6').frame('Dance', {});
    expect(kept(memory)).toMatchObject([{ kind: 'frame-refused', code: 'action-not-known', action: 'Dance' }]);
    expect(kept(memory)[0]).toHaveProperty('messageId');
  });

  it('that a text is no frame, without the text', async () => {
    const memory = inMemory();
    const received = { chargePointId: 'CP1', connectionId: 'c1', protocol: 'ocpp1.6' as const, connectedAt: 0 };
    await receive({ ...received, text: '{"password":"secret"' }, memory);
    expect(kept(memory)).toMatchObject([{ kind: 'frame-refused', code: 'not-a-frame' }]);
    expect(JSON.stringify(kept(memory))).not.toContain('secret');
  });

  it('that an answer came to nothing, and where: told twice it is one', async () => {
    const memory = inMemory();
    const publishedAt = memory.clock.now();
    const answer = { text: '[3,"m1",{}]', connectionId: 'gone', receivedAt: publishedAt, isContested: false };
    for (const _ of ['told', 'told again']) await deliver({ chargePointId: 'CP1', publishedAt, ...answer }, memory);
    const at = publishedAt.toISOString();
    expect(kept(memory)).toEqual([{ kind: 'not-delivered', at, code: 'answer-without-connection', messageId: 'm1' }]);
  });

  it('that a CALL never became a command', async () => {
    const memory = inMemory();
    const publishedAt = memory.clock.now();
    const call = { text: '[2,"m1","Reset",{}]', connectionId: undefined, receivedAt: undefined, isContested: false };
    expect(await deliver({ chargePointId: 'CP9', publishedAt, ...call }, memory)).toBe('charge-point-unknown');
    expect(kept(memory)).toMatchObject([{ kind: 'not-delivered', code: 'charge-point-unknown', action: 'Reset' }]);
  });
});
