import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { parse } from 'yaml';
import type { Lambda } from './lambda/lambda.js';
import type { Stack } from './stack.js';

const sources = ['functions', 'csms', 'aws', 'schemas'];
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
  let timer: NodeJS.Timeout | undefined;

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

  const watchers = sources.map((source) =>
    watch(join(root, source), { recursive: true }, (_, file) => {
      clearTimeout(timer);
      timer = setTimeout(() => void rebuild(join(source, file ?? '')), settling);
    }),
  );
  const template = watch(join(root, 'serverless.yml'), () => onChange('serverless.yml changed: start again to run it'));
  for (const each of [...watchers, template]) each.on('error', (error) => onChange(`cannot watch any more: ${error}`));
  return () => {
    clearTimeout(timer);
    for (const each of [...watchers, template]) each.close();
  };
}

function handlerOf({ Handler }: Record<string, unknown>): string {
  return (Handler as string).replace(/\.[^.]+$/, '');
}

/** What serverless.yml says of esbuild; the options that are the framework's own are left out. */
async function bundling(root: string): Promise<BuildOptions> {
  const { custom } = parse(await readFile(join(root, 'serverless.yml'), 'utf8'), { logLevel: 'silent' });
  const { outputFileExtension: _, outputWorkFolder: __, exclude, ...options } = custom.esbuild;
  return { ...options, external: exclude };
}
