import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { notSupported } from '../csms/ocpp/handler.js';
import type { Protocol } from '../csms/ocpp/protocol.js';
import { type Route, routes } from '../csms/ocpp/routes.js';
import { call } from './memory/call.js';
import { inMemory } from './memory/index.js';

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

describe('docs/add-a-message.md', () => {
  const blocks = [...read('docs/add-a-message.md').matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
  const action = 'ClearedChargingLimit';
  const table = routes['ocpp2.0.1'] as Record<string, Route>;
  const table21 = routes['ocpp2.1'] as Record<string, Route>;

  /** The module of step 1, with the types taken away. */
  async function handlerOf(code: string): Promise<Route> {
    const module = (await transform(code, { loader: 'ts' })).code;
    return (await import(`data:text/javascript,${encodeURIComponent(module)}`)).clearedChargingLimit;
  }

  /** Runs the test of step 5 where the names that it uses are these. */
  async function run(test: string, names: Record<string, unknown>): Promise<void> {
    const code = (await transform(test, { loader: 'ts' })).code;
    new Function(...Object.keys(names), code)(...Object.values(names));
  }

  it('has an example that the code does not have', () => {
    expect([table[action], table21[action]]).toEqual([notSupported, notSupported]);
  });

  it('has a handler in step 1 that passes the test of step 5, in the routes as step 2 says', async () => {
    const [handler = '', route = '', test = ''] = blocks;
    expect(route).toContain(`\n  ${action}: clearedChargingLimit,\n`);
    const passed: string[] = [];
    const tests: Promise<unknown>[] = [];
    const each = (protocols: Protocol[]) => (_name: string, check: (protocol: Protocol) => Promise<void>) => {
      for (const protocol of protocols) tests.push(check(protocol).then(() => passed.push(protocol)));
    };
    table[action] = table21[action] = await handlerOf(handler);
    try {
      await run(test, {
        describe: (_name: string, tests: () => void) => tests(),
        it: { each },
        expect,
        v2x: ['ocpp2.0.1', 'ocpp2.1'],
        call: (protocol: Protocol, action: string, payload: object) => call(inMemory(), protocol, action, payload),
      });
      await Promise.all(tests);
    } finally {
      table[action] = table21[action] = notSupported;
    }
    expect(passed).toEqual(['ocpp2.0.1', 'ocpp2.1']);
  });
});

it.each(names('serverless.yml', 'functions'))('the architecture names function %s', (name) => {
  expect(isNamed(read('docs/architecture.md'), name)).toBe(true);
});

it.each(names('resources/tables.yml', 'Resources'))('the tables name %s', (name) => {
  expect(isNamed(read('docs/tables.md'), name)).toBe(true);
});
