import { simulate } from './cli/simulate.js';

/** `npm run simulate`: one charge point in a terminal. */
const interrupted = new AbortController();
// A second Ctrl-C ends the process without waiting for the socket.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interrupted.abort());

process.exitCode = await simulate(process.argv.slice(2), {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
  signal: interrupted.signal,
});
