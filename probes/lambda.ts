import { holds, same } from './expect.js';
import type { Seen } from './functions/see.js';
import { mark } from './mark.js';
import type { Probe } from './probe.js';
import { publish, triggered } from './publish.js';
import type { Stage } from './stage.js';

const asynchronous = 'Lambda: How Lambda handles errors and retries with asynchronous invocation';
const destinations = 'Lambda: Retaining records of asynchronous invocations';
const quotas = 'Lambda quotas';

/** Lambda. */
export const lambda: Probe[] = [
  {
    id: 'lambda-runs',
    says: "The bundle's ES modules run on `nodejs22.x` and arm64, with the function's name, ARN, request id and remaining time as context.",
    restsOn: 'documented',
    source: 'Lambda: Building Lambda functions with Node.js; Using the Lambda context object',
    imitatedIn: ['lambda/code.ts', 'lambda/function.ts', 'lambda/worker.mjs', 'lambda/pool.ts', 'lambda/lambda.ts'],
    ifWrong: '**No function starts.**',
    async check(stage) {
      const { context } = await self(stage);
      const name = stage.ref('SelfLambdaFunction');
      same('functionName', context.functionName, name);
      holds('invokedFunctionArn ends with it', context.invokedFunctionArn.endsWith(`:function:${name}`), context);
      holds('awsRequestId is a UUID', /^[\da-f-]{36}$/.test(context.awsRequestId), context.awsRequestId);
      holds('remaining is of 10 s', context.remaining > 5_000 && context.remaining <= 10_000, context.remaining);
    },
  },
  {
    id: 'lambda-inline',
    says: 'Code that stands in the template is `index.js`, a CommonJS module, and finds the clients of the AWS SDK.',
    restsOn: 'documented',
    source: 'CloudFormation: AWS::Lambda::Function Code; Lambda: Building Lambda functions with Node.js',
    imitatedIn: ['lambda/code.ts'],
    ifWrong: 'The example that answers messages itself does not start.',
    async check(stage) {
      const { file, isCommonJs } = await triggered(stage, 'inline', await invoke(stage, 'inline', {}));
      same('file', file, 'index.js');
      same('this is what the module exports', isCommonJs, true);
    },
  },
  {
    id: 'lambda-one-at-a-time',
    says: 'An environment handles one event at a time; several of a function exist at once.',
    restsOn: 'documented',
    source: 'Lambda: Understanding Lambda function scaling',
    imitatedIn: ['lambda/pool.ts'],
    ifWrong: 'No effect.',
    async check(stage) {
      const orders = { wait: 1_000 };
      const environments = await Promise.all(
        [1, 2, 3].map(async () => (await invoked(stage, 'star', await invoke(stage, 'star', { orders }))).environment),
      );
      same('environments', new Set(environments).size, 3);
    },
  },
  {
    id: 'lambda-retries',
    says: 'An asynchronous event that fails is repeated after 1 min and, after 2 min more, once again; then the failure destination has it, with the event, the error and how often it was tried.',
    restsOn: 'documented',
    source: `${asynchronous}; ${destinations}`,
    imitatedIn: ['lambda/lambda.ts'],
    ifWrong: 'Failures are repeated at other times.',
    minutes: 4,
    async check(stage) {
      const orders = { throw: 'ordered' };
      const probe = await invoke(stage, 'star', { orders });
      const attempts = () => stage.allSeen(({ function: name, event }) => name === 'rule' && event.probe === probe);
      await invoked(stage, 'star', probe);
      await stage.elapse(80_000);
      same('attempts after 1 min 20 s', attempts().length, 2);
      await stage.elapse(130_000);
      same('attempts after 3 min 30 s', attempts().length, 3);
      const [first, second, third] = attempts().map(({ at }) => at) as [number, number, number];
      holds('a minute before the second', isAbout(second - first, 60_000), second - first);
      holds('two minutes before the third', isAbout(third - second, 120_000), third - second);
      const { requestContext, requestPayload, responsePayload } = await failureOf(stage, probe);
      same('condition', requestContext.condition, 'RetriesExhausted');
      same('approximateInvokeCount', requestContext.approximateInvokeCount, 3);
      same('requestPayload', requestPayload, { probe, orders });
      same('errorMessage', responsePayload.errorMessage, 'ordered');
    },
  },
  {
    id: 'lambda-no-retries',
    says: 'With no retries allowed an event that fails goes to the failure destination at once.',
    restsOn: 'documented',
    source: asynchronous,
    imitatedIn: ['lambda/lambda.ts'],
    ifWrong: 'A frame is posted a minute late; answers older than 30 s are dropped in any case.',
    async check(stage) {
      const orders = { throw: 'ordered' };
      const probe = await invoke(stage, 'once', { orders });
      const record = await failureOf(stage, probe);
      same('condition', record.requestContext.condition, 'RetriesExhausted');
      same('approximateInvokeCount', record.requestContext.approximateInvokeCount, 1);
      same('requestPayload', record.requestPayload, { probe, orders });
      same('functionError', record.responseContext.functionError, 'Unhandled');
      const { errorType, errorMessage, trace } = record.responsePayload;
      same('error', { errorType, errorMessage }, { errorType: 'Error', errorMessage: 'ordered' });
      holds('trace is a list', Array.isArray(trace), trace);
    },
  },
  {
    id: 'lambda-event-age',
    says: 'An event older than its maximum age is not repeated: the failure destination has it, as `EventAgeExceeded`.',
    restsOn: 'documented',
    source: `${asynchronous}; ${destinations}`,
    imitatedIn: ['lambda/lambda.ts'],
    ifWrong: 'Frames of `csms` that failed are repeated for longer than 6 h.',
    minutes: 3,
    async check(stage) {
      const probe = await invoke(stage, 'aged', { orders: { throw: 'ordered' } });
      await stage.elapse(150_000);
      const { requestContext } = await failureOf(stage, probe);
      same('condition', requestContext.condition, 'EventAgeExceeded');
      const attempts = stage.allSeen(({ function: name, event }) => name === 'aged' && event.probe === probe);
      same('attempts', attempts.length, 1);
    },
  },
  {
    id: 'lambda-time-out',
    says: 'A function that takes longer than its time-out fails with `Sandbox.Timedout`, and its environment is gone.',
    restsOn: 'documented',
    source: 'Lambda: Configure Lambda function timeout; the name of the error was observed',
    imitatedIn: ['lambda/pool.ts'],
    ifWrong: 'No effect: no time-out here is expected.',
    async check(stage) {
      const probe = await invoke(stage, 'once', { orders: { wait: 4_000 } });
      const { environment } = await invoked(stage, 'once', probe);
      await stage.elapseDuring(2_000);
      const { responsePayload } = await failureOf(stage, probe);
      same('errorType', responsePayload.errorType, 'Sandbox.Timedout');
      holds(
        'errorMessage says so',
        /Task timed out after 2(\.00)? seconds/.test(responsePayload.errorMessage),
        responsePayload,
      );
      for (let times = 0; times < 3; times++) {
        const later = await invoked(stage, 'once', await invoke(stage, 'once', {}));
        holds('another environment', later.environment !== environment, environment);
      }
    },
  },
  {
    id: 'lambda-init',
    says: 'A bundle that throws when it is loaded fails the event.',
    restsOn: 'documented',
    source: 'Lambda: Understanding the Lambda execution environment lifecycle',
    imitatedIn: ['lambda/worker.mjs', 'lambda/pool.ts'],
    ifWrong: 'A function whose environment variables are wrong is noticed later.',
    async check(stage) {
      const probe = await invoke(stage, 'broken', {});
      same('errorMessage', (await failureOf(stage, probe)).responsePayload.errorMessage, 'broken on purpose');
    },
  },
  {
    id: 'lambda-credentials',
    says: "The SDK finds a function's credentials, Region and endpoints in its environment.",
    restsOn: 'documented',
    source: 'Lambda: Using Lambda environment variables, Defined runtime environment variables',
    imitatedIn: ['lambda/function.ts', 'endpoint.ts'],
    ifWrong: '**No function can call AWS**: [ADR 5](adr/0005-credential-providers.md).',
    async check(stage) {
      const { variables } = await self(stage);
      same('AWS_REGION', variables.AWS_REGION, await stage.iot.config.region());
    },
  },
  {
    id: 'lambda-time',
    says: "A function's clock is the one by which AWS IoT stamps what is published.",
    restsOn: 'assumed',
    source: 'not said; both are kept by Amazon Time Sync',
    imitatedIn: ['lambda/date.mjs', 'clock.ts'],
    ifWrong: 'Answers are dropped for being too late, by as much as the clocks differ.',
    async check(stage) {
      const probe = mark();
      await publish(stage, stage.topic('encoded', probe), '[]');
      const { at, event } = await stage.seen('the invocation', (seen) => seen.event.probe === probe);
      const later = at - event.publishedAt;
      holds('the event is at most 15 s old, and not from the future', later > -500 && later < 15_000, later);
    },
  },
  {
    id: 'lambda-frozen',
    says: 'Work that outlives the return of a handler is frozen, and goes on with the next event or never.',
    restsOn: 'documented',
    source: 'Lambda: Understanding the Lambda execution environment lifecycle',
    imitatedIn: ['lambda/open-work.mjs'],
    ifWrong: 'No effect: nothing here does that.',
    notProbed: 'on a laptop it is an error on purpose, which names the function',
  },
  {
    id: 'lambda-environment-size',
    says: 'The environment variables of a function have 4 KB at most.',
    restsOn: 'documented',
    source: quotas,
    imitatedIn: [],
    ifWrong: 'Deployment fails.',
    notProbed: "the template's tests hold it; a stack beyond it could not be deployed",
  },
  {
    id: 'lambda-logs',
    says: 'JSON logs with a level filter leave out `START`, `END` and `REPORT`; one object that a function logs is the `message` of its line as it is, several arguments are a text.',
    restsOn: 'documented',
    source:
      'Lambda: Configuring advanced logging controls; what becomes of arguments is in the code of aws-lambda-nodejs-runtime-interface-client',
    imitatedIn: ['lambda/log.mjs'],
    ifWrong: 'More log lines, which cost; or fields of lines that nobody can search for.',
    notProbed: 'it would need CloudWatch Logs, and minutes; look into a log group',
  },
  {
    id: 'lambda-concurrency',
    says: 'A new account has 10 concurrent executions, later 1,000; who is throttled by `$default` gets a frame that is not OCPP.',
    restsOn: 'documented',
    source: quotas,
    imitatedIn: [],
    ifWrong: '`message` is throttled earlier or later.',
    notProbed: 'it would disturb whatever else is in the account',
  },
];

/** Has a function invoked by a rule that hands on the payload. @returns how the function knows it */
async function invoke(stage: Stage, rule: string, payload: object): Promise<string> {
  const probe = mark();
  await publish(stage, stage.topic(rule, probe), JSON.stringify({ probe, ...payload }));
  return probe;
}

function invoked(stage: Stage, rule: string, probe: string): Promise<Seen> {
  const functionName = rule === 'star' ? 'rule' : rule;
  return stage.seen(
    `the invocation of ${functionName}`,
    (seen) => seen.function === functionName && seen.event.probe === probe,
  );
}

async function self(stage: Stage): Promise<any> {
  return triggered(stage, 'self', await invoke(stage, 'self', {}));
}

/** What the failure destination was sent of an event. */
async function failureOf(stage: Stage, probe: string): Promise<any> {
  const { event } = await stage.seen(
    'the record of the failure',
    (seen) => seen.function === 'records' && seen.event.body.includes(probe),
  );
  return JSON.parse(event.body);
}

/** Lambda waits so long, more or less. */
function isAbout(ms: number, expected: number): boolean {
  return ms > expected * 0.8 && ms < expected * 1.5;
}
