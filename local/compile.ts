import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What the compiled template and its bundles are made of. */
const sources = ['serverless.yml', 'package-lock.json', 'resources', 'functions', 'csms', 'aws', 'schemas', 'examples'];
const longest = 120_000;

export interface CompileOptions {
  stage: string;
  /** Parameters of the stage that differ from those in serverless.yml. */
  params?: Record<string, string>;
  /** Told when there is something to compile, which takes some seconds. */
  onCompile?(): void;
}

/**
 * Compiles the template and the bundles with the Serverless Framework, unless they are newer than their sources.
 *
 * @returns their folder
 * @throws what the framework printed
 */
export async function compile({ stage, params = {}, onCompile = () => {} }: CompileOptions): Promise<string> {
  const name = [stage, ...Object.entries(params).flat()].join('-').replace(/[^\w-]/g, '-');
  const folder = join(root, '.build', name);
  const compiled = join(folder, 'cloudformation-template-update-stack.json');
  if (existsSync(compiled) && statSync(compiled).mtimeMs > newest(sources.map((source) => join(root, source))))
    return folder;
  const flags = Object.entries(params).map(([key, value]) => `--param=${key}=${value}`);
  onCompile();
  const begun = new Date();
  await serverless(['package', '--stage', stage, '--package', folder, ...flags]);
  // What changed meanwhile is newer.
  utimesSync(compiled, begun, begun);
  return folder;
}

/** Milliseconds since 1970 of the last change in `paths`, folders with all that is in them. Tests are no source. */
function newest(paths: string[]): number {
  const times = paths.map((path) => {
    const stat = statSync(path);
    const { mtimeMs } = stat;
    if (!stat.isDirectory()) return path.endsWith('.test.ts') ? 0 : mtimeMs;
    return Math.max(mtimeMs, newest(readdirSync(path).map((name) => join(path, name))));
  });
  return Math.max(...times);
}

function serverless(args: string[]): Promise<void> {
  const binary = join(root, 'node_modules', '.bin', 'serverless');
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], timeout: longest });
    let output = '';
    const listen = (chunk: Buffer) => {
      output += chunk;
      // After a build error the framework's bundler keeps the process alive.
      if (/^Error:/m.test(output)) child.kill();
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`serverless ${args.join(' ')} failed:\n${output}`));
    });
  });
}
