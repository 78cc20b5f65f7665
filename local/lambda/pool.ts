import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { AccountClock } from '../clock.js';
import type { Code } from './code.js';

/** A function as it is deployed. */
export interface LambdaFunction {
  name: string;
  arn: string;
  code: Code;
  environment: Record<string, string>;
  /** Milliseconds. */
  timeout: number;
  /** It may be invoked by what came of itself, as often as that comes. */
  isRecursive?: boolean;
  /** The least of what its log has, in JSON; without one it has all, as text. */
  logLevel?: string | undefined;
}

/** What the function threw, or what ended it. */
export class FunctionError extends Error {
  constructor(
    readonly functionName: string,
    readonly errorType: string,
    readonly errorMessage: string,
    readonly trace = '',
  ) {
    super(`${functionName}: ${errorType}: ${errorMessage}`);
  }
}

type Failure = Pick<FunctionError, 'errorType' | 'errorMessage'> & { trace?: string };

/** What an environment says: that it is ready, or what became of its event. */
interface Outcome {
  /** JSON. */
  result?: string;
  error?: Failure;
  /** It can't go on. */
  isEnd?: boolean;
}

interface Environment {
  worker: Worker;
  isReady: boolean;
  /** The event that it has, and what will have become of it. */
  current?: { event: unknown; outcome: Promise<unknown> };
  /** Hears what it says next. */
  hear?: (outcome: Outcome) => void;
}

/** So many environments serve a function in turn even when one would do: no handler may count on what it remembers. */
const environmentsInTurn = 2;
/** And so many at most, where AWS would have hundreds: more would only wait for each other on a laptop's few cores. */
const mostEnvironments = 4;
/** Loading the bundle does not count against the function's time-out. */
const initTimeout = 10_000;

/** Bytes, a hundred more than an event may have. */
const largestResult = 6 * 1024 * 1024 + 100;

const workerFile = new URL('./worker.mjs', import.meta.url);

/** The execution environments of one function: each handles one event at a time, and there are as many as are needed. */
export class Pool {
  private readonly environments = new Set<Environment>();
  private readonly events = new Set<Promise<unknown>>();
  /** Whom to tell when an environment may be free, when there are no more to be. */
  private readonly line: (() => void)[] = [];

  constructor(
    private readonly lambda: LambdaFunction,
    private readonly clock: AccountClock,
    private readonly onLog: (functionName: string, line: string) => void,
  ) {}

  /**
   * @param trace what the SDK is to send on with its requests
   * @throws {FunctionError}
   */
  invoke(event: unknown, trace?: string): Promise<unknown> {
    const handled = this.clock.during(this.run(event, trace));
    const isOver = () => this.events.delete(handled);
    this.events.add(handled);
    handled.then(isOver, isOver);
    return handled;
  }

  /**
   * Ends an environment, as AWS may at any time.
   *
   * @param isMeant asked of the event that an environment has, undefined between events
   * @returns whether there was one
   */
  end(isMeant: (event: unknown) => boolean): boolean {
    const found = [...this.environments].find(({ current }) => isMeant(current?.event));
    if (!found) return false;
    // Between events nobody has to be told.
    if (!found.current) this.environments.delete(found);
    this.discard(found, { errorType: 'Runtime.ExitError', errorMessage: 'the environment was ended' });
    return true;
  }

  /** Ends every environment, when it is done with its event: the next events find new ones, with the code as it is now. */
  async close(): Promise<void> {
    await Promise.allSettled(this.events);
    const ended = [...this.environments];
    this.environments.clear();
    await Promise.all(
      ended.map(async ({ worker, current }) => {
        await Promise.allSettled([current?.outcome]);
        await worker.terminate();
      }),
    );
  }

  /** An environment for the next event; undefined when it has to wait for one. */
  private free(): Environment | undefined {
    const isForced = this.environments.size < environmentsInTurn;
    const idle = isForced ? undefined : [...this.environments].find(({ current }) => !current);
    return idle ?? (this.environments.size < mostEnvironments ? this.start() : undefined);
  }

  private async run(event: unknown, trace?: string): Promise<unknown> {
    let environment = this.free();
    while (!environment) {
      await new Promise<void>((resolve) => this.line.push(resolve));
      environment = this.free();
    }
    const outcome = this.handle(environment, JSON.stringify(event ?? null), trace);
    environment.current = { event, outcome };
    try {
      return await outcome;
    } finally {
      delete environment.current;
      // To the end of the line: the next event finds the environment that has waited longest.
      if (this.environments.delete(environment)) this.environments.add(environment);
      this.line.shift()?.();
    }
  }

  private start(): Environment {
    const { name, code, environment: env, logLevel } = this.lambda;
    const workerData = { ...code, functionName: name, logLevel, skew: this.clock.skew };
    const worker = new Worker(workerFile, { workerData, env, execArgv: [], stdout: true, stderr: true });
    const environment: Environment = { worker, isReady: false };
    this.environments.add(environment);
    const ended = (errorType: string, errorMessage: string) => this.discard(environment, { errorType, errorMessage });
    worker.on('message', (outcome: Outcome) => {
      if (outcome.isEnd && outcome.error) this.discard(environment, outcome.error);
      else environment.hear?.(outcome);
    });
    worker.on('error', (error) => ended('Runtime.UnhandledError', String(error)));
    worker.on('exit', (code) => ended('Runtime.ExitError', `Runtime exited with error: exit status ${code}`));
    for (const stream of [worker.stdout, worker.stderr]) {
      createInterface(stream).on('line', (line) => this.onLog(name, line));
    }
    return environment;
  }

  private discard(environment: Environment, error: Failure): void {
    const wasInUse = this.environments.delete(environment);
    void environment.worker.terminate();
    if (environment.hear) environment.hear({ error });
    else if (wasInUse) {
      this.onLog(this.lambda.name, `${error.errorType} after the handler had returned: ${error.errorMessage}`);
    }
  }

  private async handle(environment: Environment, event: string, trace = ''): Promise<unknown> {
    const { name, arn, timeout } = this.lambda;
    if (!environment.isReady) await this.said(environment, initTimeout, 'Init');
    environment.isReady = true;
    const outcome = this.said(environment, timeout, 'Task');
    const context = { awsRequestId: randomUUID(), functionName: name, invokedFunctionArn: arn };
    environment.worker.postMessage({ event, context, trace, deadline: this.clock.now() + timeout });
    const { result = 'null' } = await outcome;
    if (Buffer.byteLength(result) > largestResult) {
      const message = `Response payload size exceeded maximum allowed payload size (${largestResult} bytes).`;
      throw new FunctionError(name, 'Function.ResponseSizeTooLarge', message);
    }
    return JSON.parse(result);
  }

  /** What the environment says next. @throws {FunctionError} when that is an error, or too late */
  private said(environment: Environment, limit: number, what: string): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const errorMessage = `${what} timed out after ${limit / 1000} seconds`;
      const tooLate = () => this.discard(environment, { errorType: 'Sandbox.Timedout', errorMessage });
      const cancel = this.clock.after(limit, tooLate);
      environment.hear = (outcome) => {
        cancel();
        delete environment.hear;
        const { error } = outcome;
        if (error) reject(new FunctionError(this.lambda.name, error.errorType, error.errorMessage, error.trace));
        else resolve(outcome);
      };
    });
  }
}
