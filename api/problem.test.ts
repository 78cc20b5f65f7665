import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Problem, type ProblemCode, problemBody, problems } from './problem.js';

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
      help: 'docs/troubleshooting.md#bad-cursor',
      errors: [],
    });
  });

  it.each(Object.keys(problems) as ProblemCode[])('%s is an error of HTTP', (code) => {
    expect(problems[code].status).toBeGreaterThanOrEqual(400);
  });
});
