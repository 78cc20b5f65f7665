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
}

export function startClock(): MovableClock {
  const skew = new BigInt64Array(new SharedArrayBuffer(8));
  /** The next first. Only for it there is a timer: there may be thousands, and each move would set all of theirs anew. */
  const waits: Wait[] = [];
  const works = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;
  let isOpen = true;

  const now = () => Date.now() + Number(skew[0]);

  function arm(): void {
    clearTimeout(timer);
    const [next] = waits;
    if (next) timer = setTimeout(ring, Math.min(next.due - now(), longestTimer));
  }

  function ring(): void {
    try {
      // JavaScript's timers may be a millisecond early.
      for (let [next] = waits; next && next.due <= now(); [next] = waits) run(next);
    } finally {
      arm();
    }
  }

  function add(wait: Wait): void {
    const index = waits.findLastIndex(({ due }) => due <= wait.due) + 1;
    waits.splice(index, 0, wait);
    if (index === 0) arm();
  }

  function cancel(wait: Wait): void {
    const index = waits.indexOf(wait);
    if (index < 0) return;
    waits.splice(index, 1);
    if (index === 0) arm();
  }

  function run(wait: Wait): void {
    cancel(wait);
    wait.task();
  }

  function moveTo(time: number): void {
    const ms = Math.ceil(time - now());
    if (ms <= 0) return;
    Atomics.add(skew, 0, BigInt(ms));
    arm();
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
      const [next] = waits;
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
      if (isOpen) add(wait);
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
      waits.length = 0;
      clearTimeout(timer);
    },
  };
}
