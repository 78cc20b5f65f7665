import { beforeEach, describe, expect, it } from 'vitest';
import { apiInMemory, furnish, now } from '../../test/memory/api.js';

let world: Awaited<ReturnType<typeof apiInMemory>>;
beforeEach(async () => {
  world = await apiInMemory();
  await furnish(world);
});

const keep = (kind: 'frame' | 'monitor-event', detail: object) =>
  world.ports.history.add({ chargePointId: 'CP1', kind, at: now, id: 'one', detail });
const read = (kind: string, who: 'viewer' | 'operator' | 'admin') =>
  world.ask(`GET /charge-points/CP1/history?kind=${kind}`, { who });

describe('what a charge point told', () => {
  it.each([
    ['viewer', 403],
    ['operator', 200],
    ['admin', 200],
  ] as const)('frames that are to be repaired may have anything in them: for a %s %d', async (who, status) => {
    const frame = '[2,"m1","StartTransaction",{"password":"secret"}]';
    await keep('frame', { frame, protocol: 'ocpp1.6', why: 'FormationViolation' });
    const answer = await read('frame', who);
    expect(answer.status).toBe(status);
    expect(answer.text.includes('secret')).toBe(status === 200);
    if (status === 200) expect(answer.body.items[0].detail.frame).toBe(frame);
    else expect(answer.body.code).toBe('role-too-low');
  });

  it('has no secrets in it', async () => {
    const about = { component: { name: 'NetworkConfiguration' }, variable: { name: 'ApnPassword' } };
    await keep('monitor-event', { ...about, actualValue: 'secret' });
    const { body } = await read('monitor-event', 'viewer');
    expect(body.items[0].detail).toEqual({ ...about, actualValue: '***' });
  });

  it('is told of all kinds, if none is named, and to a viewer without frames', async () => {
    await keep('frame', { frame: '[2,"m1","StartTransaction",{' });
    const kindsFor = async (who: 'viewer' | 'operator') => {
      const { body } = await world.ask('GET /charge-points/CP1/history', { who });
      return new Set(body.items.map(({ kind }: { kind: string }) => kind));
    };
    expect(await kindsFor('operator')).toEqual(new Set(['security-event', 'frame']));
    expect(await kindsFor('viewer')).toEqual(new Set(['security-event']));
  });
});
