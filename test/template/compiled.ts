import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readTemplate, type Template } from './template.js';

const run = promisify(execFile);

/** Compiles a stage where it has changed, and reads the result. A namespace gives it a folder of its own. */
export async function compiled(stage: string, namespace?: string): Promise<Template> {
  const folder = namespace ? `.build/${stage}-${namespace}` : `.build/${stage}`;
  const param = namespace ? ['--param', `namespace=${namespace}`] : [];
  await run('npx', ['serverless', 'package', '--stage', stage, '--package', folder, ...param], { timeout: 60_000 });
  return readTemplate(folder);
}
