import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Deployed } from '../template/stack-resources.js';

/** Where a function's handler is, as its environments import it. */
export interface Code {
  file: string;
  exportName: string;
}

/** Unpacks the zip that would be deployed, beside it. */
export function unpack(lambda: Deployed, folder: string): Code {
  const { S3Key } = lambda.properties.Code as { S3Key: string };
  const zip = basename(S3Key);
  const target = join(folder, 'code', basename(zip, '.zip'));
  for (const [name, content] of Object.entries(unzipSync(readFileSync(join(folder, zip))))) {
    const path = join(target, name);
    mkdirSync(dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, content);
  }
  const [, path = '', exportName = ''] = /^(.+)\.([^.]+)$/.exec(lambda.properties.Handler as string) ?? [];
  return { file: join(target, `${path}.mjs`), exportName };
}
