import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { events } from '../schemas/events.js';
import { coverage } from './conformance/coverage.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const docs = [
  'README.md',
  'local/README.md',
  ...readdirSync(join(root, 'docs'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
];

/** Code is no prose: what looks like a link in it is none. */
const prose = (text: string) => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');

/** As GitHub makes the anchors of headings. */
function anchorsOf(text: string): string[] {
  return [...text.replace(/^```.*?^```/gms, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function isBroken(file: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(join(root, target))) return true;
  return anchor !== undefined && target.endsWith('.md') && !anchorsOf(read(target)).includes(anchor);
}

/** The members of a YAML mapping in a file of the template, whose intrinsic functions are left as they are. */
const names = (file: string, member: string) => Object.keys(parse(read(file), { logLevel: 'silent' })[member]);

/** What stands in backticks or at the beginning of a heading. */
const isNamed = (text: string, name: string) => text.includes(`\`${name}\``) || text.includes(`\n## ${name}\n`);

describe.each(docs)('%s', (file) => {
  it('links to what exists', () => {
    const links = [...prose(read(file)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const relativeLinks = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(relativeLinks.filter((link) => isBroken(file, link))).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(file).matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      ([, run, short]) => run ?? short,
    );
    expect(named.filter((name) => !name || !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe('the events', () => {
  it('have a row each in docs/architecture.md, with how their ids are made', () => {
    const rows = [...read('docs/architecture.md').matchAll(/^\| `([a-z-]+)` \| [^|]+ \| [^|]+ \|$/gm)].map(
      ([, name]) => name,
    );
    expect(Object.keys(events).filter((name) => !rows.includes(name))).toEqual([]);
  });
});

describe('docs/add-a-message.md', () => {
  const blocks = [...read('docs/add-a-message.md').matchAll(/^```ts\n\/\/ (\S+)\n(.*?)^```/gms)];
  const shown = blocks.map(([, file = '', code = '']) => [file, code] as const);

  it('shows each of its steps', () => {
    expect(shown.map(([file]) => file)).toEqual([
      'csms/v201/calls/cleared-charging-limit.ts',
      'csms/v201/routes.ts',
      'csms/smart-charging/limits.ts',
      'schemas/events.ts',
      'csms/smart-charging/smart-charging.test.ts',
    ]);
  });

  it.each(shown)('shows what is in %s', (file, code) => {
    for (const passage of code.split('// …\n')) expect(read(file)).toContain(passage);
  });

  it('names files that exist', () => {
    const paths = [...read('docs/add-a-message.md').matchAll(/`([a-z]+\/[\w./-]+)`/g)].map(([, path = '']) => path);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

it('docs/ocpp-coverage.md is as npm run ocpp-coverage writes it, and misses nothing', () => {
  expect(read('docs/ocpp-coverage.md')).toBe(coverage());
  expect(coverage()).not.toContain('| nothing |');
});

it.each(names('serverless.yml', 'functions'))('the architecture names function %s', (name) => {
  expect(isNamed(read('docs/architecture.md'), name)).toBe(true);
});

it.each(names('resources/tables.yml', 'Resources'))('the tables name %s', (name) => {
  expect(isNamed(read('docs/tables.md'), name)).toBe(true);
});
