import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { problems } from '../api/problem.js';
import { refusals } from '../schemas/refusals.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const docs = readFileSync(join(root, 'docs/troubleshooting.md'), 'utf8');
/** What is said of each code, by its heading. */
const sections = new Map(docs.split(/^### /m).map((section) => section.split(/\n\n(.*)/s, 2) as [string, string]));
const headings = [...docs.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);

describe('docs/troubleshooting.md', () => {
  it.each(Object.keys(refusals))('says what %s means, and what to do', (code) => {
    expect(headings.filter((heading) => heading === code)).toHaveLength(1);
    expect(sections.get(code)?.length).toBeGreaterThan(40);
  });

  it('has no code that nobody tells', () => {
    const codes = [...Object.keys(refusals), ...Object.keys(problems)];
    expect(headings.filter((heading) => !codes.includes(heading))).toEqual([]);
  });
});

it('each refusal is told somewhere', () => {
  const rooms = ['csms', 'functions'].flatMap(sources);
  const untold = Object.keys(refusals).filter((code) => !rooms.some((text) => text.includes(`'${code}'`)));
  expect(untold).toEqual([]);
});

function sources(room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(root, room, file), 'utf8'));
}
