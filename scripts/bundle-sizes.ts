import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';

/** In bytes. */
export interface BundleSize {
  functionName: string;
  code: number;
  zip: number;
}

/** How large each function's bundle in a folder of compiled ones is. */
export function bundleSizes(folder: string): BundleSize[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.zip'))
    .map((file) => {
      const path = join(folder, file);
      const contents = Object.values(unzipSync(readFileSync(path)));
      const code = contents.reduce((sum, { length }) => sum + length, 0);
      return { functionName: basename(file, '.zip'), code, zip: statSync(path).size };
    });
}
