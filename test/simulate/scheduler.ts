import { AsyncLocalStorage } from 'node:async_hooks';

/** A function at work on an event. It stands still at each call of a port until that call's turn comes. */
export interface Invocation {
  name: string;
  /** Milliseconds of virtual time after which Lambda ends it. */
  endsAt: number;
  /** What it waits for; undefined when it is done. */
  waiting?: { port: string; proceed(): void; fail(error: Error): void };
}

/** Whose call of which port is under way. One for all schedulers: each costs every promise a little. */
const current = new AsyncLocalStorage<{ invocation: Invocation; port: string }>();

/** Runs functions side by side in one thread, one call of a port at a time, in an order that somebody else decides. */
export class Scheduler {
  /** Those that wait for a turn, in the order in which they began to. */
  readonly waiting: Invocation[] = [];

  /** For the ports in memory: resolves when the caller's call is to take effect. */
  readonly turn = (): Promise<void> => {
    const { invocation, port } = current.getStore() ?? {};
    // What the test itself asks takes effect at once.
    if (!invocation || !port) return Promise.resolve();
    return new Promise((proceed, fail) => {
      invocation.waiting = { port, proceed, fail };
      this.waiting.push(invocation);
    });
  };

  /** Begins an invocation. `onEnd` hears how it ended, unless it was killed. */
  async begin(invocation: Invocation, work: () => Promise<unknown>, onEnd: (error?: Error) => void): Promise<void> {
    current
      .run({ invocation, port: '' }, work)
      .then(() => onEnd())
      .catch(onEnd);
    await settled();
  }

  /** Lets the call that an invocation waits for take effect. */
  async proceed(invocation: Invocation): Promise<void> {
    this.#take(invocation)?.proceed();
    await settled();
  }

  /** Makes it fail instead, as a throttled or broken service would. */
  async fail(invocation: Invocation): Promise<void> {
    this.#take(invocation)?.fail(new Error('throttled'));
    await settled();
  }

  /** Ends it where it stands: nobody will ever know how far it came. */
  kill(invocation: Invocation): void {
    this.#take(invocation);
  }

  /** The same ports, whose calls know which port they are of. */
  watched<Ports extends object>(ports: Ports): Ports {
    const watch = (name: string, port: object) =>
      new Proxy(port, {
        get: (target, method) => {
          const value = Reflect.get(target, method) as unknown;
          if (typeof value !== 'function') return value;
          return (...args: unknown[]) => {
            const store = current.getStore();
            const call = () => value.apply(target, args) as unknown;
            return store ? current.run({ ...store, port: `${name}.${String(method)}` }, call) : call();
          };
        },
      });
    const entries = Object.entries(ports).map(([name, port]) => [name, watch(name, port as object)]);
    return Object.fromEntries(entries) as Ports;
  }

  #take(invocation: Invocation): Invocation['waiting'] {
    const { waiting } = invocation;
    delete invocation.waiting;
    this.waiting.splice(this.waiting.indexOf(invocation), 1);
    return waiting;
  }
}

/** Everything that can go on without another turn has gone on. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
