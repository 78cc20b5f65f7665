// One execution environment: loads the function's bundle at its first event, and handles one event at a time.
import { parentPort, workerData } from 'node:worker_threads';

/** @type {Promise<(event: unknown, context: object) => unknown> | undefined} */
let loading;

/** @returns {Promise<(event: unknown, context: object) => unknown>} */
async function load() {
  const { file, exportName } = workerData;
  const handler = (await import(file))[exportName];
  if (typeof handler !== 'function') throw new Error(`${file} exports no function ${exportName}.`);
  return handler;
}

/** @param {{ requestId: string, functionName: string, functionArn: string, deadline: number }} invocation */
function contextOf({ requestId, functionName, functionArn, deadline }) {
  return {
    awsRequestId: requestId,
    functionName,
    invokedFunctionArn: functionArn,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}

// By the way of the results, so that an error after a return is not told before it.
process.on('uncaughtException', (error) => {
  parentPort?.postMessage({ crash: String(error) });
  process.exit(1);
});

parentPort?.on('message', async ({ event, invocation }) => {
  try {
    loading ??= load();
    const handler = await loading;
    const result = await handler(JSON.parse(event), contextOf(invocation));
    parentPort?.postMessage({ result: JSON.stringify(result ?? null) });
  } catch (error) {
    const { name = 'Error', message = String(error), stack = '' } = /** @type {Partial<Error>} */ (error ?? {});
    parentPort?.postMessage({ error: { errorType: name, errorMessage: message, trace: stack } });
  }
});
