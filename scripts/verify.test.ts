import { expect, it } from 'vitest';
import { npmRun } from './testing.js';

const verify = (...args: string[]) => npmRun('verify', args);

it('says of each probe whether it is so, and what that would cost', async () => {
  const { code, out, errors } = await verify('--local', '--only', 'dynamodb-', '--only', 'websocket-idle');
  const lines = out.trim().split('\n');
  expect(errors).toBe('');
  expect(code).toBe(0);
  expect(lines).toContain('confirmed   dynamodb-condition');
  expect(lines).toContain('not probed  dynamodb-behind: that it was not behind would prove nothing');
  expect(lines).toContain('not probed  websocket-idle: takes 11 min: --slow');
  expect(lines.at(-2)).toMatch(/^\d+ confirmed, 0 differs, 0 unclear, \d+ not probed$/);
  expect(lines.at(-1)).toMatch(/^in AWS: 0\.000\d{3} \$ at list prices/);
});

it('without credentials it says so in one sentence', async () => {
  const { code, out, errors } = await verify('--stage', 'dev');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(errors.trim().split('\n')).toHaveLength(1);
  expect(errors).toMatch(/^There are no AWS credentials: /);
});

it('asks for what is missing', async () => {
  expect((await verify()).errors).toMatch(/^Name a --stage, or --local\.\n/);
  const unknown = await verify('--local', '--only', 'nonsense');
  expect({ code: unknown.code, errors: unknown.errors }).toEqual({
    code: 1,
    errors: 'There is no probe nonsense: docs/assumptions.md lists them.\n',
  });
});
