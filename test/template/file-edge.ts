import { edgeFileUrls } from '../../aws/file-urls.js';
import { bucketsOf } from './buckets.js';
import { expectation } from './expectation.js';
import { ofType, referred, type Template } from './template.js';
import { ask, now } from './viewer-functions.js';

const edge = 'https://edge.example';
const pattern = '/files/*';

/** Holds the way to the files together, of a resolved template. Returns a sentence for each fault. */
export function fileEdgeFaults(template: Template): string[] {
  const [bucket] = bucketsOf(template).map(([id]) => id);
  const controls = ofType(template, 'AWS::CloudFront::OriginAccessControl').map(([id]) => `\${${id}.Id}`);
  return ofType(template, 'AWS::CloudFront::Distribution').flatMap(([id, { DistributionConfig }]) => {
    const { Origins, CacheBehaviors = [] } = DistributionConfig;
    const behaviour = CacheBehaviors.find(({ PathPattern }: { PathPattern: string }) => PathPattern === pattern);
    if (!behaviour) return [`${id} has no behaviour for ${pattern}`];
    const origin = Origins.find(({ Id }: { Id: string }) => Id === behaviour.TargetOriginId);
    const functions = (behaviour.FunctionAssociations as { FunctionARN: string }[]).flatMap(({ FunctionARN }) =>
      functionFaults(referred(FunctionARN) ?? '', template),
    );
    return [
      ...expectation(`${id}: the origin of ${pattern}`, origin?.DomainName, `\${${bucket}.RegionalDomainName}`),
      ...(controls.includes(origin?.OriginAccessControlId) ? [] : [`${id}: nobody signs what is asked of files`]),
      ...functions,
    ];
  });
}

/** What is signed by a secret that is for nothing else goes to the bucket, and nothing else does. */
function functionFaults(id: string, template: Template): string[] {
  const headers = JSON.stringify(ofType(template, 'AWS::CloudFront::Distribution'));
  const secrets = ofType(template, 'AWS::SecretsManager::Secret').map(
    ([secret]) => `{{resolve:secretsmanager:\${${secret}}:SecretString}}`,
  );
  const properties = template.Resources[id]?.Properties ?? {};
  const secret = secrets.find((each) => String(properties.FunctionCode).includes(each)) ?? '';
  try {
    const madeOf = (key: string, ofMs: number) => {
      const url = edgeFileUrls(edge, key, { now: () => new Date(now - ofMs) }).uploadUrl({
        key: 'uploads/CP1/log/7/',
        expiresAt: new Date(now - ofMs + 60_000),
      });
      const request = { method: 'PUT', uri: `${url.slice(edge.length)}log.zip`, querystring: {}, headers: {} };
      const made = ask(properties, request);
      return 'statusCode' in made ? made.statusCode : made.uri;
    };
    return [
      ...(secret && headers.includes(secret) ? [`${id}: ${secret} lets others pass for the edge`] : []),
      ...expectation(`${id}: what it makes of a signed URL`, madeOf(secret, 0), '/uploads/CP1/log/7/log.zip'),
      ...expectation(`${id}: what it makes of one that another signed`, madeOf('another', 0), 403),
      ...expectation(`${id}: what it makes of one that has ended`, madeOf(secret, 60_000), 403),
    ];
  } catch (error) {
    return [`${id}: ${error}`];
  }
}
