import { arnLike } from './arn.js';
import { AwsError } from './service.js';
import type { Deployed } from './template/stack-resources.js';

/** What a call needs: `dynamodb:GetItem` on a table's ARN. */
export interface Permission {
  action: string;
  resource: string;
}

/** An action on a resource that a role's statement allows, and whether it was needed so far. */
export interface Grant extends Permission {
  role: string;
  isUsed: boolean;
}

export interface Iam {
  /** Takes up a role of a template. @returns what deletes it again */
  createRole(role: Deployed): () => void;
  /** A service acts in a role from now on; a function signs its calls as `caller`. @throws when the role does not trust the service */
  assume(roleArn: string, principal: string, caller?: string): void;
  /** The role in which `caller` acts; whoever has none is the account's owner, who may do everything. */
  roleOf(caller: string): string | undefined;
  /** @throws {AwsError} as AWS says it, unless a statement of the role allows it */
  authorize(roleArn: string, permission: Permission, session?: string): void;
  grants(): Grant[];
}

interface Role {
  trusts: string[];
  grants: Grant[];
}

/** The roles of an account, and what each of their statements was needed for. */
export function startIam(): Iam {
  const roles = new Map<string, Role>();
  const roleOf = new Map<string, string>();

  function roleNamed(arn: string): Role {
    const role = roles.get(arn);
    if (!role) throw new Error(`There is no role ${arn}.`);
    return role;
  }

  return {
    createRole({ attributes, logicalId, properties }) {
      const { AssumeRolePolicyDocument, Policies = [] } = properties as {
        AssumeRolePolicyDocument: { Statement: { Principal: { Service: string } }[] };
        Policies?: { PolicyDocument: { Statement: Statement[] } }[];
      };
      const arn = attributes.Arn as string;
      roles.set(arn, {
        trusts: AssumeRolePolicyDocument.Statement.map(({ Principal }) => Principal.Service),
        grants: Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement).flatMap((each) =>
          grantsOf(logicalId, each),
        ),
      });
      return () => {
        roles.delete(arn);
        for (const [caller, role] of roleOf) if (role === arn) roleOf.delete(caller);
      };
    },
    assume(roleArn, principal, caller) {
      if (!roleNamed(roleArn).trusts.includes(principal)) throw new Error(`${roleArn} does not trust ${principal}.`);
      if (caller) roleOf.set(caller, roleArn);
    },
    roleOf: (caller) => roleOf.get(caller),
    authorize(roleArn, { action, resource }, session = 'service') {
      const grant = roleNamed(roleArn).grants.find(
        (each) => each.action === action && arnLike(each.resource, resource),
      );
      if (!grant) throw denied(`${roleArn}/${session}`, action, resource);
      grant.isUsed = true;
    },
    grants: () => [...roles.values()].flatMap(({ grants }) => grants),
  };
}

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
}

/** Only statements that allow, without conditions, are known. */
function grantsOf(role: string, { Effect, Action, Resource, ...others }: Statement): Grant[] {
  const unknown = Effect === 'Allow' ? Object.keys(others).find((key) => key !== 'Sid') : Effect;
  if (unknown) throw new Error(`${role}: the embedded AWS does not know ${unknown} in a policy.`);
  return [Action]
    .flat()
    .flatMap((action) => [Resource].flat().map((resource) => ({ role, action, resource, isUsed: false })));
}

function denied(roleArn: string, action: string, resource: string): AwsError {
  const who = roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/');
  const what = `is not authorized to perform: ${action} on resource: ${resource}`;
  const why = `because no identity-based policy allows the ${action} action`;
  return new AwsError('AccessDeniedException', `User: ${who} ${what} ${why}`, 403);
}
