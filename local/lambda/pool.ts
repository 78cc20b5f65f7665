import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.js';
import type { Code } from './code.js';

/** A function as it is deployed. */
export interface LambdaFunction {
  name: string;
  arn: string;
  code: Code;
  environment: Record<string, string>;
  /** Milliseconds. */
  timeout: number;
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

/** What a worker says of an event: one of these. */
interface Outcome {
  /** JSON. */
  result?: string;
  error?: { errorType: string; errorMessage: string; trace?: string };
  /** What nobody caught: it ended the environment. */
  crash?: string;
}

interface Environment {
  worker: Worker;
  /** Of the event that it handles: ends it. */
  settle?: (outcome: Outcome) => void;
  /** Settles when the event that it handles is over. */
  current: Promise<unknown>;
}

/** So many environments serve a function in turn even when one would do: no handler may count on what it remembers. */
const environmentsInTurn = 2;

const workerFile = new URL('./worker.mjs', import.meta.url);

/** The execution environments of one function: each handles one event at a time, and there are as many as are needed. */
export class Pool {
  private environments: Environment[] = [];

  constructor(
    private readonly lambda: LambdaFunction,
    private readonly clock: Clock,
    private readonly onLog: (functionName: string, line: string) => void,
  ) {}

  /** @throws {FunctionError} */
  async invoke(event: unknown): Promise<unknown> {
    const environment = this.idle() ?? this.start();
    const outcome = this.run(environment, JSON.stringify(event ?? null));
    environment.current = outcome.catch(() => {});
    try {
      return await outcome;
    } finally {
      // To the end of the line: the next event finds the environment that has waited longest.
      const index = this.environments.indexOf(environment);
      if (index >= 0) this.environments.push(...this.environments.splice(index, 1));
    }
  }

  /** Ends every environment, when it is done with its event: the next events find new ones, with the code as it is now. */
  async close(): Promise<void> {
    const ended = this.environments.splice(0);
    await Promise.all(ended.map(({ worker, current }) => current.then(() => worker.terminate())));
  }

  private idle(): Environment | undefined {
    if (this.environments.length < environmentsInTurn) return undefined;
    return this.environments.find(({ settle }) => !settle);
  }

  private start(): Environment {
    const { name, code, environment: env } = this.lambda;
    const worker = new Worker(workerFile, { workerData: code, env, execArgv: [], stdout: true, stderr: true });
    const environment: Environment = { worker, current: Promise.resolve() };
    this.environments.push(environment);
    worker.on('message', (outcome: Outcome) => {
      if (outcome.crash) this.discard(environment, 'Runtime.UnhandledError', outcome.crash);
      else environment.settle?.(outcome);
    });
    worker.on('error', (error) => this.discard(environment, 'Runtime.UnhandledError', String(error)));
    worker.on('exit', () => this.discard(environment, 'Runtime.ExitError', 'the environment ended'));
    for (const stream of [worker.stdout, worker.stderr]) {
      createInterface(stream).on('line', (line) => this.onLog(name, line));
    }
    return environment;
  }

  private discard(environment: Environment, errorType: string, errorMessage: string): void {
    const wasInUse = this.environments.includes(environment);
    this.environments = this.environments.filter((other) => other !== environment);
    void environment.worker.terminate();
    if (environment.settle) environment.settle({ error: { errorType, errorMessage } });
    else if (wasInUse) this.onLog(this.lambda.name, `${errorType} after the handler had returned: ${errorMessage}`);
  }

  private run(environment: Environment, event: string): Promise<unknown> {
    const { name: functionName, arn: functionArn, timeout } = this.lambda;
    return new Promise((resolve, reject) => {
      const cancel = this.clock.after(timeout, () =>
        this.discard(environment, 'Sandbox.Timedout', `Task timed out after ${timeout / 1000} seconds`),
      );
      environment.settle = ({ result = 'null', error }) => {
        cancel();
        delete environment.settle;
        if (error) reject(new FunctionError(functionName, error.errorType, error.errorMessage, error.trace));
        else resolve(JSON.parse(result));
      };
      const invocation = { requestId: randomUUID(), functionName, functionArn, deadline: Date.now() + timeout };
      environment.worker.postMessage({ event, invocation });
    });
  }
}
