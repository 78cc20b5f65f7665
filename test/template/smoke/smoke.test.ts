import { expect, it } from 'vitest';
import { compiled } from '../compiled.js';
import { judgedMutants } from '../mutants/judged.js';
import { type Asked, askedBySmokeRun, faultOfPermissions, isOfPermissions } from '../mutants/permissions.js';

let asked: Asked | undefined;

it('the template does what it is there for', { timeout: 120_000 }, async () => {
  asked = await askedBySmokeRun(await compiled('withIssuer'));
});

it('whatever roles allow was asked for: any mutant of permissions is denied something, in the name of its role', {
  timeout: 120_000,
}, async ({ skip }) => {
  if (!asked) return skip('the run above, which says what was asked for, failed');
  const wanted = asked;
  const mutants = await judgedMutants(isOfPermissions);
  expect(faultOfPermissions(await compiled('withIssuer'), wanted)).toBeUndefined();
  const left = mutants.filter(({ faults }) => faults.length === 0);
  expect(left.length).toBeGreaterThan(300);
  const missed = left.filter(
    ({ stage, applyTo, original, path }) =>
      stage !== 'withIssuer' || !faultOfPermissions(applyTo(original), wanted)?.includes(String(path[1])),
  );
  expect(missed.map(({ name }) => name)).toEqual([]);
});
