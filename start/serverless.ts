import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Runs a command of the Serverless Framework.
 *
 * @param folder of the service's serverless.yml
 * @param longest it may take, in milliseconds
 * @throws what the framework printed
 */
export async function serverless(args: string[], folder: string, longest: number): Promise<void> {
  // It leaves folders behind, one for each function.
  const temporary = await mkdtemp(join(tmpdir(), 'serverless-'));
  try {
    await run(args, { cwd: folder, env: { ...process.env, TMPDIR: temporary }, timeout: longest });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function run(args: string[], options: { cwd: string; env: NodeJS.ProcessEnv; timeout: number }): Promise<void> {
  const binary = join(root, 'node_modules', '.bin', 'serverless');
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
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
