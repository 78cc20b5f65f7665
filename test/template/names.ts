import type { Template } from './template.js';

/** What has a name of our own in the account and Region, and whether in all Regions at once. */
const named: Record<string, { property: string; within?: string; isGlobal?: true }> = {
  'AWS::ApiGatewayV2::Api': { property: 'Name' },
  'AWS::CloudFront::Function': { property: 'Name', isGlobal: true },
  'AWS::CloudFront::OriginAccessControl': { property: 'Name', within: 'OriginAccessControlConfig', isGlobal: true },
  'AWS::Lambda::Function': { property: 'FunctionName' },
  'AWS::Logs::LogGroup': { property: 'LogGroupName' },
};

/** The names that a resolved template gives: each is its own, and holds the stage. Returns a sentence for each fault. */
export function nameFaults({ Resources, stackName }: Template): string[] {
  const names = Object.entries(Resources).flatMap(([id, { Type, Properties = {} }]) => {
    const { property, within, isGlobal } = named[Type] ?? {};
    const owner = within ? Properties[within] : Properties;
    return property ? [{ id, Type, name: String(owner[property]), isGlobal }] : [];
  });
  return names.flatMap(({ id, Type, name, isGlobal }, index) => [
    ...(names.findIndex((other) => other.Type === Type && other.name === name) < index
      ? [`${id} has the name of another: ${name}`]
      : []),
    ...(name.includes(stackName) ? [] : [`${id} would have the same name on every stage: ${name}`]),
    ...(isGlobal && !name.endsWith('-${AWS::Region}')
      ? [`${id} would have the same name in every Region: ${name}`]
      : []),
  ]);
}
