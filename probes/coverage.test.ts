import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { assumptions } from './assumptions.js';
import { services } from './index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const local = join(root, 'local');
const probes = services.flatMap((service) => service.probes);

/** What in local/ is nothing of AWS's. */
const plumbing: Record<string, string> = {
  'account.ts': 'starts and closes the services',
  'arn.ts': 'text of names, tried wherever a name is',
  'dynalite.d.ts': 'types of a package',
  'faults.ts': 'where things go wrong on purpose',
  'gateway/index.ts': 'APIs by their protocol',
  'http.ts': 'requests and answers',
  'json.ts': 'types',
  'reachable.ts': "a laptop's address in its network",
  'request.ts': 'reads requests, for every service',
  'service.ts': 'the shape of a service',
  'store.ts': 'keeps things, shadows and objects in files',
  'xml.ts': 'text of answers',
};

const files = readdirSync(local, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && /\.m?ts$|\.mjs$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
  .map((entry) => relative(local, join(entry.parentPath, entry.name)))
  .sort();
const named = new Set(probes.flatMap(({ imitatedIn }) => imitatedIn));

describe('every file of local/', () => {
  it('is named by a probe, or is nothing of AWS', () => {
    expect(files.filter((file) => !named.has(file) && !(file in plumbing))).toEqual([]);
  });

  it('is not both', () => {
    expect([...named].filter((file) => file in plumbing)).toEqual([]);
  });

  it('exists', () => {
    expect([...named, ...Object.keys(plumbing)].filter((file) => !files.includes(file))).toEqual([]);
  });
});

describe('every probe', () => {
  it('has an id of its own', () => {
    const ids = probes.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('is tried, or says why not', () => {
    expect(probes.filter(({ check, notProbed }) => Boolean(check) === Boolean(notProbed)).map(({ id }) => id)).toEqual(
      [],
    );
  });

  it('is a sentence, and says in another one what it means', () => {
    const isSentence = (text: string) => /^\W*\w.*[.*]$/s.test(text);
    expect(probes.filter(({ says, ifWrong }) => !isSentence(says) || !isSentence(ifWrong)).map(({ id }) => id)).toEqual(
      [],
    );
  });

  it('can be read as Markdown', () => {
    const plain = (text: string) => text.replace(/`[^`]*`/g, '').replaceAll('**', '');
    const unreadable = probes.filter(({ says, source, ifWrong, notProbed = '' }) =>
      /[<>*$|{}]/.test(plain([says, source, ifWrong, notProbed].join('\n'))),
    );
    expect(unreadable.map(({ id }) => id)).toEqual([]);
  });
});

it('docs/assumptions.md is what npm run assumptions makes', () => {
  expect(readFileSync(join(root, 'docs/assumptions.md'), 'utf8')).toBe(assumptions());
});

describe('the table of local/README.md', () => {
  const rows = readFileSync(join(local, 'README.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => cells.length === 8);
  const table = rows.slice(2).map(([, service = '', , operations = '', , , cell = '']) => ({
    service,
    operations: operations.match(/\b[A-Z][a-z]+[A-Z]\w+\b/g) ?? [],
    begins: [...cell.matchAll(/`([^`]+)`/g)].map(([, begin = '']) => begin),
  }));

  it('has a column of probes', () => {
    expect(rows[0]?.slice(1, -1)).toEqual(['service', 'files', 'operations', 'refuses', 'not there', 'probes']);
  });

  it.each(table)('$service has probes', ({ begins }) => {
    expect(begins.length).toBeGreaterThan(0);
    expect(begins.filter((begin) => !probes.some(({ id }) => id.startsWith(begin)))).toEqual([]);
  });

  it('leaves out no probe of what is imitated', () => {
    const all = table.flatMap(({ begins }) => begins);
    const left = probes.filter(
      ({ id, imitatedIn }) => imitatedIn.length > 0 && !all.some((begin) => id.startsWith(begin)),
    );
    expect(left.map(({ id }) => id)).toEqual([]);
  });

  it('names no operation that no probe asks for', () => {
    const sources = readdirSync(join(root, 'probes')).filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    );
    const text = sources.map((file) => readFileSync(join(root, 'probes', file), 'utf8')).join('\n');
    const asked = (operation: string) => new RegExp(`new ${operation}Command|\\b${operation}\\b`).test(text);
    expect(table.flatMap(({ operations }) => operations).filter((operation) => !asked(operation))).toEqual([]);
  });
});
