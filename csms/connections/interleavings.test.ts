import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargePoint } from '../../test/memory/charge-point.js';
import { elapse } from '../../test/memory/elapse.js';
import { inMemory } from '../../test/memory/index.js';
import { actOn } from '../timers.js';
import { opened } from './life.js';

/** What may happen next to a charge point's connections. `n` picks one of those there are. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('dial' as const) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('complete' as const), n: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('drop', 'tell', 'duplicate') as fc.Arbitrary<'drop' | 'tell' | 'duplicate'>,
      n: fc.nat(9),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('timer' as const), n: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('wait' as const), n: fc.integer({ min: 1, max: 4_000 }) }) },
  /** With a scheduler: so many of the calls under way take effect. */
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('turns' as const), n: fc.integer({ min: 1, max: 6 }) }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** API Gateway gives a handshake up by then. */
const gatewayPatience = 29_000;

interface Socket {
  id: string;
  /** Its handshake was answered as the nth. */
  order: number;
  /** When it was answered, in milliseconds since 1970. */
  at: number;
  state: 'dialled' | 'open' | 'dropped';
}

/** Plays steps one after the other or, with a scheduler, at once, interleaved as it says. Returns what came of it. */
async function play(steps: Step[], scheduler?: fc.Scheduler) {
  const memory = inMemory(scheduler ? { turn: () => scheduler.schedule(Promise.resolve()) } : {});
  const cp = chargePoint(memory);
  const sockets: Socket[] = [];
  const faults: string[] = [];
  let dialled = 0;
  const running: Promise<unknown>[] = [];
  const run = async (work: Promise<unknown>) => {
    if (scheduler) running.push(work);
    else await work;
  };

  const { close } = memory.sockets;
  memory.sockets.close = async (connectionId) => {
    const others = [...memory.sockets.open.keys()].filter((id) => id !== connectionId);
    const { current, previous, opening } = await memory.connections.read('CP1');
    const isKnown = [current, previous, ...opening].some((one) => one?.connectionId === connectionId);
    if (memory.sockets.open.has(connectionId) && isKnown && others.length === 0) faults.push(connectionId);
    await close.call(memory.sockets, connectionId);
  };
  memory.sockets.onClose = (connectionId) => void cp.tell(connectionId, 1000);

  for (const next of steps) {
    const pick = (state: Socket['state']) => {
      const all = sockets.filter((socket) => socket.state === state);
      return 'n' in next ? all[next.n % all.length] : undefined;
    };
    switch (next.kind) {
      case 'dial': {
        memory.clock.advance(1);
        const order = ++dialled;
        const socket: Socket = { id: `c${order}`, order, at: memory.clock.millis, state: 'dialled' };
        // The handshake can complete only after it was answered.
        await run(cp.dial(socket.id).then(() => sockets.push(socket)));
        break;
      }
      case 'complete': {
        const socket = pick('dialled');
        if (!socket || memory.clock.millis - socket.at > gatewayPatience) break;
        socket.state = 'open';
        memory.sockets.connect(socket.id);
        break;
      }
      case 'drop': {
        const socket = pick('open');
        if (!socket) break;
        socket.state = 'dropped';
        memory.sockets.drop(socket.id);
        break;
      }
      case 'tell': {
        const socket = pick('dropped');
        if (socket) await run(cp.tell(socket.id));
        break;
      }
      case 'duplicate': {
        const timer = memory.timers.pending[next.n % memory.timers.pending.length];
        if (timer) memory.timers.pending.push(timer);
        break;
      }
      case 'timer': {
        const timer = memory.timers.pending.splice(next.n % (memory.timers.pending.length || 1), 1)[0];
        if (timer) await run(actOn(timer, memory));
        break;
      }
      case 'wait':
        memory.clock.advance(next.n);
        break;
      case 'turns':
        for (let i = 0; i < next.n && scheduler?.count(); i++) await scheduler.waitOne();
        break;
    }
  }
  await scheduler?.waitFor(Promise.all(running));
  return { memory, cp, sockets, faults };
}

/** Lets everything that is under way come to its end. */
async function settle({ memory, cp, sockets }: Awaited<ReturnType<typeof play>>, scheduler?: fc.Scheduler) {
  const settled = (async () => {
    await elapse(memory, 90_000);
    for (const socket of sockets) if (socket.state === 'dropped') await cp.tell(socket.id);
    await elapse(memory, 90_000);
  })();
  await (scheduler ? scheduler.waitFor(settled) : settled);
}

/** The newest connection that came to be is current, unless its client closed it. Of those on record none was closed that was the only one. */
function expectSettled({ memory, sockets, faults }: Awaited<ReturnType<typeof play>>) {
  expect(faults).toEqual([]);
  const record = memory.connections.records.get('CP1');
  const newest = sockets.filter((socket) => socket.state !== 'dialled').toSorted((a, b) => b.order - a.order)[0];
  if (newest?.state === 'open') {
    expect(record?.current?.connectionId).toBe(newest.id);
    expect([...memory.sockets.open.keys()]).toContain(newest.id);
  }
  expect(record?.opening ?? []).toEqual([]);
  if (record?.current) expect([...memory.sockets.open.keys()]).toContain(record.current.connectionId);
}

describe('a charge point’s connections', () => {
  it('whatever happens to them: the newest is current and open, and never is the only one closed by us', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const played = await play(steps);
        await settle(played);
        expectSettled(played);
      }),
      { numRuns: 1_000 },
    );
  });

  it('however the calls of the ports interleave', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), fc.scheduler(), async (steps, scheduler) => {
        const played = await play(steps, scheduler);
        await settle(played, scheduler);
        expectSettled(played);
      }),
      { numRuns: 500 },
    );
  });

  it('no change of the record is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 8 }), fc.scheduler(), async (n, scheduler) => {
        const memory = inMemory({ turn: () => scheduler.schedule(Promise.resolve()) });
        const since = memory.clock.now().toISOString();
        const changes = Array.from({ length: n }, (_, i) =>
          memory.connections.change('CP1', (record) =>
            opened(record, { connectionId: `c${i}`, protocol: 'ocpp1.6', since }),
          ),
        );
        await scheduler.waitFor(Promise.all(changes));
        expect(memory.connections.records.get('CP1')?.opening).toHaveLength(n);
      }),
    );
  });
});
