import { isLike } from './arn.js';
import type { Clock } from './clock.js';
import { AwsError } from './service.js';
import type { Deployed } from './template/stack-resources.js';

/** What everybody signs with who is in no session. */
export const secretAccessKey = 'embedded';

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
  /**
   * Lets whoever signs as `accessKeyId` act in a role for some time.
   *
   * @throws {AwsError} unless the role trusts `session.by`
   */
  openSession(accessKeyId: string, session: Session): void;
  /** @throws {AwsError} when the session of `caller`, if he is in one, has ended */
  checkSession(caller: string): void;
  /** The role in which `caller` acts; whoever has none is the account's owner, who may do everything. */
  roleOf(caller: string): string | undefined;
  /** @throws {AwsError} as AWS says it, unless a statement of the role allows it */
  authorize(roleArn: string, permission: Permission, session?: string): void;
  grants(): Grant[];
}

/** A role that somebody assumed by STS. */
export interface Session {
  roleArn: string;
  /** Who assumed it: a function, or the account's owner. */
  by: string;
  /** Its name, which is told when something is refused. */
  name: string;
  /** A policy of its own: what the role allows and this doesn't is refused. */
  policy?: { Statement: Statement[] };
  /** Milliseconds since 1970. */
  until: number;
}

interface Role {
  trusts: string[];
  grants: Grant[];
}

/** The roles of an account, and what each of their statements was needed for. */
export function startIam({ clock }: { clock: Pick<Clock, 'now'> }): Iam {
  const roles = new Map<string, Role>();
  const roleOf = new Map<string, string>();
  /** By access key id, those that STS gave out. */
  const sessions = new Map<string, { name: string; until: number; grants: Grant[] | undefined }>();

  function roleNamed(arn: string): Role {
    const role = roles.get(arn);
    if (!role) throw new Error(`There is no role ${arn}.`);
    return role;
  }

  function authorize(roleArn: string, { action, resource }: Permission, caller = 'service'): void {
    const session = sessions.get(caller);
    const who = `${roleArn}/${session?.name ?? caller}`;
    const allows = (grant: Grant) => grant.action === action && isLike(grant.resource, resource);
    const grant = roleNamed(roleArn).grants.find(allows);
    if (!grant) throw denied(who, action, resource, 'identity-based');
    if (session?.grants && !session.grants.some(allows)) throw denied(who, action, resource, 'session');
    grant.isUsed = true;
  }

  return {
    createRole({ attributes, logicalId, properties }) {
      const { AssumeRolePolicyDocument, Policies = [] } = properties as {
        AssumeRolePolicyDocument: { Statement: { Principal: { Service?: string; AWS?: string } }[] };
        Policies?: { PolicyDocument: { Statement: Statement[] } }[];
      };
      const arn = attributes.Arn as string;
      roles.set(arn, {
        trusts: AssumeRolePolicyDocument.Statement.map(({ Principal }) => Principal.Service ?? Principal.AWS ?? ''),
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
    openSession(accessKeyId, { roleArn, by, name, policy, until }) {
      const assumer = roleOf.get(by);
      const account = accountOf(roleArn);
      const trusts = roles.get(roleArn)?.trusts ?? [];
      // Trusted by name it needs no statement of its own; whoever is trusted as one of the account does.
      const isTrusted = trusts.includes(assumer ?? account) || (assumer !== undefined && trusts.includes(account));
      if (!isTrusted) throw deniedTo(assumer ?? account, 'sts:AssumeRole', roleArn);
      if (assumer && !trusts.includes(assumer)) authorize(assumer, { action: 'sts:AssumeRole', resource: roleArn }, by);
      const grants = policy?.Statement.flatMap((each) => grantsOf('the session policy', each));
      sessions.set(accessKeyId, { name, until, grants });
      roleOf.set(accessKeyId, roleArn);
    },
    checkSession(caller) {
      if (clock.now() < (sessions.get(caller)?.until ?? Number.POSITIVE_INFINITY)) return;
      throw new AwsError('ExpiredTokenException', 'The security token included in the request is expired', 403);
    },
    authorize,
    grants: () => [...roles.values()].flatMap(({ grants }) => grants),
  };
}

export interface Statement {
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

/** Whoever has an account may do everything in it that it is trusted with. */
function accountOf(roleArn: string): string {
  return `arn:aws:iam::${roleArn.split(':')[4]}:root`;
}

function denied(roleArn: string, action: string, resource: string, kind: 'identity-based' | 'session'): AwsError {
  const who = roleArn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/');
  const what = `is not authorized to perform: ${action} on resource: ${resource}`;
  const why = `because no ${kind} policy allows the ${action} action`;
  return new AwsError('AccessDeniedException', `User: ${who} ${what} ${why}`, 403);
}

function deniedTo(who: string, action: string, resource: string): AwsError {
  return new AwsError(
    'AccessDenied',
    `User: ${who} is not authorized to perform: ${action} on resource: ${resource}`,
    403,
  );
}
