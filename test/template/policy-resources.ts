import { namespaceOf } from './namespace.js';
import { ofType, type Resource, type Template } from './template.js';

const account = '${AWS::Region}:${AWS::AccountId}';

/** What a policy may name though it is no resource of the stack, or only a part of one, and why. */
function exceptions({ namespace, stage }: { namespace: string; stage: string }): [resource: string, why: string][] {
  const topic = `arn:\${AWS::Partition}:iot:${account}:topic/${namespace && `${namespace}/`}*`;
  const filter = topic.replace(':topic/', ':topicfilter/');
  const connections = (method: string) =>
    `arn:\${AWS::Partition}:execute-api:${account}:\${WebsocketsApi}/${stage}/${method}/@connections/*`;
  return [
    [`arn:\${AWS::Partition}:iot:${account}:thing/*`, 'the operator makes the things; any may be a charge point'],
    [`${topic}/in`, 'a topic is no resource; it has the charge point in its name'],
    [`${topic}/out`, 'as above'],
    [`${topic}/events/*`, 'as above, and the name of the event'],
    [`${filter}/in`, 'what somebody may listen to'],
    [`${filter}/out`, 'as above'],
    [`${filter}/events/#`, 'as above'],
    [`arn:\${AWS::Partition}:iot:${account}:client/live-*`, 'clients of live URLs come and go'],
    [connections('GET'), 'connections come and go'],
    [connections('POST'), 'as above'],
    [connections('DELETE'), 'as above'],
    ['*', 'some actions of AWS IoT know no resource; for others IAM has one'],
  ];
}

/** Finds in the policies of a resolved template what is not of this stack. Returns a sentence for each. */
export function policyResourceFaults(template: Template): string[] {
  const stages = ofType(template, 'AWS::ApiGatewayV2::Stage').map(([, { StageName }]) => String(StageName));
  const namespace = namespaceOf(template);
  const excepted = stages.flatMap((stage) => exceptions({ namespace, stage })).map(([resource]) => resource);
  const isOurs = (resource: string) => {
    const [, id = '', part] = /^\$\{(\w+)\.Arn\}(?:\/(.+))?$/.exec(resource) ?? [];
    const found = template.Resources[id];
    return found !== undefined && (!part || partsOf(found).includes(part));
  };
  return ofType(template, 'AWS::IAM::Role').flatMap(([id, { Policies = [] }]) =>
    (Policies as { PolicyDocument: { Statement: { Resource: string | string[] }[] } }[])
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Resource }) => Resource))
      .filter((resource) => !isOurs(resource) && !excepted.includes(resource))
      .map((resource) => `${id}: ${resource} is nothing of this stack`),
  );
}

/** What has an Arn behind that of its resource. */
function partsOf({ Type, Properties = {} }: Resource): string[] {
  if (Type === 'AWS::S3::Bucket') return ['uploads/*', 'firmware/*'];
  const { GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] } = Properties;
  return [...GlobalSecondaryIndexes, ...LocalSecondaryIndexes].map(({ IndexName }) => `index/${IndexName}`);
}
