import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { refusals } from '../schemas/refusals.js';
import { apiInMemory } from '../test/memory/api.js';
import { Problem, type ProblemCode, problemBody, problems } from './problem.js';
import { troubleshooting } from './troubleshooting.js';

const docs = readFileSync(fileURLToPath(new URL('../docs/troubleshooting.md', import.meta.url)), 'utf8');
const section = /^## What the API refuses\n(.*?)(?=^## |\Z)/ms.exec(`${docs}\n## end`)?.[1] ?? '';
const explained = [...section.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);

it('each code has its heading in the docs, and each heading its code', () => {
  expect(explained.sort()).toEqual(Object.keys(problems).sort());
});

describe('a problem', () => {
  it('says what is wrong, what to do, and where the docs say more', () => {
    const problem = new Problem('bad-cursor', 'Begin anew.', { errors: [] });
    expect(problemBody(problem, '/api/v1/x')).toEqual({
      type: 'urn:serverless-csms:problem:bad-cursor',
      title: 'The cursor is of no use here',
      status: 400,
      detail: 'Begin anew.',
      instance: '/api/v1/x',
      code: 'bad-cursor',
      help: '/api/v1/docs/problems#bad-cursor',
      errors: [],
    });
  });

  it.each(Object.keys(problems) as ProblemCode[])('%s is an error of HTTP', (code) => {
    expect(problems[code].status).toBeGreaterThanOrEqual(400);
  });
});

describe('the page that help leads to', () => {
  const page = async () => (await (await apiInMemory()).ask('GET /docs/problems', { who: 'nobody' })).text;

  it('is what the docs say: when this fails, npm run troubleshooting', () => {
    expect(troubleshooting).toBe(docs);
  });

  it.each([...Object.keys(problems), ...Object.keys(refusals)])('has a place for %s', async (code) => {
    expect((await page()).split(`<h3 id="${code}">`)).toHaveLength(2);
  });

  it('shows code and its own links, and loads nothing', async () => {
    const html = await page();
    expect(html).toContain('<code>npm run register -- &lt;identity&gt;</code>');
    expect(html).toContain('<a href="#partly-understood">');
    expect(html).not.toMatch(/<script|<p>#|\]\(|https?:\/\//);
  });

  it('is where the problem says, on the same host', async () => {
    const world = await apiInMemory();
    const { body } = await world.ask('GET /nothing', { who: 'nobody' });
    const { pathname, hash } = new URL(body.help, 'https://api');
    const { status, text } = await world.ask(`GET ${pathname.replace('/api/v1', '')}`, { who: 'nobody' });
    expect({ status, hasPlace: text.includes(`id="${hash.slice(1)}"`) }).toEqual({ status: 200, hasPlace: true });
  });
});
