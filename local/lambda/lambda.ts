import type { Clock } from '../clock.js';
import type { Deployed } from '../template/stack-resources.js';
import { FunctionError, type LambdaFunction, Pool } from './pool.js';

/** A service that invokes a function: a Lambda permission has to allow it, or the service acts as the function or the user. */
export type Invoker = { principal: string; sourceArn?: string } | 'event source mapping' | 'cloudformation';

export interface Lambda {
  deploy(lambda: LambdaFunction): void;
  permit(permission: Deployed): void;
  /** Where events go that an asynchronous invocation gave up. */
  configureFailures(config: Deployed): void;
  /** Synchronously, as API Gateway does. @throws {FunctionError} what the function threw */
  invoke(functionArn: string, event: unknown, invoker: Invoker): Promise<unknown>;
  /** Asynchronously, as rules do: retried after one and two minutes, then sent to the failure destination. */
  invokeLater(functionArn: string, event: unknown, invoker: Invoker): void;
  /** Functions start anew with the code as it is on disk. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

const retryDelays = [60_000, 120_000];
const oldestEvent = 6 * 60 * 60_000;

/** Lambda of one account. */
export function startLambda(options: {
  clock: Clock;
  /** Sends a record of a failed event to a queue. */
  sendFailure(queueArn: string, body: string): void;
  onLog(functionName: string, line: string): void;
}): Lambda {
  const { clock, sendFailure, onLog } = options;
  const pools = new Map<string, Pool>();
  const permissions: Deployed[] = [];
  const failures = new Map<string, { destination?: string; maximumAge: number; retries: number }>();

  let isOpen = true;

  function isPermitted(functionArn: string, { principal, sourceArn }: Exclude<Invoker, string>): boolean {
    return permissions.some(
      ({ properties }) =>
        [functionArn, functionArn.split(':').pop()].includes(properties.FunctionName as string) &&
        properties.Action === 'lambda:InvokeFunction' &&
        properties.Principal === principal &&
        (properties.SourceArn === undefined || properties.SourceArn === sourceArn),
    );
  }

  async function invoke(functionArn: string, event: unknown, invoker: Invoker): Promise<unknown> {
    if (!isOpen) throw new Error('The embedded AWS is closed.');
    const pool = pools.get(functionArn);
    if (!pool) throw new Error(`There is no function ${functionArn}.`);
    if (typeof invoker !== 'string' && !isPermitted(functionArn, invoker)) {
      const who = [invoker.principal, invoker.sourceArn].filter(Boolean).join(' for ');
      throw new Error(`No AWS::Lambda::Permission lets ${who} invoke ${functionArn}.`);
    }
    return pool.invoke(event);
  }

  async function attempt(
    functionArn: string,
    event: unknown,
    invoker: Invoker,
    since: number,
    attempts: number,
  ): Promise<void> {
    try {
      await invoke(functionArn, event, invoker);
    } catch (error) {
      if (!isOpen) return;
      onLog(functionArn.split(':').pop() ?? '', String(error));
      const { destination, maximumAge = oldestEvent, retries = retryDelays.length } = failures.get(functionArn) ?? {};
      const delay = retryDelays[attempts];
      if (delay !== undefined && attempts < retries && clock.now() + delay - since <= maximumAge) {
        clock.after(delay, () => void attempt(functionArn, event, invoker, since, attempts + 1));
      } else if (destination) {
        sendFailure(destination, JSON.stringify(failureRecord(functionArn, event, error, attempts + 1, clock)));
      }
    }
  }

  return {
    deploy(lambda) {
      pools.set(lambda.arn, new Pool(lambda, clock, onLog));
    },
    permit(permission) {
      permissions.push(permission);
    },
    configureFailures({ properties }) {
      const { FunctionName, MaximumEventAgeInSeconds, MaximumRetryAttempts, DestinationConfig } = properties as {
        FunctionName: string;
        MaximumEventAgeInSeconds?: number;
        MaximumRetryAttempts?: number;
        DestinationConfig?: { OnFailure?: { Destination: string } };
      };
      const functionArn = [...pools.keys()].find((arn) => arn === FunctionName || arn.endsWith(`:${FunctionName}`));
      if (!functionArn)
        throw new Error(`An AWS::Lambda::EventInvokeConfig names the unknown function ${FunctionName}.`);
      const destination = DestinationConfig?.OnFailure?.Destination;
      failures.set(functionArn, {
        ...(destination && { destination }),
        maximumAge: MaximumEventAgeInSeconds ? MaximumEventAgeInSeconds * 1000 : oldestEvent,
        retries: MaximumRetryAttempts ?? retryDelays.length,
      });
    },
    invoke,
    invokeLater(functionArn, event, invoker) {
      void attempt(functionArn, event, invoker, clock.now(), 0);
    },
    async restart() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
    async close() {
      isOpen = false;
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

/** What a failure destination receives. */
function failureRecord(functionArn: string, event: unknown, error: unknown, attempts: number, clock: Clock): object {
  const thrown = error instanceof FunctionError ? error : { errorType: 'Error', message: String(error), trace: '' };
  return {
    version: '1.0',
    timestamp: new Date(clock.now()).toISOString(),
    requestContext: { functionArn, condition: 'RetriesExhausted', approximateInvokeCount: attempts },
    requestPayload: event,
    responseContext: { statusCode: 200, functionError: 'Unhandled' },
    responsePayload: { errorType: thrown.errorType, errorMessage: thrown.message, trace: [thrown.trace] },
  };
}
