// A function's console, as Lambda's Node.js has it with `LogFormat: JSON`.
import { format } from 'node:util';
import { now } from './date.mjs';

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** An error as a member of what is logged. @param {string} _ @param {unknown} value */
function errorsToo(_, value) {
  if (!(value instanceof Error)) return value;
  const { name, message, stack } = value;
  return { errorType: name, errorMessage: message, stackTrace: stack?.split('\n'), ...value };
}

/**
 * What is logged is a line of JSON: a single argument is its `message` as it is, several are a text.
 *
 * @param {string} leastLevel what is below is left out
 * @param {() => string | undefined} requestId
 */
export function logAsJson(leastLevel, requestId) {
  for (const level of levels) {
    const isLogged = levels.indexOf(level) >= levels.indexOf(leastLevel);
    const log = (/** @type {unknown[]} */ ...params) => {
      if (!isLogged) return;
      const message = params.length === 1 ? params[0] : format(...params);
      const record = { timestamp: new Date(now()).toISOString(), level, requestId: requestId(), message };
      process.stdout.write(`${JSON.stringify(record, errorsToo)}\n`);
    };
    Object.assign(console, { [level.toLowerCase()]: log, ...(level === 'INFO' && { log }) });
  }
}
