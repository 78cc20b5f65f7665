// biome-ignore-all lint/plugin: the only place that asks the machine, so that nothing else has to.
/** The one source of time of the embedded AWS. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `ms` milliseconds; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
}

/** A clock that others can move on while nothing is going on, and that functions have too. */
export interface AccountClock extends Clock {
  /** Says that `work` is going on: nobody moves the time on before it is over. @returns `work` */
  during<T>(work: Promise<T>): Promise<T>;
  /** How many milliseconds it is ahead of the machine's time, in memory that other threads share. */
  readonly skew: BigInt64Array<SharedArrayBuffer>;
}

/** The machine's time, and further on by as much as somebody moved it forward. */
export interface MovableClock extends AccountClock {
  /** Resolves when nothing is going on any more but waiting. */
  idle(): Promise<void>;
  /** Moves on by `ms`. What falls due on the way happens at its time, and all that follows from it before the next. */
  advance(ms: number): Promise<void>;
  /** The same, while something is going on that takes longer: nobody waits for what follows. */
  pass(ms: number): Promise<void>;
  /** Whatever waits then, or would wait later, never runs, and keeps no process alive. */
  close(): void;
}

/** After so many turns of the event loop what one end of a socket in this process sent is what the other does now. */
const quietTurns = 50;
/** JavaScript's timers don't wait any longer. */
const longestTimer = 2 ** 31 - 1;

interface Wait {
  due: number;
  task: () => void;
  timer?: NodeJS.Timeout;
}

export function startClock(): MovableClock {
  const skew = new BigInt64Array(new SharedArrayBuffer(8));
  const waits = new Set<Wait>();
  const works = new Set<Promise<unknown>>();
  let isOpen = true;

  const now = () => Date.now() + Number(skew[0]);

  function arm(wait: Wait): void {
    clearTimeout(wait.timer);
    // JavaScript's timers may be a millisecond early.
    const ring = () => (now() < wait.due ? arm(wait) : run(wait));
    wait.timer = setTimeout(ring, Math.min(wait.due - now(), longestTimer));
  }

  function cancel(wait: Wait): void {
    clearTimeout(wait.timer);
    waits.delete(wait);
  }

  function run(wait: Wait): void {
    cancel(wait);
    wait.task();
  }

  function moveTo(time: number): void {
    const ms = Math.ceil(time - now());
    if (ms <= 0) return;
    Atomics.add(skew, 0, BigInt(ms));
    for (const wait of waits) arm(wait);
  }

  async function idle(): Promise<void> {
    for (let turn = 0; turn < quietTurns; turn++) {
      if (works.size > 0) turn = 0;
      await Promise.allSettled(works);
      await new Promise(setImmediate);
    }
  }

  async function move(ms: number, settle: () => Promise<unknown>): Promise<void> {
    const until = now() + ms;
    for (;;) {
      await settle();
      const [next] = [...waits].sort((a, b) => a.due - b.due);
      if (!next || next.due > until) return moveTo(until);
      moveTo(next.due);
      run(next);
    }
  }

  return {
    now,
    skew,
    idle,
    after(ms, task) {
      const wait: Wait = { due: now() + ms, task };
      if (isOpen) {
        waits.add(wait);
        arm(wait);
      }
      return () => cancel(wait);
    },
    during(work) {
      const isOver = () => works.delete(work);
      works.add(work);
      work.then(isOver, isOver);
      return work;
    },
    advance: (ms) => move(ms, idle),
    pass: (ms) => move(ms, () => new Promise(setImmediate)),
    close() {
      isOpen = false;
      for (const wait of waits) cancel(wait);
    },
  };
}
