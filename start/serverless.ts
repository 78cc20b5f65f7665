import { spawn } from 'node:child_process';
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
export function serverless(args: string[], folder: string, longest: number): Promise<void> {
  const binary = join(root, 'node_modules', '.bin', 'serverless');
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], timeout: longest });
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
