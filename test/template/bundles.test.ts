import { expect, it } from 'vitest';
import { bundleSizes } from '../../scripts/bundle-sizes.js';
import { compile } from '../../start/compile.js';
import { stages } from '../stages.js';

const sizes = async () => bundleSizes(await compile(stages.dev));

/** A charge point waits for them. */
it('the code of each bundle is under 520 kB: a cold start reads and compiles it', async () => {
  const others = (await sizes()).filter(({ functionName }) => functionName !== 'api');
  expect(others).toHaveLength(12);
  expect(others.filter(({ code }) => code >= 520_000)).toEqual([]);
});

/** For an operator, it has clients of five services, the schemas of all commands and those of its own. */
it("that of the API's is under 800 kB", async () => {
  expect((await sizes()).find(({ functionName }) => functionName === 'api')?.code).toBeLessThan(800_000);
});
