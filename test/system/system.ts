import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Clock } from '../../charge-point/index.js';
import type { Message } from '../../local/iot/broker.js';
import { type System, type SystemOptions, startSystem } from '../../local/system.js';
import { compile } from '../../start/compile.js';
import { stages } from '../stages.js';

/** Longer than anything here takes; reached only when something never comes. */
const patience = 10_000;

/** A system for the tests of one file, on free ports, keeping nothing. */
export function testSystem(options: Partial<SystemOptions> & { stage?: keyof typeof stages } = {}): {
  readonly system: System;
  /** Where charge points connect. */
  readonly url: string;
  /** An identity that no other test has, registered as a thing. */
  thing(): Promise<string>;
  /** The first message on `topic` from now on. */
  message(topic: string): Promise<Message>;
  mqttClient(): Promise<MqttClient>;
  /** Lets so many milliseconds pass in the system, and all that falls due in them happen. */
  advance(ms: number): Promise<void>;
} {
  let system: System;
  let things = 0;
  const clients: MqttClient[] = [];
  /** What functions left undone, as far as it was only told. */
  const outlived: string[][] = [];
  const watched =
    <Told extends string[]>(told?: (...line: Told) => void) =>
    (...line: Told) => {
      if (line.join().includes('Embedded.Outlived')) outlived.push(line);
      told?.(...line);
    };
  beforeAll(async () => {
    const template = await compile(stages[options.stage ?? 'dev']);
    const ports = { host: '127.0.0.1', port: 0, mqttPort: 0, endpointPort: 0 };
    system = await startSystem({
      ...{ template, ...ports, ...options },
      onError: watched(options.onError),
      onLog: watched(options.onLog),
    });
  });
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.endAsync(true)));
    await system.close();
    expect(outlived).toEqual([]);
  });
  return {
    get system() {
      return system;
    },
    get url() {
      return system.stack.url;
    },
    async thing() {
      const identity = `CP${++things}`;
      await system.register(identity);
      return identity;
    },
    advance: (ms) => system.account.clock.advance(ms),
    message: (topic) => messageOn(system, topic),
    async mqttClient() {
      const client = await connectAsync(`mqtt://127.0.0.1:${system.account.iot.broker.port}`);
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

export function messageOn(system: System, topic: string): Promise<Message> {
  return within(
    `a message on ${topic}`,
    new Promise<Message>((resolve) => {
      const stop = system.account.iot.broker.listen((message) => {
        if (message.topic !== topic) return;
        stop();
        resolve(message);
      });
    }),
  );
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
