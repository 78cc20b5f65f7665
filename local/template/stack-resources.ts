import { randomBytes } from 'node:crypto';
import { identify, type Place } from './identities.js';
import { type Identity, intrinsics } from './intrinsics.js';
import type { Template } from './template.js';

/** A resource with nothing left to resolve. */
export interface Deployed extends Identity {
  logicalId: string;
  type: string;
  properties: Record<string, unknown>;
}

export interface StackResources {
  ofType(type: string): Deployed[];
  /** @throws when there is none, or more than one */
  only(type: string): Deployed;
  /** The custom resources. */
  custom: Deployed[];
  outputs: Record<string, string>;
}

/** Resources that need nothing to behave as they do in AWS, as far as handlers can tell. */
const withoutBehaviour: Record<string, string> = {
  'AWS::ApiGatewayV2::Deployment': 'routes are live at once',
  'AWS::Logs::LogGroup': 'function logs go to the terminal',
  'AWS::S3::Bucket': 'holds the bundles for a deployment, which are read from the folder',
  'AWS::S3::BucketPolicy': 'belongs to that bucket',
};

/** What some service takes up at deployment. */
const withBehaviour = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::DynamoDB::Table',
  'AWS::IAM::Role',
  'AWS::IoT::TopicRule',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
]);

/** Resolves a template as CloudFormation would in `place`. */
export function stackResources(template: Template, place: Place): StackResources {
  const secrets = new Map<string, string>();
  const identityOf = (logicalId: string): Identity => {
    const resource = template.Resources[logicalId];
    if (!resource) throw new Error(`The template has no resource ${logicalId}.`);
    return identify(logicalId, resource.Type, resource.Properties ?? {}, place);
  };
  const { resolve } = intrinsics(template, {
    pseudo: {
      'AWS::AccountId': place.accountId,
      'AWS::Partition': 'aws',
      'AWS::Region': place.region,
      'AWS::StackName': place.stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    },
    identityOf,
    dynamicReference: (reference) => secretValue(reference, secrets),
  });

  for (const [logicalId, { Type }] of Object.entries(template.Resources)) {
    if (Type === 'AWS::SecretsManager::Secret') secrets.set(identityOf(logicalId).ref, randomBytes(20).toString('hex'));
  }
  const resources = Object.entries(template.Resources).map(([logicalId, { Type, Properties = {} }]): Deployed => {
    if (!(Type in withoutBehaviour) && !withBehaviour.has(Type) && !Type.startsWith('Custom::')) {
      throw new Error(`The embedded AWS does not know what ${Type} (${logicalId}) does.`);
    }
    return {
      logicalId,
      type: Type,
      properties: resolve(Properties) as Record<string, unknown>,
      ...identityOf(logicalId),
    };
  });

  const ofType = (type: string) => resources.filter((resource) => resource.type === type);
  return {
    ofType,
    only(type) {
      const [resource, ...others] = ofType(type);
      if (!resource || others.length > 0)
        throw new Error(`The template has ${others.length + (resource ? 1 : 0)} of ${type}.`);
      return resource;
    },
    custom: resources.filter(({ type }) => type.startsWith('Custom::')),
    outputs: Object.fromEntries(
      Object.entries(template.Outputs).map(([name, { Value }]) => [name, resolve(Value) as string]),
    ),
  };
}

/** `secretsmanager:<arn>:SecretString`; nothing else is known. */
function secretValue(reference: string, secrets: Map<string, string>): string {
  const arn = /^secretsmanager:(arn:.+):SecretString$/.exec(reference)?.[1];
  const value = arn && secrets.get(arn);
  if (!value) throw new Error(`The embedded AWS does not know the dynamic reference ${reference}.`);
  return value;
}
