import { expect, it } from 'vitest';
import { bundleSizes } from '../../scripts/bundle-sizes.js';
import { compile } from '../../start/compile.js';
import { stages } from '../stages.js';

it('the code of each bundle is under 500 kB: a cold start reads and compiles it', async () => {
  const sizes = bundleSizes(await compile(stages.dev));
  expect(sizes).toHaveLength(10);
  expect(sizes.filter(({ code }) => code >= 500_000)).toEqual([]);
});
