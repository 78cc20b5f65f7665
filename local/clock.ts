/** The one source of time of the embedded AWS. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `task` once after `ms` milliseconds; the returned function cancels it. */
  after(ms: number, task: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, task) {
    const timer = setTimeout(task, ms);
    return () => clearTimeout(timer);
  },
};

/** The same time, until `close`: whatever waits then, or would wait later, never runs, and keeps no process alive. */
export function closable(clock: Clock): Clock & { close(): void } {
  const waiting = new Set<() => void>();
  let isOpen = true;
  return {
    now: () => clock.now(),
    after(ms, task) {
      if (!isOpen) return () => {};
      const stop = clock.after(ms, () => {
        waiting.delete(cancel);
        task();
      });
      const cancel = () => {
        waiting.delete(cancel);
        stop();
      };
      waiting.add(cancel);
      return cancel;
    },
    close() {
      isOpen = false;
      for (const cancel of waiting) cancel();
    },
  };
}
