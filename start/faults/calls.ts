import { CutOff, type Fault, type Faults } from '../../local/faults.js';
import { AwsError, type AwsRequest, type Call } from '../../local/service.js';

/** How each service says that it was asked too often. */
const throttling: Record<string, [code: string, status: number]> = {
  dynamodb: ['ProvisionedThroughputExceededException', 400],
  'execute-api': ['LimitExceededException', 429],
  iot: ['ThrottlingException', 400],
  'iot-data': ['ThrottlingException', 429],
  s3: ['SlowDown', 503],
  sqs: ['RequestThrottled', 403],
  sts: ['Throttling', 400],
};

function throttled(service: string): AwsError {
  const [code, status] = throttling[service] ?? ['ThrottlingException', 400];
  return new AwsError(code, 'Rate exceeded', status);
}
const failed = () => new AwsError('InternalFailure', 'An internal failure, on purpose.', 500);
const cutOff = () => new CutOff();
const gone = () => new AwsError('GoneException', 'The connection is gone, on purpose.', 410);

/** What the caller gets instead of the answer, and whether the call has its effect. */
const kinds = {
  unavailable: { isDone: false, error: failed },
  throttled: { isDone: false, error: throttled },
  failed: { isDone: false, error: failed },
  'cut off': { isDone: false, error: cutOff },
  'failed though done': { isDone: true, error: failed },
  'cut off though done': { isDone: true, error: cutOff },
  'gone though done': { isDone: true, error: gone },
} satisfies Partial<Record<Fault, { isDone: boolean; error(service: string): Error }>>;
type Kind = keyof typeof kinds;

/** Functions make seven attempts at a call (aws/clients.ts): all of them fail where a service is unavailable, few otherwise. */
const attempts = 7;
const mostFailures = 2;
const ofEveryCall: Kind[] = [
  'unavailable',
  'throttled',
  'failed',
  'cut off',
  'failed though done',
  'cut off though done',
];

function among(service: string, method: string): Kind[] {
  if (service !== 'execute-api' || method === 'GET') return ofEveryCall;
  // A post that failed may have been delivered: a function may be right not to repeat it, unless it was throttled.
  return method === 'POST' ? ['unavailable', 'throttled', 'gone though done'] : [...ofEveryCall, 'gone though done'];
}

/** What puts faults between functions and the services that they call. */
export function faultyCalls(strike: Faults['strike']): Faults['call'] {
  /** By call: how often it failed in a row. SDK clients don't say which attempt is which; what is the same is one. */
  const failures = new Map<string, number>();
  /** By call that finds its service unavailable: how many attempts will. */
  const hopeless = new Map<string, number>();

  function faultOf(service: string, request: AwsRequest, { needs }: Call): Kind | undefined {
    const { caller, method, path, body } = request;
    const call = [caller, service, method, path, body].join(' ');
    const left = hopeless.get(call) ?? 0;
    if (left > 0) hopeless.set(call, left - 1);
    if (left > 0) return 'unavailable';
    const inARow = failures.get(call) ?? 0;
    failures.delete(call);
    if (inARow === mostFailures) return undefined;
    const { action, resource } = needs ?? { action: service, resource: '' };
    const text = `${resource.split(':').slice(5).join(':')} ${body}`;
    const { fault } = strike(among(service, method), action, text) ?? {};
    if (fault === 'unavailable') hopeless.set(call, attempts - 1);
    else if (fault) failures.set(call, inARow + 1);
    return fault;
  }

  return async (service, request, call) => {
    const fault = faultOf(service, request, call);
    if (!fault) return call.answer();
    const { isDone, error } = kinds[fault];
    if (isDone) await call.answer();
    throw error(service);
  };
}
