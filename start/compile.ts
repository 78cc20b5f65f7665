import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { claim, FolderInUse } from './folder.js';
import { serverless } from './serverless.js';

const root = fileURLToPath(new URL('..', import.meta.url));
/** What the compiled template and its bundles are made of. */
const sources = [
  'serverless.yml',
  'package-lock.json',
  'resources',
  'functions',
  'api',
  'csms',
  'aws',
  'schemas',
  'examples',
];
/** What the template of another service is made of, in its folder. */
const ownSources = [
  'serverless.yml',
  'resources',
  'functions',
  '../aws/files.ts',
  '../csms/files',
  '../package-lock.json',
];
const templateFile = 'cloudformation-template-update-stack.json';
const longest = 120_000;

export interface CompileOptions {
  stage: string;
  /** Where another service has its serverless.yml, in this project. */
  service?: string;
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
export async function compile({ stage, service, params = {}, onCompile = () => {} }: CompileOptions): Promise<string> {
  const name = [service ?? [], stage, ...Object.entries(params)]
    .flat()
    .join('-')
    .replace(/[^\w-]/g, '-');
  const folder = join(root, '.build', name);
  const from = (service ? ownSources.map((source) => join(service, source)) : sources).map((path) => join(root, path));
  if (isCompiled(folder, from)) return folder;
  const turn = await takeTurn();
  try {
    // Whoever had the turn before may have compiled the same.
    if (isCompiled(folder, from)) return folder;
    onCompile();
    const begun = new Date();
    const fresh = `${folder}.new`;
    const flags = Object.entries(params).map(([key, value]) => `--param=${key}=${value}`);
    const args = ['package', '--stage', stage, '--package', fresh, ...flags];
    await serverless(args, join(root, service ?? ''), longest);
    // What changed meanwhile is newer.
    utimesSync(join(fresh, templateFile), begun, begun);
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
    return folder;
  } finally {
    turn.close();
  }
}

function isCompiled(folder: string, from: string[]): boolean {
  const compiled = join(folder, templateFile);
  return existsSync(compiled) && statSync(compiled).mtimeMs > newest(from);
}

/** The framework works in folders of its own, which two of its processes would spoil for each other. */
async function takeTurn(): Promise<{ close(): void }> {
  const until = Date.now() + longest;
  for (;;) {
    try {
      return claim(join(root, '.build'));
    } catch (error) {
      if (!(error instanceof FolderInUse) || Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
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
