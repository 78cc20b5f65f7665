import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { compiled } from '../compiled.js';
import { smoke } from '../smoke/smoke.js';
import { type Judged, judgedMutants } from './judged.js';
import { isTried } from './permissions.js';
import { isListed, listedSurvivors } from './survivors.js';

const survivors = listedSurvivors();

/** Everything that can be dropped, renamed or changed in the template, one thing at a time. */
let mutants: Judged[];
let caught: Judged[];
let left: Judged[];

beforeAll(async () => {
  mutants = await judgedMutants();
  caught = mutants.filter(({ faults }) => faults.length > 0);
  left = mutants.filter(({ faults }) => faults.length === 0);
  // Thousands, some 20 ms each.
}, 400_000);

it('the mutants are thousands, each with a name of its own', () => {
  expect(mutants.length).toBeGreaterThan(3000);
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});

describe('the static checks', () => {
  it('leave less than 6 in 100 to the smoke run', () => {
    expect(left.length / mutants.length).toBeLessThan(0.06);
  });

  it('name what is wrong: the resource, or at its other end what it was there for', () => {
    const isNamed = ({ path, faults }: Judged) => faults.some((fault) => fault.includes(String(path[1])));
    expect(caught.filter(isNamed).length / caught.length).toBeGreaterThan(0.98);
    const ids = Object.keys(mutants[0]?.original.Resources ?? {});
    const isAbout = (fault: string) => [...ids, 'Outputs.', 'Conditions.', 'route $'].some((id) => fault.includes(id));
    expect(caught.filter(({ faults }) => !faults.some(isAbout)).map(({ name, faults }) => [name, ...faults])).toEqual(
      [],
    );
  });

  it.each([
    ['TimersQueue.Properties.VisibilityTimeout changed to -1', 'TimersQueue.Properties.VisibilityTimeout: Too small'],
    ['CsmsRole.Properties.Policies.0.PolicyDocument.Statement.0.Action.0 dropped', 'logs:CreateLogStream'],
    ['OutRulePermission dropped', 'OutRule has no permission to invoke DeliverLambdaFunction'],
    [
      'MessageLambdaFunction.Properties.Environment.Variables.NAMESPACE dropped',
      'MessageLambdaFunction reads NAMESPACE',
    ],
    ['SdefaultWebsocketsRoute.Properties.RouteKey with X behind', 'there is to be one route $default'],
    ['TimersEventSourceMappingSQSTimersQueue dropped', 'TimersLambdaFunction is invoked by nothing'],
    ['CsmsLambdaEvConf dropped', 'CsmsLambdaFunction: what it fails to do for InRule is lost'],
    ['ConnectorsTable.Properties.KeySchema.1 dropped', 'ConnectorsTable.Properties.AttributeDefinitions'],
  ])('%s: %s', (name, fault) => {
    const { faults } = mutants.find((mutant) => mutant.name === name) ?? {};
    expect(faults).toContainEqual(expect.stringContaining(fault));
  });
});

describe('the list of survivors', () => {
  it.each(survivors)('$pattern names some that the static checks leave, and none that they catch', ({ includes }) => {
    expect(left.filter(includes)).not.toEqual([]);
    expect(caught.filter(includes).map(({ name, faults }) => `${name}: ${faults[0]}`)).toEqual([]);
  });

  it('is less than 5 in 100 of all mutants', () => {
    expect(left.filter(isListed).length / mutants.length).toBeLessThan(0.05);
  });
});

describe('the smoke run', () => {
  it('passes without a mutation where nobody signs in, in a namespace', { timeout: 120_000 }, async () => {
    await smoke(await compiled('north'));
  });

  /** A few of those that `npm run mutations` tries, always the same. */
  it('catches a sample of the others', { timeout: 120_000 }, async () => {
    const hash = ({ name }: Judged) => createHash('sha256').update(name).digest('hex');
    const sample = left.filter(isTried).sort((a, b) => (hash(a) < hash(b) ? -1 : 1));
    for (const { original, applyTo, path } of sample.slice(0, 2)) {
      await expect(smoke(applyTo(original))).rejects.toThrow(String(path[1]));
    }
  });
});
