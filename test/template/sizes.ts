import { schemaOf } from './schema.js';
import { ofType, type Template } from './template.js';

const [account, region] = ['123456789012', 'ap-southeast-1'];
const pseudo: Record<string, string> = {
  'AWS::AccountId': account,
  'AWS::Partition': 'aws',
  'AWS::Region': region,
  'AWS::URLSuffix': 'amazonaws.com',
};
/** Behind the names that CloudFormation makes up. */
const suffix = '1ABCDEFGHIJKL';

const limits = { environment: 4096, policies: 10_240 };

/** What is larger than AWS takes, in an account and a Region with long names. Takes a resolved template; returns a sentence for each fault. */
export function sizeFaults(template: Template): string[] {
  const told = (text: string) => deployedText(text, template);
  return [
    ...ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Environment }]) => {
      const size = Buffer.byteLength(
        Object.entries(Environment?.Variables ?? {})
          .flat()
          .map(String)
          .map(told)
          .join(''),
      );
      return size <= limits.environment
        ? []
        : [`${id}.Properties.Environment.Variables: more than 4 KB of environment (${size} bytes)`];
    }),
    ...ofType(template, 'AWS::IAM::Role').flatMap(([id, { Policies = [] }]) => {
      const documents = (Policies as { PolicyDocument: object }[]).map((policy) =>
        JSON.stringify(policy.PolicyDocument),
      );
      const size = told(documents.join('')).length;
      return size <= limits.policies
        ? []
        : [`${id}.Properties.Policies: more than 10 KB of policies (${size} characters)`];
    }),
  ];
}

/** A text with what AWS puts into it, as long as that may be. */
function deployedText(text: string, template: Template): string {
  return text
    .replace(/\{\{resolve:secretsmanager:\$\{(\w+)\}:SecretString\}\}/g, (_, id) =>
      'x'.repeat(template.Resources[id]?.Properties?.GenerateSecretString?.PasswordLength ?? 32),
    )
    .replace(/\$\{([\w:]+)(?:\.(\w+))?\}/g, (_, id, attribute) => pseudo[id] ?? identityOf(id, attribute, template));
}

/** What `Ref`, or `Fn::GetAtt` of an attribute, gives. */
function identityOf(id: string, attribute: string | undefined, { Resources, stackName }: Template): string {
  const { Type = '', Properties = {} } = Resources[id] ?? {};
  const given = Properties.FunctionName ?? Properties.LogGroupName;
  const name: string = given ?? `${stackName}-${id}-${suffix}`;
  switch (attribute) {
    case undefined:
      return Type === 'AWS::SQS::Queue' ? `https://sqs.${region}.amazonaws.com/${account}/${name}` : name;
    case 'DomainName':
      return 'd111111abcdef8.cloudfront.net';
    case 'RegionalDomainName':
      return `${name.toLowerCase()}.s3.${region}.amazonaws.com`;
    case 'Arn':
      return (schemaOf(Type)?.arnTemplate ?? `arn:aws:service:${region}:${account}:resource/${name}`)
        .replace('${Partition}', 'aws')
        .replace('${Region}', region)
        .replace('${Account}', account)
        .replace(/\$\{\w+\}/g, name);
    default:
      return name;
  }
}
