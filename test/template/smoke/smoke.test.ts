import { it } from 'vitest';
import { compiled } from '../compiled.js';
import { smoke } from './smoke.js';

it('the template does what it is there for', { timeout: 120_000 }, async () => {
  await smoke(await compiled('withIssuer'));
});
