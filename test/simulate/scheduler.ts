/** A function at work on an event. It stands still at each call of a port until that call's turn comes. */
export interface Invocation {
  name: string;
  /** Milliseconds of virtual time after which Lambda ends it. */
  endsAt: number;
  /** The port that it called last. */
  port: string;
  /** What the call is to fail with though it has its effect. */
  lie?: Error;
  /** Until that call's turn comes. */
  waiting?: { proceed(): void; fail(error: Error): void };
  /** It has returned, or thrown. */
  isOver?: true;
}

/** Runs functions side by side in one thread, one call of a port at a time, in an order that somebody else decides. */
export class Scheduler {
  /** Those that wait for a turn, in the order in which they began to. */
  readonly waiting: Invocation[] = [];
  /** The one that goes on just now. */
  #running: Invocation | undefined;

  /** For the ports in memory: resolves when the caller's call is to take effect. */
  readonly turn = (): Promise<void> => {
    const invocation = this.#running;
    // What the test itself asks takes effect at once.
    if (!invocation) return Promise.resolve();
    return new Promise((proceed, fail) => {
      invocation.waiting = { proceed, fail };
      this.waiting.push(invocation);
    });
  };

  /** Begins an invocation. `onEnd` hears how it ended, unless it was killed. */
  async begin(invocation: Invocation, work: () => Promise<unknown>, onEnd: (error?: Error) => void): Promise<void> {
    await this.#run(invocation, () => {
      const over = (error?: Error) => {
        invocation.isOver = true;
        onEnd(error);
      };
      work().then(() => over(), over);
    });
  }

  /** Lets the call that an invocation waits for take effect. */
  async proceed(invocation: Invocation): Promise<void> {
    const waiting = this.#take(invocation);
    await this.#run(invocation, () => waiting?.proceed());
  }

  /** Lets it take effect, and fails it all the same: the answer was lost, or says what is not so. */
  async lie(invocation: Invocation, error: Error): Promise<void> {
    invocation.lie = error;
    await this.proceed(invocation);
  }

  /** Makes it fail instead, as a throttled or broken service would. */
  async fail(invocation: Invocation): Promise<void> {
    const waiting = this.#take(invocation);
    await this.#run(invocation, () => waiting?.fail(new Error('throttled')));
  }

  /** Ends it where it stands: nobody will ever know how far it came. */
  kill(invocation: Invocation): void {
    this.#take(invocation);
  }

  /** The same ports, whose calls are known by their names. */
  watched<Ports extends object>(ports: Ports): Ports {
    const watch = (name: string, port: object) =>
      new Proxy(port, {
        get: (target, method) => {
          const value = Reflect.get(target, method) as unknown;
          if (typeof value !== 'function') return value;
          return (...args: unknown[]) => {
            const invocation = this.#running;
            if (invocation) invocation.port = `${name}.${String(method)}`;
            return (value.apply(target, args) as Promise<unknown>).finally(() => {
              const { lie } = invocation ?? {};
              delete invocation?.lie;
              if (lie) throw lie;
            });
          };
        },
      });
    const entries = Object.entries(ports).map(([name, port]) => [name, watch(name, port as object)]);
    return Object.fromEntries(entries) as Ports;
  }

  /** Until it waits for its next turn, or is over, nobody else goes on: however long it takes to load what it needs. */
  async #run(invocation: Invocation, start: () => void): Promise<void> {
    this.#running = invocation;
    start();
    do await new Promise((resolve) => setImmediate(resolve));
    while (!invocation.waiting && !invocation.isOver);
    this.#running = undefined;
  }

  #take(invocation: Invocation): Invocation['waiting'] {
    const { waiting } = invocation;
    delete invocation.waiting;
    this.waiting.splice(this.waiting.indexOf(invocation), 1);
    return waiting;
  }
}
