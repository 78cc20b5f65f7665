import { arnLike } from './arn.js';
import { AwsError } from './service.js';
import type { Deployed } from './template/stack-resources.js';

/** What a call needs: `dynamodb:GetItem` on a table's ARN. */
export interface Permission {
  action: string;
  resource: string;
}

export interface Iam {
  /** Takes up a role of a template. */
  createRole(role: Deployed): void;
  /** From now on what `caller` signs is done in this role. */
  assume(caller: string, roleArn: string): void;
  /** @throws {AwsError} as AWS says it, unless a statement of the caller's role allows it. Who has no role is the account's owner. */
  authorize(caller: string, permission: Permission): void;
  /** The same for a service that acts in a role itself. */
  authorizeRole(roleArn: string, permission: Permission): void;
  /** Every pair of an action and a resource that a role's statements allow, and whether it was needed so far. */
  usage(): { role: string; action: string; resource: string; isUsed: boolean }[];
}

interface Grant {
  role: string;
  action: string;
  resource: string;
  isUsed: boolean;
}

/** The roles of an account, and what each of their statements was needed for. Only `Allow` statements without conditions are known. */
export function startIam(): Iam {
  const grants = new Map<string, Grant[]>();
  const roleOf = new Map<string, string>();

  function check(who: string, roleArn: string, { action, resource }: Permission): void {
    const allowing = grants.get(roleArn)?.find((grant) => grant.action === action && arnLike(grant.resource, resource));
    if (!allowing) throw denied(who, action, resource);
    allowing.isUsed = true;
  }

  return {
    createRole(role) {
      const policies = (role.properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[];
      const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
      grants.set(
        role.attributes.Arn as string,
        statements.flatMap((statement) => grantsOf(role.logicalId, statement)),
      );
    },
    assume(caller, roleArn) {
      if (!grants.has(roleArn)) throw new Error(`${caller} is to act in the unknown role ${roleArn}.`);
      roleOf.set(caller, roleArn);
    },
    authorize(caller, permission) {
      const roleArn = roleOf.get(caller);
      if (roleArn) check(caller, roleArn, permission);
    },
    authorizeRole(roleArn, permission) {
      check(roleArn.split('/').pop() ?? roleArn, roleArn, permission);
    },
    usage: () => [...grants.values()].flat().map((grant) => ({ ...grant })),
  };
}

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
}

function grantsOf(role: string, { Effect, Action, Resource, ...others }: Statement): Grant[] {
  const unknown = Object.keys(others).find((key) => key !== 'Sid');
  if (Effect !== 'Allow' || unknown)
    throw new Error(`${role}: the embedded AWS does not know ${unknown ?? Effect} in a policy.`);
  return [Action]
    .flat()
    .flatMap((action) => [Resource].flat().map((resource) => ({ role, action, resource, isUsed: false })));
}

function denied(who: string, action: string, resource: string): AwsError {
  const why = `because no identity-based policy allows the ${action} action`;
  return new AwsError(
    'AccessDeniedException',
    `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
    403,
  );
}
