import { expect, it } from 'vitest';
import { compiled } from '../compiled.js';
import { smoke } from './smoke.js';

it.each(['dev', 'north'] as const)('the template of stage %s does what it is there for', async (stage) => {
  await expect(smoke(await compiled(stage))).resolves.toBeUndefined();
});
