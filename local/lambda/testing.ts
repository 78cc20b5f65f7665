import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import type { LambdaFunction } from './pool.js';

const handlers = `
import { once } from 'node:events';
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
export const late = async () => { setImmediate(() => { throw new Error('too late'); }); };
export const exiting = () => process.exit(1);
export const variables = async () => process.env;
export const logging = async ({ line }) => { console.log(line); };
export const context = async (_, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() > 0 });
export const nothing = async () => {};
export const circular = async () => { const it = {}; it.it = it; return it; };
`;

/** A folder with functions for tests; `close` takes it away. */
export function testFunctions() {
  const folder = mkdtempSync(join(tmpdir(), 'test-functions-'));
  writeFileSync(join(folder, 'handlers.mjs'), handlers);
  writeFileSync(join(folder, 'broken.mjs'), "throw new Error('no table is configured');");
  return {
    of: (exportName: string, more: Partial<LambdaFunction> = {}): LambdaFunction => ({
      name: exportName,
      arn: `arn:aws:lambda:us-east-1:0:function:${exportName}`,
      code: { file: join(folder, exportName === 'broken' ? 'broken.mjs' : 'handlers.mjs'), exportName },
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
