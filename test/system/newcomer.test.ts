import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { blocksOf, Shown } from './console-blocks.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'newcomer-'));
const running: ReturnType<typeof spawn>[] = [];

afterAll(async () => {
  for (const child of running) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

/** As `npm run` and `npx` start them, but in one process and from any folder: what is ended here leaves none behind. */
const tsx = `exec node --import ${import.meta.resolve('tsx')} ${root}`;
const anyPort = '--ephemeral --port 0 --mqtt-port 0 --endpoint-port 0';
/** Of the system that was started, instead of the default ones of the document. */
let port = '';

/** What the shell runs where the document says `command`. */
function asRun(command: string): string {
  return command
    .replace(/^npm start( --)?/, `${tsx}start/main.ts ${anyPort}`)
    .replace(/^npm run simulate --/, `${tsx}charge-point/main.ts --url ws://localhost:${port}`)
    .replace(/^npx csms/, `${tsx}scripts/csms.ts`);
}

/** In ms: what takes longer is ended, and what it has printed by then is compared. */
const patience = 120_000;

/** Runs a command until it ends, or until it has printed all that is shown. */
async function run(command: string, environment: Record<string, string>, hasAll: (lines: string[]) => boolean) {
  const child = spawn('bash', ['-c', asRun(command)], {
    ...{ cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] as const, timeout: patience },
    env: { ...process.env, NO_COLOR: '1', CSMS_URL: `http://localhost:${port}`, ...environment },
  });
  running.push(child);
  const lines: string[] = [];
  const ended = once(child, 'close');
  const complete = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        if (hasAll(lines)) resolve();
      });
    }
  });
  const goesOn = /^npm (start|run simulate)/.test(command);
  await (goesOn ? Promise.race([ended, complete]) : ended);
  return lines;
}

it('docs/first-session.md is what happens, from npm start to why', { timeout: 180_000 }, async () => {
  const shown = new Shown();
  const environment: Record<string, string> = {};
  for (const { command, output } of blocksOf(readFileSync(join(root, 'docs/first-session.md'), 'utf8'))) {
    if (command === 'npm ci') continue; // The tests wouldn't run without.
    const asked = shown.inserted(command);
    const [, name, value] = /^export (\w+)=(\S+)$/.exec(asked) ?? [];
    if (name && value) {
      environment[name] = value;
      continue;
    }
    const lines = await run(asked, environment, (printed) => shown.missingOf(output, printed).length === 0);
    if (command.startsWith('npm start')) port = /ws:\/\/localhost:(\d+)/.exec(lines.join('\n'))?.[1] ?? '';
    expect({ command, ...shown.compare(output, lines) }).toEqual({ command, missing: [], surplus: [], lines });
  }
});
