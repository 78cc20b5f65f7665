import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { eventually, within } from './system.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const keptIn = mkdtempSync(join(tmpdir(), 'npm-start-'));
const running: ChildProcess[] = [];

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(keptIn, { recursive: true, force: true });
});

/** A script of package.json, as `npm run` starts it. */
function run(script: 'start' | 'register' | 'simulate', ...args: string[]) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const [, ...words] = scripts[script].split(' ');
  // As tsx does, but in one process: what is killed here leaves none behind.
  const child = spawn(process.execPath, ['--import', 'tsx', ...words, ...args], { cwd: root, stdio: 'pipe' });
  running.push(child);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    lines,
    ended: () => within('the end', ended),
    line: (pattern: RegExp) =>
      within(
        `a line with ${pattern} among\n${lines.join('\n')}\n`,
        new Promise<string>((resolve) => {
          const look = () => {
            const found = lines.find((line) => pattern.test(line));
            if (found === undefined) return;
            waiting.delete(look);
            resolve(found);
          };
          waiting.add(look);
          look();
        }),
      ),
  };
}

const start = (...args: string[]) =>
  run('start', '--port', '0', '--mqtt-port', '0', '--endpoint-port', '0', '--keep-in', keptIn, ...args);

/** What differs from run to run. */
const alike = (line: string) =>
  line
    .replace(/(localhost|127\.0\.0\.1):\d+/, '$1:…')
    .replace(/csms_\S+/, 'csms_…')
    .replace(/ready in [\d.]+ s/, 'ready in … s')
    .replace(/"[0-9a-f]{4}[0-9a-f-]*…?"/, '"…"')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, '…');

describe('npm start', () => {
  it('prints what the README shows, and ends cleanly at Ctrl-C', async () => {
    const system = start('--demo');
    await system.line(/^CP1 ← .*\{\}\]$/);
    system.child.kill('SIGINT');
    expect(await system.ended()).toBe(0);

    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, shown = ''] = /\$ npm ci && npm start\n(.*?)```/s.exec(readme) ?? [];
    const lines = shown.trim().split('\n');
    // Compiled already, by the tests.
    expect(lines.shift()).toMatch(/^compiling/);
    expect(system.lines.slice(0, lines.length).map(alike)).toEqual(lines.map(alike));
    expect(system.lines.at(-1)).toMatch(/^in AWS: [\d.]+ \$ at list prices/);
  });

  it('tells a taken port in one sentence', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const system = start('--port', String(port));
    expect(await system.ended()).toBe(1);
    expect(system.lines).toEqual([
      `Port ${port} is taken, by another npm start perhaps: end that, or choose another port (npm start -- --help).`,
    ]);
    taken.close();
  });

  it('tells a flag that it does not know in one sentence, and how it is used', async () => {
    const system = start('--prot', '9000');
    expect(await system.ended()).toBe(1);
    expect(system.lines[0]).toBe("Unknown option '--prot'.");
    expect(system.lines.join('\n')).toContain('--port <n>');
  });

  it("serves the operator's API to whoever has the token that it prints, or that it is given", async () => {
    const token = 'a-token-of-my-own';
    const system = start('--no-demo', '--token', token);
    const api = /http:\S+/.exec(await system.line(/^API/))?.[0] as string;
    expect(await system.line(/^admin token/)).toContain(token);
    const signIn = /http:\S+/.exec(await system.line(/^sign in/))?.[0] as string;
    await system.line(/^ready/);
    const ask = (bearer: string) => fetch(`${api}/charge-points`, { headers: { authorization: `Bearer ${bearer}` } });
    await eventually('CP1', async () => (await (await ask(token)).text()).includes('"CP1"') || undefined);
    const body = new URLSearchParams({ username: 'jane', role: 'viewer' });
    const { access_token } = (await (await fetch(signIn, { method: 'POST', body })).json()) as { access_token: string };
    expect((await ask(access_token)).status).toBe(200);
    expect((await ask('another-token-of-mine')).status).toBe(401);
  });

  it('names a charge point that knocks unregistered, with the command that lets it in', async () => {
    const system = start('--no-demo');
    const url = /ws:\/\/localhost:\d+/.exec(await system.line(/^charge points/))?.[0] as string;
    const endpoint = /http:\/\/\S+?:\d+/.exec(await system.line(/^AWS SDK/))?.[0] as string;
    await system.line(/^ready/);

    const stranger = run('simulate', '--url', url, '--cp-id', 'CP9');
    expect(await stranger.ended()).toBe(1);
    expect(await system.line(/CP9 knocked/)).toBe(
      'CP9 knocked and is not registered. To register it: npm run register -- CP9',
    );

    const registration = run('register', 'CP9', '--password', '--endpoint', endpoint);
    const password = /password (\w+)/.exec(await registration.line(/^Its user is CP9/))?.[1] as string;
    expect(await registration.ended()).toBe(0);

    const known = run('simulate', '--url', url, '--cp-id', 'CP9', '--password', password, '--protocol', 'ocpp1.6');
    await known.line(/CP9 ← .*"status":"Accepted"/);
    known.child.kill('SIGINT');
    expect(await known.ended()).toBe(0);
  });
});
