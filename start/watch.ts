import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { parse } from 'yaml';
import type { Lambda } from '../local/lambda/lambda.js';
import type { Stack } from '../local/stack.js';

const sources = ['functions', 'api', 'csms', 'aws', 'schemas'];
/** An editor writes a file in several steps. */
const settling = 100;

/**
 * Builds the functions anew whenever their sources change, with the options of serverless.yml, and puts them into service.
 *
 * @param root the project's folder
 * @param onChange told what happened, in one line
 * @returns what ends that
 */
export async function watchFunctions(
  root: string,
  { resources, codeFolder }: Pick<Stack, 'resources' | 'codeFolder'>,
  lambda: Pick<Lambda, 'restart'>,
  onChange: (line: string) => void,
): Promise<() => void> {
  const options = await bundling(root);
  const watchers: FSWatcher[] = [];
  const timers = new Map<object, NodeJS.Timeout>();

  async function rebuild(file: string): Promise<void> {
    try {
      await Promise.all(resources.ofType('AWS::Lambda::Function').map((each) => bundle(handlerOf(each.properties))));
      await lambda.restart();
      onChange(`${file} changed, and is live`);
    } catch (error) {
      onChange(`${file} changed, but does not build: ${(error as Error).message}`);
    }
  }

  async function bundle(handler: string): Promise<void> {
    const name = handler.split('/').pop() ?? handler;
    const outfile = join(codeFolder, name, `${handler}.mjs`);
    await build({ ...options, entryPoints: [join(root, `${handler}.ts`)], outfile, logLevel: 'silent' });
  }

  /** Does `act` when a file of `folder` has changed and settled. */
  function onSettled(folder: string, isMeant: (file: string) => boolean, act: (file: string) => void): void {
    const watcher = watch(join(root, folder), (_, name) => {
      const file = join(folder, name ?? '');
      if (!isMeant(file)) return;
      clearTimeout(timers.get(act));
      timers.set(
        act,
        setTimeout(() => act(file), settling),
      );
    });
    watcher.on('error', (error) => onChange(`cannot watch ${folder} any more: ${error}`));
    watchers.push(watcher);
  }

  const startAgain = (file: string) => onChange(`${file} changed: start again to run it`);
  // Folder by folder: a recursive watch loses a file that an editor replaces.
  for (const folder of foldersIn(root, sources)) onSettled(folder, (file) => file.endsWith('.ts'), rebuild);
  onSettled('resources', () => true, startAgain);
  onSettled('', (file) => file === 'serverless.yml', startAgain);

  return () => {
    for (const timer of timers.values()) clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

function foldersIn(root: string, folders: string[]): string[] {
  return folders.flatMap((folder) => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return [
      folder,
      ...foldersIn(
        root,
        entries.map(({ name }) => join(folder, name)),
      ),
    ];
  });
}

function handlerOf({ Handler }: Record<string, unknown>): string {
  return (Handler as string).replace(/\.[^.]+$/, '');
}

/** What serverless.yml says of esbuild; the options that are the framework's own are left out. */
async function bundling(root: string): Promise<BuildOptions> {
  const { custom } = parse(await readFile(join(root, 'serverless.yml'), 'utf8'), { logLevel: 'silent' });
  const { outputFileExtension: _, outputWorkFolder: __, skipBuild: ___, exclude, ...options } = custom.esbuild;
  return { ...options, external: exclude };
}
