import { afterAll, beforeAll, describe, it } from 'vitest';
import { services } from './index.js';
import { openStage } from './open-stage.js';
import { embeddedPlace } from './places/embedded.js';
import type { Stage } from './stage.js';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage(await embeddedPlace());
});
afterAll(() => stage.close());

const tried = services
  .map(({ name, probes }) => ({ name, probes: probes.filter(({ check }) => check) }))
  .filter(({ probes }) => probes.length > 0);

describe.each(tried)('$name, embedded', ({ probes }) => {
  for (const { id, says, check } of probes) it(`${id}: ${says}`, () => check?.(stage));
});
