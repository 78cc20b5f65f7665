import { cpSync, existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { claim, FolderInUse } from './folder.js';
import { serverless } from './serverless.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const build = join(root, '.build');
/** What the bundles of the functions are made of: they are the same in all stages. */
const bundleSources = ['serverless.yml', 'package-lock.json', 'functions', 'api', 'csms', 'aws', 'schemas'];
/** What the compiled template is made of. */
const sources = [...bundleSources, 'resources', 'examples'];
/** The same of another service, in its folder. */
const ownBundleSources = ['serverless.yml', 'functions', '../aws/files.ts', '../csms/files', '../package-lock.json'];
const ownSources = [...ownBundleSources, 'resources'];
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
  const folder = join(build, name);
  const template = join(folder, templateFile);
  const within = (paths: string[]) => paths.map((path) => join(root, service ?? '', path));
  const from = within(service ? ownSources : sources);
  if (isNewer(template, from)) return folder;
  const turn = await takeTurn();
  try {
    // Whoever had the turn before may have compiled the same.
    if (isNewer(template, from)) return folder;
    onCompile();
    const begun = new Date();
    const fresh = `${folder}.new`;
    const bundles = join(build, '.bundles', service ?? 'csms');
    const areBundled = isNewer(bundles, within(service ? ownBundleSources : bundleSources));
    if (areBundled) cpSync(bundles, fresh, { recursive: true });
    const flags = Object.entries({ ...params, ...(areBundled && { skipBuild: 'true' }) });
    const args = ['package', '--stage', stage, '--package', fresh, ...flags.map((flag) => `--param=${flag.join('=')}`)];
    await serverless(args, join(root, service ?? ''), longest);
    if (!areBundled) keepBundles(fresh, bundles, begun);
    // What changed meanwhile is newer.
    utimesSync(join(fresh, templateFile), begun, begun);
    replace(folder, fresh);
    return folder;
  } finally {
    turn.close();
  }
}

/** Keeps the bundles in `compiled` for other stages, which takes them less than half of the time. */
function keepBundles(compiled: string, bundles: string, begun: Date): void {
  const fresh = `${bundles}.new`;
  cpSync(compiled, fresh, { recursive: true, filter: (path) => path === compiled || path.endsWith('.zip') });
  utimesSync(fresh, begun, begun);
  replace(bundles, fresh);
}

function replace(folder: string, fresh: string): void {
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}

function isNewer(made: string, from: string[]): boolean {
  return existsSync(made) && statSync(made).mtimeMs > newest(from);
}

/** The framework works in folders of its own, which two of its processes would spoil for each other. */
async function takeTurn(): Promise<{ close(): void }> {
  const until = Date.now() + longest;
  for (;;) {
    try {
      return claim(build, 'wait until that has compiled, or end it');
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
