import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which rooms a room may import from, besides itself, and which packages. */
const mayImport: Record<string, { rooms: string[]; packages: RegExp }> = {
  functions: { rooms: ['api', 'csms', 'aws', 'schemas'], packages: /^(@middy\/core|zod\/mini)$/ },
  api: { rooms: ['csms'], packages: /^(hono|zod\/mini)$/ },
  csms: { rooms: ['schemas'], packages: /^$/ },
  aws: { rooms: ['csms', 'schemas'], packages: /^@(aws-sdk|smithy)\// },
  schemas: { rooms: [], packages: /^zod\/(mini|locales)$/ },
  'charge-point': { rooms: [], packages: /^ws$/ },
  local: { rooms: [], packages: /^(@smithy\/.+|aedes|dynalite(\/db\/index\.js)?|fflate|light-my-request|ws)$/ },
  start: { rooms: ['csms', 'local', 'charge-point'], packages: /^(esbuild|yaml)$/ },
  probes: { rooms: ['local', 'start', 'csms', 'aws'], packages: /^(@(aws-sdk|smithy)\/.+|aws-lambda|mqtt|ws)$/ },
};

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.test\.ts$|\.d\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:from|import) '([^']+)'/g)].map(([, specifier = '']) => specifier);
}

describe.each(Object.keys(mayImport))('%s', (room) => {
  const { rooms, packages } = mayImport[room] ?? { rooms: [], packages: /^$/ };

  it('imports only where the arrows allow it', () => {
    const wrong = sources(room).flatMap((file) =>
      importsOf(file)
        .filter((specifier) => {
          if (!specifier.startsWith('.')) {
            return !specifier.startsWith('node:') && !builtinModules.includes(specifier) && !packages.test(specifier);
          }
          const target = relative(root, join(root, dirname(file), specifier)).split('/')[0] ?? '';
          return target !== room && !rooms.includes(target);
        })
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(wrong).toEqual([]);
  });
});

it('the environment is read in one place', () => {
  const readers = ['functions', 'api', 'csms', 'aws', 'schemas']
    .flatMap(sources)
    .filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
  expect(readers).toEqual(['functions/environment.ts']);
});
