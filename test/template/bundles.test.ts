import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { compiled } from './compiled.js';
import { ofType } from './template.js';

const limit = 500_000;

it('no function carries 500 kB of code', async () => {
  const template = await compiled('dev');
  const sizes = ofType(template, 'AWS::Lambda::Function').map(([id, { Code }]): [string, number] => {
    const files = unzipSync(readFileSync(join(template.folder, basename(Code.S3Key))));
    return [id, Object.values(files).reduce((sum, { length }) => sum + length, 0)];
  });
  expect(sizes).not.toEqual([]);
  expect(sizes.filter(([, size]) => size >= limit)).toEqual([]);
});
