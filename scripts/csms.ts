#!/usr/bin/env tsx
import { run } from './csms/run.js';

const ended = new AbortController();
process.once('SIGINT', () => ended.abort());
process.exitCode = await run(process.argv.slice(2), {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
  colours: process.stdout.isTTY === true && !process.env.NO_COLOR,
  signal: ended.signal,
  environment: process.env,
});
