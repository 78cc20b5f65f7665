import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Mailbox } from '../charge-point/testing.js';
import { startClock } from '../local/clock.js';
import { noFaults } from '../local/faults.js';
import { type Lambda, startLambda } from '../local/lambda/lambda.js';
import { startMeter } from '../local/meter.js';
import { deployed } from '../test/local/testing.js';
import { watchFunctions } from './watch.js';

let folder: string;
let lambda: Lambda;
let lines: Mailbox<string>;
let stop: () => void;

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const answering = (text: string) => `export const handler = async (): Promise<string> => '${text}';`;
const answer = () => lambda.invoke('hello', {}, 'cloudformation');

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'watch-'));
  for (const source of ['functions', 'api', 'csms', 'aws', 'schemas', 'resources', 'code/hello/functions']) {
    mkdirSync(join(folder, source), { recursive: true });
  }
  write('serverless.yml', 'custom: { esbuild: { bundle: true, platform: node, format: esm, exclude: [] } }');
  write('functions/hello.ts', answering('before'));
  const file = join(folder, 'code/hello/functions/hello.mjs');
  writeFileSync(file, "export const handler = async () => 'deployed';");

  const nothing = { sendFailure: () => {}, onLog: () => {} };
  lambda = startLambda({ clock: startClock(), faults: noFaults, meter: startMeter(), ...nothing });
  const code = { file, exportName: 'handler' };
  lambda.deploy({ name: 'hello', arn: 'arn:aws:lambda:r:0:function:hello', code, environment: {}, timeout: 10_000 });
  const functions = [deployed({ Handler: 'functions/hello.handler' })];
  const resources = { ofType: () => functions, only: () => functions[0] as never };
  lines = new Mailbox();
  stop = await watchFunctions(folder, { resources, codeFolder: join(folder, 'code') }, lambda, (line) =>
    lines.put(line),
  );
});
afterEach(async () => {
  stop();
  await lambda.close();
  rmSync(folder, { recursive: true });
});

it('a changed handler is live, one that does not build is not', async () => {
  expect(await answer()).toBe('deployed');
  write('functions/hello.ts', answering('changed'));
  expect(await lines.take()).toBe('functions/hello.ts changed, and is live');
  expect(await answer()).toBe('changed');

  write('functions/hello.ts', 'export const handler = ;');
  expect(await lines.take()).toMatch(/^functions\/hello.ts changed, but does not build: .*Unexpected ";"/s);
  expect(await answer()).toBe('changed');
});

it('a file that an editor replaces is still watched', async () => {
  for (const text of ['once', 'twice']) {
    write('functions/hello.new', answering(text));
    renameSync(join(folder, 'functions/hello.new'), join(folder, 'functions/hello.ts'));
    expect(await lines.take()).toBe('functions/hello.ts changed, and is live');
    expect(await answer()).toBe(text);
  }
});

it('a change of the template is for the next start', async () => {
  write('serverless.yml', 'custom: {}');
  expect(await lines.take()).toBe('serverless.yml changed: start again to run it');
});
