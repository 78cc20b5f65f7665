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

/** The files of ours that are loaded before a file: what it imports, but for types. */
function loadedBy(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^(?:import|export) (?!type )(?:[^';]* from )?'(\.[^']+)\.js'/gm)].map(
    ([, specifier = '']) => `${join(dirname(file), specifier)}.ts`,
  );
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

it('no file imports itself by way of others: what it imports is loaded before it', () => {
  const files = new Set([...Object.keys(mayImport), 'scripts'].flatMap(sources));
  const [seen, circles] = [new Set<string>(), [] as string[]];
  const follow = (file: string, way: string[]) => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (seen.has(file) || !files.has(file)) return;
    seen.add(file);
    for (const next of loadedBy(file)) follow(next, [...way, file]);
  };
  for (const file of files) follow(file, []);
  expect(circles).toEqual([]);
});

it('the environment is read in one place', () => {
  const readers = ['functions', 'api', 'csms', 'aws', 'schemas']
    .flatMap(sources)
    .filter((file) => readFileSync(join(root, file), 'utf8').includes('process.env'));
  expect(readers).toEqual(['functions/environment.ts']);
});
