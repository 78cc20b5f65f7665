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
    message: string,
    readonly trace = '',
  ) {
    super(`${functionName}: ${errorType}: ${message}`);
  }
}

interface Environment {
  worker: Worker;
  isBusy: boolean;
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
    const environment = this.take();
    const outcome = this.run(environment, JSON.stringify(event ?? null));
    environment.current = outcome.catch(() => {});
    try {
      return await outcome;
    } finally {
      environment.isBusy = false;
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

  private take(): Environment {
    const idle = this.environments.find(({ isBusy }) => !isBusy);
    if (idle && this.environments.length >= environmentsInTurn) {
      idle.isBusy = true;
      return idle;
    }
    const environment = { worker: this.start(), isBusy: true, current: Promise.resolve() };
    this.environments.push(environment);
    return environment;
  }

  private start(): Worker {
    const { name, code, environment } = this.lambda;
    const worker = new Worker(workerFile, {
      workerData: code,
      env: environment,
      execArgv: [],
      stdout: true,
      stderr: true,
    });
    worker.setMaxListeners(0);
    for (const stream of [worker.stdout, worker.stderr]) {
      createInterface(stream).on('line', (line) => this.onLog(name, line));
    }
    return worker;
  }

  private run(environment: Environment, event: string): Promise<unknown> {
    const { name: functionName, arn: functionArn, timeout } = this.lambda;
    const { worker } = environment;
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void) => {
        cancel();
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        outcome();
      };
      const fail = (type: string, message: string, trace?: string) =>
        settle(() => reject(new FunctionError(functionName, type, message, trace)));
      const discard = (type: string, message: string) => {
        this.environments = this.environments.filter((other) => other !== environment);
        void worker.terminate();
        fail(type, message);
      };
      const onMessage = ({ result, error }: { result?: string; error?: Record<string, string> }) => {
        if (error) fail(error.errorType ?? 'Error', error.errorMessage ?? '', error.trace);
        else settle(() => resolve(JSON.parse(result ?? 'null')));
      };
      const onError = (error: Error) => discard('Runtime.UnhandledError', error.message);
      const onExit = () => discard('Runtime.ExitError', 'the environment ended');
      const cancel = this.clock.after(timeout, () =>
        discard('Sandbox.Timedout', `Task timed out after ${timeout / 1000} seconds`),
      );
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      const invocation = { requestId: randomUUID(), functionName, functionArn, deadline: Date.now() + timeout };
      worker.postMessage({ event, invocation });
    });
  }
}
