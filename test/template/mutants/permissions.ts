import { type Permission, startIam } from '../../../local/iam.js';
import { takeUpRoles } from '../../../local/template/service-roles.js';
import { stackResources } from '../../../local/template/stack-resources.js';
import { smoke } from '../smoke/smoke.js';
import type { Template } from '../template.js';
import type { Mutant } from './mutant.js';
import { isListed } from './survivors.js';

/** What the roles of a template are asked for by its smoke run, each once, and where. */
export interface Asked {
  accountId: string;
  region: string;
  calls: { role: string; permission: Permission; caller: string | undefined }[];
}

/** Whether what a mutant changes is what a role allows, and nothing else. */
export function isOfPermissions({ path }: Pick<Mutant, 'path'>): boolean {
  return path[2] === 'Properties' && path[3] === 'Policies' && path[5] === 'PolicyDocument';
}

/** Has a smoke run of its own to catch it, when no static check does? */
export function isTried(mutant: Pick<Mutant, 'name' | 'path'>): boolean {
  return !isListed(mutant) && !isOfPermissions(mutant);
}

/** @throws when the smoke run finds a fault */
export async function askedBySmokeRun(template: Template): Promise<Asked> {
  const calls = new Map<string, Asked['calls'][number]>();
  const place = { accountId: '', region: '' };
  await smoke(template, ({ accountId, region, iam }) => {
    Object.assign(place, { accountId, region });
    const { authorize } = iam;
    iam.authorize = (role, permission, caller) => {
      calls.set(`${role} ${permission.action} ${permission.resource} ${caller}`, { role, permission, caller });
      authorize(role, permission, caller);
    };
  });
  return { ...place, calls: [...calls.values()] };
}

/**
 * What the smoke run would say of a mutant of permissions, in milliseconds: it stops at the first call that is denied, and
 * fails in the end when there is a permission that nobody needed. Until then it asks for the same as without the mutation.
 *
 * @returns a sentence that names the role; undefined when it would find nothing
 */
export function faultOfPermissions(mutated: Template, { calls, ...region }: Asked): string | undefined {
  const iam = startIam({ clock: { now: () => 0 } });
  const place = { ...region, stackName: mutated.stackName, edgeHost: 'localhost', endpoint: 'http://localhost' };
  try {
    takeUpRoles(stackResources(mutated, place), region, iam);
    for (const { role, permission, caller } of calls) iam.authorize(role, permission, caller);
  } catch (error) {
    return (error as Error).message;
  }
  const unused = iam.grants().find(({ isUsed }) => !isUsed);
  return unused && `${unused.role}: nobody needs ${unused.action} on ${unused.resource}`;
}
