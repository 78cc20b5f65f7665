import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a script as `npm run` does, without what this machine may know of AWS. */
export async function npmRun(
  script: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; out: string; errors: string }> {
  const env = {
    PATH: process.env.PATH,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
    AWS_CONFIG_FILE: '/nowhere',
    ...environment,
  };
  const child = spawn('node_modules/.bin/tsx', [`scripts/${script}.ts`, ...args], { cwd: root, env });
  const [out, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? -1))),
  ]);
  return { code, out, errors };
}
