// One execution environment: loads the function's bundle, then handles one event at a time.
import { existsSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { now } from './date.mjs';
import { logAsJson } from './log.mjs';
import { freeze, leftOpen, thaw } from './open-work.mjs';

/** @typedef {{ errorType: string, errorMessage: string, trace?: string }} Failure */
const { file, exportName, functionName, logLevel } = workerData;

/** @type {string | undefined} */
let requestId;
if (logLevel) logAsJson(logLevel, () => requestId);

/** @param {{ result?: string, error?: Failure, isEnd?: boolean }} outcome `isEnd`: the environment can't go on */
const tell = (outcome) => parentPort?.postMessage(outcome);

/** @param {string} errorType @param {string} errorMessage */
const end = (errorType, errorMessage) => tell({ error: { errorType, errorMessage }, isEnd: true });

/** @param {unknown} error @returns {Failure} */
function failureOf(error) {
  const { name = 'Error', message = String(error), stack = '' } = /** @type {Partial<Error>} */ (error ?? {});
  return { errorType: name, errorMessage: message, trace: stack };
}

// By the way of the results, so that an error after a return is not told before it.
process.on('uncaughtException', (error) => {
  end('Runtime.UnhandledError', String(error));
  process.exit(1);
});

const freezes = 'Lambda freezes what is not done';
/** What nobody had begun when the handler was done. */
const watchFrozen = () =>
  freeze((what) => end('Embedded.OutlivedHandler', `${functionName} began ${what} when it had ended: ${freezes}`));

/** @type {(event: unknown, context: object) => unknown} */
let handler;

parentPort?.on('message', async ({ event, context, trace, deadline }) => {
  thaw();
  process.env._X_AMZN_TRACE_ID = trace;
  requestId = context.awsRequestId;
  /** @type {Parameters<typeof tell>[0]} */
  const outcome = {};
  try {
    const getRemainingTimeInMillis = () => Math.max(0, deadline - now());
    outcome.result = JSON.stringify(
      (await handler(JSON.parse(event), { ...context, getRemainingTimeInMillis })) ?? null,
    );
  } catch (error) {
    outcome.error = failureOf(error);
  }
  const open = await leftOpen();
  if (open.length > 0) {
    const outlived = `${functionName} ended before ${open.join(' and ')} did: ${freezes}`;
    const { errorType, errorMessage } = outcome.error ?? {};
    return end(errorType ?? 'Embedded.OutlivedHandler', errorMessage ? `${errorMessage}; ${outlived}` : outlived);
  }
  tell(outcome);
  watchFrozen();
});

async function load() {
  if (!existsSync(file)) return end('Runtime.ImportModuleError', `Error: Cannot find module '${file}'`);
  try {
    handler = (await import(file))[exportName];
  } catch (error) {
    const failure = failureOf(error);
    if (error instanceof SyntaxError) failure.errorType = 'Runtime.UserCodeSyntaxError';
    return tell({ error: failure, isEnd: true });
  }
  if (typeof handler !== 'function') {
    return end('Runtime.HandlerNotFound', `${exportName} is undefined or not exported by ${file}`);
  }
  const open = await leftOpen();
  if (open.length > 0) {
    return end('Embedded.OutlivedInit', `${functionName} was loaded and left ${open.join(' and ')} open: ${freezes}`);
  }
  tell({});
  watchFrozen();
}

await load();
