import { randomBytes } from 'node:crypto';
import { isLike } from '../arn.js';
import { identify, type Place } from './identities.js';
import { type Identity, intrinsics } from './intrinsics.js';
import type { Template } from './template.js';

/** A resource with nothing left to resolve. */
export interface Deployed extends Identity {
  logicalId: string;
  type: string;
  /** What becomes of it when the stack is removed. */
  deletionPolicy?: string;
  properties: Record<string, unknown>;
}

export interface StackResources {
  /** @param type `Custom::*` is all custom ones */
  ofType(type: string): Deployed[];
  /** @throws when there is none, or more than one */
  only(type: string): Deployed;
}

/** Resolves a template as CloudFormation would in `place`. */
export function stackResources(template: Template, place: Place): StackResources {
  const secrets = new Map<string, string>();
  const identityOf = (logicalId: string): Identity => {
    const resource = template.Resources[logicalId];
    if (!resource || (resource.Condition && !holds(resource.Condition)))
      throw new Error(`The template has no resource ${logicalId}.`);
    return identify(logicalId, resource.Type, resource.Properties ?? {}, place);
  };
  const { resolve, holds } = intrinsics(template, {
    pseudo: {
      'AWS::AccountId': place.accountId,
      'AWS::Partition': 'aws',
      'AWS::Region': place.region,
      'AWS::StackName': place.stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    },
    identityOf,
    // The value of a secret; nothing else is known.
    dynamicReference(reference) {
      const [, arn = ''] = /^secretsmanager:(arn:.+):SecretString$/.exec(reference) ?? [];
      const value = secrets.get(arn);
      if (!value) throw new Error(`The embedded AWS does not know the dynamic reference ${reference}.`);
      return value;
    },
  });

  const existing = Object.entries(template.Resources).filter(([, { Condition }]) => !Condition || holds(Condition));
  for (const [logicalId, { Type }] of existing) {
    if (Type === 'AWS::SecretsManager::Secret') secrets.set(identityOf(logicalId).ref, randomBytes(20).toString('hex'));
  }
  const resources = existing.map(
    ([logicalId, { Type, DeletionPolicy, Properties = {} }]): Deployed => ({
      logicalId,
      type: Type,
      ...(DeletionPolicy && { deletionPolicy: DeletionPolicy }),
      properties: resolve(Properties) as Record<string, unknown>,
      ...identityOf(logicalId),
    }),
  );

  const ofType = (pattern: string) => resources.filter(({ type }) => isLike(pattern, type));
  return {
    ofType,
    only(type) {
      const [resource, ...others] = ofType(type);
      if (!resource || others.length > 0)
        throw new Error(`The template has ${others.length + (resource ? 1 : 0)} of ${type}.`);
      return resource;
    },
  };
}
