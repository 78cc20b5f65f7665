import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import type { Deployed } from '../template/stack-resources.js';

/** Where a function's handler is, as its environments import it. */
export interface Code {
  file: string;
  exportName: string;
}

/** Of code that stands in the template. */
const mostInline = 4 * 1024 * 1024;
/** What Lambda's Node.js brings along; here it is what of it is installed. */
const ofRuntime = ['@aws-sdk', '@smithy'];
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/**
 * Unpacks the zip that would be deployed, or the code that stands in the template.
 *
 * @param folder of the zips
 * @param target where to
 */
export function unpack(lambda: Deployed, folder: string, target: string): Code {
  const { S3Key, ZipFile } = lambda.properties.Code as { S3Key?: string; ZipFile?: string };
  const [, path = '', exportName = ''] = /^(.+)\.([^.]+)$/.exec(lambda.properties.Handler as string) ?? [];
  if (ZipFile !== undefined) return { file: unpackInline(lambda, ZipFile, path, target), exportName };
  const zip = basename(S3Key ?? '');
  for (const [name, content] of Object.entries(unzipSync(readFileSync(join(folder, zip))))) {
    const path = join(target, basename(zip, '.zip'), name);
    mkdirSync(dirname(path), { recursive: true });
    if (!name.endsWith('/')) writeFileSync(path, content);
  }
  return { file: join(target, basename(zip, '.zip'), `${path}.mjs`), exportName };
}

/** CloudFormation puts it into a file `index.js`, which Node.js takes for CommonJS. */
function unpackInline({ logicalId, properties }: Deployed, code: string, path: string, target: string): string {
  if (!String(properties.Runtime).startsWith('nodejs')) {
    throw new Error(`${logicalId}: the embedded AWS runs nodejs, not ${properties.Runtime}.`);
  }
  if (Buffer.byteLength(code) > mostInline) throw new Error(`${logicalId}: code in a template is 4 MB at most.`);
  if (path !== 'index') throw new Error(`${logicalId}: the handler of code in a template is index.<export>.`);
  const own = join(target, logicalId);
  mkdirSync(join(own, 'node_modules'), { recursive: true });
  for (const scope of ofRuntime) symlinkSync(join(modules, scope), join(own, 'node_modules', scope), 'dir');
  // Without it Node.js would look for one in the folders above.
  writeFileSync(join(own, 'package.json'), '{}');
  writeFileSync(join(own, 'index.js'), code);
  return join(own, 'index.js');
}
