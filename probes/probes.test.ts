import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Meter, type Operation, startMeter } from '../local/meter.js';
import { prices } from '../start/bill.js';
import { services } from './index.js';
import { openStage } from './open-stage.js';
import { embeddedPlace } from './places/embedded.js';
import type { Stage } from './stage.js';

const estimated = startMeter();
let billed: Meter;
let stage: Stage;
beforeAll(async () => {
  const place = await embeddedPlace();
  billed = place.account.meter;
  stage = await openStage(place, estimated);
});
afterAll(() => stage.close());

const tried = services
  .map(({ name, probes }) => ({ name, probes: probes.filter(({ check }) => check) }))
  .filter(({ probes }) => probes.length > 0);

describe.each(tried)('$name, embedded', ({ probes }) => {
  for (const { id, says, check } of probes) it(`${id}: ${says}`, () => check?.(stage));
});

it('what all of that would cost is estimated well enough', () => {
  const [estimate, bill] = [dollars(estimated), dollars(billed)];
  expect(estimate).toBeGreaterThan(bill / 2);
  expect(estimate).toBeLessThan(bill * 2);
  expect(bill).toBeLessThan(0.01);
});

function dollars(meter: Meter): number {
  const units = Object.entries(meter.totals()) as [Operation, number][];
  return units.reduce((sum, [operation, count]) => sum + (count * prices[operation]) / 1e6, 0);
}
