import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Clock } from '../../charge-point/index.js';
import type { Message } from '../../local/iot/broker.js';
import { compile } from '../../start/compile.js';
import { type System, type SystemOptions, startSystem } from '../../start/system.js';
import { stages } from '../stages.js';
import { faults, isAtLeastOnce, newThing, onLog, tellOnFailure } from './deliveries.js';

/** Longer than anything here takes; reached only when something never comes. */
const patience = process.env.SEEDS ? 30_000 : 10_000;
/** Milliseconds: so late may be what follows from something else, when deliveries are. */
const slack = 600;

/** A day that a charge point's clock may show, whenever tests run: YYYY-MM-DD, UTC. */
export const yesterday = new Date(Date.now() - 24 * 60 * 60_000).toISOString().slice(0, 10);

type TestOptions = Partial<SystemOptions> & { stage?: keyof typeof stages };

/** A system under test, and what it told. */
interface Observed {
  system: System;
  /** What functions logged. */
  logged: string[];
  /** Handshakes as they were answered. */
  handshakes: { identity: string; status: number }[];
  /** @throws when functions left something undone, which may only have been told */
  close(): Promise<void>;
}

async function start({ stage = 'dev', ...options }: TestOptions): Promise<Observed> {
  const logged: string[] = [];
  const handshakes: Observed['handshakes'] = [];
  const system = await startSystem({
    template: await compile(stages[stage]),
    host: '127.0.0.1',
    port: 0,
    mqttPort: 0,
    endpointPort: 0,
    faults,
    onHandshake: (handshake) => handshakes.push(handshake),
    ...options,
    onLog: (name, line) => {
      logged.push(line);
      onLog(name, line);
      options.onLog?.(name, line);
    },
  });
  return { system, logged, handshakes, close: system.close };
}

interface Closable {
  close(): Promise<void>;
}

/** What the tests of several files have in common, by what they call it. */
let shared: Map<string, Promise<Closable>> | undefined;

/** From now on what is started under one name is started once. @returns what closes all of it */
export function share(): () => Promise<unknown> {
  const all = new Map<string, Promise<Closable>>();
  shared = all;
  return () => Promise.all([...all.values()].map(async (started) => (await started).close()));
}

/** Starts something for the tests of one file, unless another has. @returns what has been started */
export function started<T extends Closable>(name: string, start: () => Promise<T>): () => T {
  let it: T;
  beforeAll(async () => {
    const starting = (shared?.get(name) as Promise<T> | undefined) ?? start();
    shared?.set(name, starting);
    it = await starting;
  });
  afterAll(async () => {
    if (!shared) await it.close();
  });
  return () => it;
}

/** A system for the tests of one file, on free ports, keeping nothing. */
export function testSystem(options: TestOptions = {}): Omit<Observed, 'close'> & {
  /** Where charge points connect. */
  readonly url: string;
  /** An identity that no other test has, registered as a thing. */
  thing(): Promise<string>;
  /** The first message on `topic` from now on, or the first of those that are expected. */
  message(topic: string, isExpected?: (message: Message) => boolean): Promise<Message>;
  /** The charge point's next event of this name that was not told before. */
  event(identity: string, name: string): Promise<Record<string, unknown>>;
  mqttClient(): Promise<MqttClient>;
  /** The system's time and so many minutes, ISO 8601. */
  at(minutes: number): string;
  /** Lets so many milliseconds pass in the system, and all that falls due in them happen. */
  advance(ms: number): Promise<void>;
  /** Lets time pass whenever nothing goes on any more, until `expected` is settled. */
  over<T>(expected: Promise<T>): Promise<T>;
} {
  const observed = started(JSON.stringify(options), () => start(options));
  const clients: MqttClient[] = [];
  const events = new Set<unknown>();
  beforeEach(tellOnFailure);
  afterAll(() => Promise.all(clients.map((client) => client.endAsync(true))));
  const message = (topic: string, isExpected: (message: Message) => boolean = () => true) =>
    within(
      `a message on ${topic}`,
      new Promise<Message>((resolve) => {
        const stop = observed().system.account.iot.broker.listen((message) => {
          if (message.topic !== topic || !isExpected(message)) return;
          stop();
          resolve(message);
        });
      }),
    );
  const advance = (ms: number) => observed().system.account.clock.advance(isAtLeastOnce() ? ms + slack : ms);
  return {
    get system() {
      return observed().system;
    },
    get logged() {
      return observed().logged;
    },
    get handshakes() {
      return observed().handshakes;
    },
    get url() {
      return observed().system.stack.url;
    },
    async thing() {
      const identity = newThing();
      await observed().system.register(identity);
      return identity;
    },
    advance,
    async over(expected) {
      let isSettled = false;
      const settled = () => {
        isSettled = true;
      };
      expected.then(settled, settled);
      while (!isSettled) await advance(1_000);
      return expected;
    },
    message,
    async event(identity, name) {
      const isNew = ({ payload }: Message) => !events.has(JSON.parse(String(payload)).id);
      const { payload } = await message(`${identity}/events/${name}`, isNew);
      const event = JSON.parse(String(payload));
      events.add(event.id);
      return event;
    },
    at: (minutes) => new Date(observed().system.account.clock.now() + minutes * 60_000).toISOString(),
    async mqttClient() {
      const client = await connectAsync(`mqtt://127.0.0.1:${observed().system.account.iot.broker.port}`);
      clients.push(client);
      return client;
    },
  };
}

/** A simulated charge point whose time is the system's. */
export function chargePointClock({ account: { clock } }: System): Clock {
  return {
    now: clock.now,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          cancel();
          reject(signal.reason);
        };
        const cancel = clock.after(ms, () => {
          signal.removeEventListener('abort', stop);
          resolve();
        });
        if (signal.aborted) stop();
        else signal.addEventListener('abort', stop, { once: true });
      }),
  };
}

/** Waits for what is expected, with a limit that says what did not come. */
export async function within<T>(what: string, expected: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come within ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([expected, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Asks until the answer is there. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not come within ${patience} ms`);
}
