import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import type { LambdaFunction } from '../../local/lambda/pool.js';

const handlers = `
import { get } from 'node:http';
import { readFile } from 'node:fs/promises';
import { setTimeout as timer } from 'node:timers';
import { setTimeout as wait, setInterval as every, scheduler } from 'node:timers/promises';
import { promisify } from 'node:util';
import { BroadcastChannel, threadId } from 'node:worker_threads';

export const environment = async () => threadId;
export const held = async ({ gate }) => {
  const [arrivals, releases] = ['arrivals', 'releases'].map((name) => new BroadcastChannel(gate + name));
  const released = new Promise((resolve) => { releases.onmessage = resolve; });
  arrivals.postMessage(threadId);
  await released;
  arrivals.close();
  releases.close();
  return threadId;
};
export const failing = async ({ message }) => { throw new TypeError(message); };
export const hanging = () => new Promise(() => {});
export const late = async () => { readFile(import.meta.filename).then(() => { throw new Error('too late'); }); };
export const exiting = () => process.exit(1);
export const variables = async () => process.env;
export const logging = async ({ line }) => { console.log(line); };
export const loggingAll = async () => {
  console.info('below');
  console.warn({ message: 'refused', code: 'no' });
  console.error('two', { n: 2 });
  console.error({ it: 'failed', error: new TypeError('why') });
};
export const context = async (_, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() });
export const traced = async () => process.env._X_AMZN_TRACE_ID;
export const nothing = async () => {};
export const repeating = async ({ count }) => 'x'.repeat(count);
export const circular = async () => { const it = {}; it.it = it; return it; };
export const time = async () => ({
  times: [Date.now(), new Date().getTime(), new (class extends Date {})().getTime(), Date.parse(Date())],
  given: new Date(0).toISOString(),
  isDate: new Date() instanceof Date && new Date().constructor === Date,
});

const openings = {
  setTimeout: () => { setTimeout(() => {}, 500); },
  setInterval: () => { setInterval(() => {}, 500); },
  setImmediate: ({ url }) => { setImmediate(() => { get(url); }); },
  imported: () => { timer(() => {}, 500); },
  promised: () => { wait(500); },
  iterated: () => { every(500).next(); },
  scheduled: () => { scheduler.wait(500); },
  promisified: () => { promisify(setTimeout)(500); },
  request: ({ url }) => { get(url); },
  fetch: ({ url }) => { fetch(url); },
  soon: async ({ url }) => { await null; queueMicrotask(() => get(url)); },
};
export const opening = async ({ what, ...event }) => { void openings[what](event); };
export const openingAndFailing = async () => { wait(500); throw new TypeError('no'); };
export const openingLate = async () => { readFile(import.meta.filename).then(() => setTimeout(() => {}, 500)); };
export const closing = async ({ url }) => {
  clearTimeout(setTimeout(() => {}, 500));
  clearTimeout(+setTimeout(() => {}, 500));
  clearInterval(setInterval(() => {}, 500));
  setImmediate(() => {});
  await new Promise((resolve) => setTimeout(resolve, 1));
  await new Promise(setImmediate);
  await promisify(setTimeout)(1);
  for await (const _ of every(1)) break;
  const ended = new AbortController();
  const aborted = wait(500, undefined, { signal: ended.signal }).catch(() => {});
  ended.abort();
  await Promise.all([wait(1), aborted, fetch(url).then((answer) => answer.text())]);
  // Its socket is kept alive.
  await new Promise((resolve) => get(url, (answer) => answer.resume().on('end', resolve)));
};
`;

/** Bundles that are special in how they load. Each exports a function of its own name, if at all. */
const modules: Record<string, string> = {
  handlers,
  broken: "throw new TypeError('no table is configured');",
  wrong: 'export const wrong = ;',
  slow: 'await new Promise((resolve) => setTimeout(resolve, 300)); export const slow = async () => "loaded";',
  stuck: 'await new Promise(() => {}); export const stuck = async () => {};',
  ticking: 'setInterval(() => {}, 500); export const ticking = async () => {};',
};

/** A folder with functions for tests; `close` takes it away. */
export function testFunctions() {
  const folder = mkdtempSync(join(tmpdir(), 'test-functions-'));
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(folder, `${name}.mjs`), text);
  return {
    of: (exportName: string, more: Partial<LambdaFunction> = {}): LambdaFunction => ({
      name: exportName,
      arn: `arn:aws:lambda:us-east-1:0:function:${exportName}`,
      code: { file: join(folder, `${exportName in modules ? exportName : 'handlers'}.mjs`), exportName },
      environment: {},
      timeout: 3000,
      ...more,
    }),
    close: () => rmSync(folder, { recursive: true }),
  };
}

/** Holds events of the function `held` until they are let go. */
export class Gate {
  readonly name = `gate-${Math.random()}-`;
  readonly #arrivals = new BroadcastChannel(`${this.name}arrivals`);
  readonly #releases = new BroadcastChannel(`${this.name}releases`);

  /** The environment of the next that has begun. */
  async arrival(): Promise<number> {
    const [{ data }] = await once(this.#arrivals as unknown as EventTarget, 'message');
    return data as number;
  }

  /** Everybody who is held goes on. */
  release(): void {
    this.#releases.postMessage('go');
  }

  close(): void {
    this.#arrivals.close();
    this.#releases.close();
  }
}
