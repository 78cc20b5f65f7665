import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Deployed } from '../template/stack-resources.js';

/** Where a function's handler is, as its environments import it. */
export interface Code {
  file: string;
  exportName: string;
}

/**
 * Unpacks the zip that would be deployed.
 *
 * @param folder of the zips
 * @param target where to
 */
export function unpack(lambda: Deployed, folder: string, target: string): Code {
  const { S3Key } = lambda.properties.Code as { S3Key: string };
  const zip = basename(S3Key);
  for (const [name, content] of Object.entries(unzipSync(readFileSync(join(folder, zip))))) {
    const path = join(target, basename(zip, '.zip'), name);
    mkdirSync(dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, content);
  }
  const [, path = '', exportName = ''] = /^(.+)\.([^.]+)$/.exec(lambda.properties.Handler as string) ?? [];
  return { file: join(target, basename(zip, '.zip'), `${path}.mjs`), exportName };
}
