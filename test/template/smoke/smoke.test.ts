import { it } from 'vitest';
import { compiled } from '../compiled.js';
import { smoke } from './smoke.js';

it('the template does what it is there for', async () => {
  await smoke(await compiled('dev'));
});
