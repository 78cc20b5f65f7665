import { isLike } from '../arn.js';
import type { Permission } from '../iam.js';
import { AwsError } from '../service.js';
import type { Deployed } from '../template/stack-resources.js';

/** A service of AWS that comes by itself, for one resource. */
export interface ServicePrincipal {
  service: string;
  sourceArn: string;
}

/** What the policy of a bucket lets services do. @throws {AwsError} unless a statement allows it */
export type BucketPolicy = (principal: ServicePrincipal, permission: Permission) => void;

interface Statement {
  Effect: string;
  Principal: string | { Service: string };
  Action: string | string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, unknown>>;
}

/** Of a bucket without one. */
export const noPolicy: BucketPolicy = () => {
  throw denied();
};

/** @throws for statements that are not known: to refuse who comes without TLS, and to allow a service something for one resource */
export function bucketPolicy({ logicalId, properties }: Deployed): BucketPolicy {
  const { Statement } = properties.PolicyDocument as { Statement: Statement[] };
  const grants = Statement.filter((statement) => !refusesPlainText(statement)).map((statement) => {
    const { Effect, Principal, Action, Resource, Condition = {} } = statement;
    const sourceArn = Condition.StringEquals?.['aws:SourceArn'];
    const isKnown = Effect === 'Allow' && typeof Principal === 'object' && sourceArn !== undefined;
    if (!isKnown) throw new Error(`${logicalId}: the embedded AWS does not know ${JSON.stringify(statement)}.`);
    return { service: Principal.Service, sourceArn, actions: [Action].flat(), resources: [Resource].flat() };
  });
  return (principal, { action, resource }) => {
    const isAllowed = grants.some(
      ({ service, sourceArn, actions, resources }) =>
        service === principal.service &&
        sourceArn === principal.sourceArn &&
        actions.includes(action) &&
        resources.some((pattern) => isLike(pattern, resource)),
    );
    if (!isAllowed) throw denied();
  };
}

/** Without effect here, where there is no TLS. */
function refusesPlainText({ Effect, Condition = {} }: Statement): boolean {
  return Effect === 'Deny' && Condition.Bool?.['aws:SecureTransport'] === false;
}

export function denied(): AwsError {
  return new AwsError('AccessDenied', 'Access Denied', 403);
}
