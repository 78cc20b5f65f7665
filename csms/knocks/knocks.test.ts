import { describe, expect, it } from 'vitest';
import { inMemory } from '../../test/memory/index.js';
import { coarsely, mostAtOnce } from './coarse.js';
import type { Knock } from './ports.js';

function door() {
  const { clock, knocks } = inMemory();
  const knocked = coarsely(knocks);
  const knock = (more: Partial<Knock> = {}) =>
    knocked({ chargePointId: 'CP1', code: 'not-registered', at: clock.now(), hasCredentials: false, ...more });
  return { clock, knocks, knock };
}

describe('a refused handshake', () => {
  it('is kept with when and from where it came, and what it brought', async () => {
    const { clock, knocks, knock } = door();
    const brought = { address: '192.0.2.7', subprotocols: 'ocpp1.6', userAgent: 'Wallbox/1.0', hasCredentials: true };
    await knock(brought);
    const at = clock.now();
    expect(await knocks.of('CP1')).toEqual([
      { chargePointId: 'CP1', code: 'not-registered', at, firstAt: at, times: 1, ...brought },
    ]);
  });

  it('that is one of many is written once a minute, with how many there were', async () => {
    const { clock, knocks, knock } = door();
    for (let seconds = 0; seconds <= 60; seconds += 10) {
      await knock();
      clock.advance(10_000);
    }
    expect(knocks.written).toBe(2);
    expect(await knocks.of('CP1')).toMatchObject([{ times: 7, at: new Date(clock.millis - 10_000) }]);
  });

  it('for another reason is another', async () => {
    const { knocks, knock } = door();
    await knock();
    await knock({ code: 'wrong-password' });
    expect(await knocks.of('CP1')).toHaveLength(2);
  });

  it('of somebody who tries identities out is written twenty times a minute at most', async () => {
    const { clock, knocks, knock } = door();
    for (let i = 0; i < 1_000; i++) await knock({ chargePointId: `guess-${i}` });
    expect(knocks.written).toBe(mostAtOnce);
    clock.advance(60_000);
    await knock({ chargePointId: 'CP1' });
    expect(await knocks.of('CP1')).toHaveLength(1);
  });

  it('of a name that no thing can have is not kept, and of long headers their beginning is', async () => {
    const { knocks, knock } = door();
    await knock({ chargePointId: 'x'.repeat(129) });
    expect(knocks.written).toBe(0);
    await knock({ userAgent: 'y'.repeat(5_000), subprotocols: 'z'.repeat(5_000) });
    expect(await knocks.of('CP1')).toMatchObject([{ userAgent: 'y'.repeat(200), subprotocols: 'z'.repeat(200) }]);
  });
});
