import { isLike } from '../arn.js';
import type { AccountClock } from '../clock.js';
import type { Faults } from '../faults.js';
import type { Meter } from '../meter.js';
import type { Deployed } from '../template/stack-resources.js';
import { mostRounds, traceOf } from './lineage.js';
import { type FunctionError, type LambdaFunction, Pool } from './pool.js';

/** A service that invokes a function: a Lambda permission has to allow it, or the service acts as the function or the user. */
export type Invoker = { principal: string; sourceArn: string } | 'event source mapping' | 'cloudformation';

/** Functions are named by their ARN or their name. */
export interface Lambda {
  /** @returns what deletes it again, when it is done with its events */
  deploy(lambda: LambdaFunction): () => Promise<void>;
  permit(permission: Deployed): void;
  /** Where events go that an asynchronous invocation gave up. */
  configureFailures(config: Deployed): void;
  /**
   * Synchronously, as API Gateway does.
   *
   * @param origins the trace headers of the messages in the event
   * @throws {FunctionError} what the function threw; {RequestTooLarge}; when a message has come of this function too often
   */
  invoke(functionName: string, event: unknown, invoker: Invoker, origins?: (string | undefined)[]): Promise<unknown>;
  /**
   * Asynchronously, as rules do: retried after one and two minutes, then sent to the failure destination.
   * @throws at once when the function does not exist or may not be invoked, or the event is too large
   */
  invokeLater(functionName: string, event: unknown, invoker: Invoker): void;
  /** Functions start anew with the code as it is on disk. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** Bytes of an event, as Lambda tells of them. */
const largestEvent = { synchronous: 6 * 1024 * 1024, asynchronous: 1024 * 1024 };

/** An event that is too large for a function, which does not hear of it. */
export class RequestTooLarge extends Error {}

function checkSize(event: unknown, limit: number): void {
  if (Buffer.byteLength(JSON.stringify(event ?? null)) <= limit) return;
  throw new RequestTooLarge(`RequestEntityTooLargeException: an event must be smaller than ${limit} bytes.`);
}

const retryDelays = [60_000, 120_000];
/** Milliseconds within which most events are handled here. */
const usualDuration = 30;
const oldestEvent = 6 * 60 * 60;

/** What the template says of a function's asynchronous events. */
interface EventInvokeConfig {
  MaximumEventAgeInSeconds?: number;
  MaximumRetryAttempts?: number;
  DestinationConfig?: { OnFailure?: { Destination: string } };
}

/** A deployed function, and what else the template says of it. */
interface Service extends LambdaFunction {
  pool: Pool;
  permissions: Deployed['properties'][];
  events: EventInvokeConfig;
}

/** Lambda of one account. */
export function startLambda(options: {
  clock: AccountClock;
  faults: Faults;
  meter: Meter;
  /** Sends a record of a failed event to a queue. */
  sendFailure(queueArn: string, body: string): void;
  onLog(functionName: string, line: string): void;
}): Lambda {
  const { clock, faults, meter, sendFailure, onLog } = options;
  const services = new Map<string, Service>();
  let isOpen = true;

  function serviceOf(functionName: unknown): Service {
    const service = services.get(String(functionName).split(':').pop() ?? '');
    if (!service) throw new Error(`There is no function ${functionName}.`);
    return service;
  }

  function permitted(functionName: string, invoker: Invoker): Service {
    if (!isOpen) throw new Error('The embedded AWS is closed.');
    const service = serviceOf(functionName);
    if (typeof invoker === 'string') return service;
    const { principal, sourceArn } = invoker;
    const isPermitted = service.permissions.some(
      ({ Action, Principal, SourceArn = '*' }) =>
        Action === 'lambda:InvokeFunction' && Principal === principal && isLike(SourceArn as string, sourceArn),
    );
    if (!isPermitted) {
      throw new Error(`No AWS::Lambda::Permission lets ${principal} for ${sourceArn} invoke ${service.name}.`);
    }
    return service;
  }

  /** An environment may end whenever it has no event. */
  function recycle({ name, pool }: Service): void {
    if (faults.strike(['recycled'], name, 'between events')) pool.end((event) => event === undefined);
  }

  /** Or in the middle of one, which is told again when it is asynchronous. */
  function kill({ name, pool }: Service, event: unknown): void {
    const { force } = faults.strike(['killed'], name, JSON.stringify(event)) ?? {};
    if (force !== undefined) clock.after(force * usualDuration, () => pool.end((current) => current === event));
  }

  /** One of the attempts at an asynchronous event; those that follow are on the clock. Never rejects. */
  async function attempt(service: Service, event: unknown, since: number, count: number): Promise<void> {
    const { name, arn, pool, events } = service;
    const { MaximumRetryAttempts = 2, MaximumEventAgeInSeconds = oldestEvent, DestinationConfig } = events;
    meter.count('Lambda requests');
    recycle(service);
    kill(service, event);
    const failure = await pool.invoke(event, traceOf(arn, []).header).then(
      () => undefined,
      (error: FunctionError) => error,
    );
    if (!failure || !isOpen) return;
    const { errorType, errorMessage, trace } = failure;
    onLog(name, `${errorType}: ${errorMessage}`);

    const delay = count > MaximumRetryAttempts ? undefined : retryDelays[count - 1];
    if (delay !== undefined && clock.now() + delay - since <= MaximumEventAgeInSeconds * 1000) {
      clock.after(delay, () => void attempt(service, event, since, count + 1));
      return;
    }
    const condition = delay === undefined ? 'RetriesExhausted' : 'EventAgeExceeded';
    const record = {
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      requestContext: { functionArn: `${arn}:$LATEST`, condition, approximateInvokeCount: count },
      requestPayload: event,
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType, errorMessage, trace: trace.split('\n') },
    };
    try {
      if (DestinationConfig?.OnFailure) sendFailure(DestinationConfig.OnFailure.Destination, JSON.stringify(record));
    } catch (error) {
      onLog(name, String(error));
    }
  }

  async function restart(): Promise<void> {
    await Promise.all([...services.values()].map(({ pool }) => pool.close()));
  }

  return {
    deploy(lambda) {
      const pool = new Pool(lambda, clock, onLog);
      services.set(lambda.name, { ...lambda, pool, permissions: [], events: {} });
      return () => {
        services.delete(lambda.name);
        return pool.close();
      };
    },
    permit({ properties }) {
      serviceOf(properties.FunctionName).permissions.push(properties);
    },
    configureFailures({ properties }) {
      serviceOf(properties.FunctionName).events = properties;
    },
    async invoke(functionName, event, invoker, origins = []) {
      const service = permitted(functionName, invoker);
      checkSize(event, largestEvent.synchronous);
      const { header, rounds } = traceOf(service.arn, origins);
      if (rounds > mostRounds && !service.isRecursive) {
        throw new Error(
          `RecursiveInvocationException: ${service.name} is part of a recursive loop, and is not invoked.`,
        );
      }
      meter.count('Lambda requests');
      recycle(service);
      return service.pool.invoke(event, header);
    },
    invokeLater(functionName, event, invoker) {
      const service = permitted(functionName, invoker);
      checkSize(event, largestEvent.asynchronous);
      void attempt(service, event, clock.now(), 1);
    },
    restart,
    async close() {
      isOpen = false;
      await restart();
    },
  };
}
