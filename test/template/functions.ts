import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { environment } from '../../schemas/environment.js';
import { expectation } from './expectation.js';
import { ofType, referred, type Template } from './template.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the functions that manage connections find API Gateway; read by the SDK alone. */
const connectionsUrl = 'AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI';

/** Holds the functions of a resolved template against their code and their log groups. Returns a sentence for each fault. */
export function functionFaults(template: Template): string[] {
  return ofType(template, 'AWS::Lambda::Function').flatMap(([id, properties]) => [
    ...codeFaults(id, properties, template.folder),
    ...variableFaults(id, properties),
    ...logGroupFaults(id, properties, template),
  ]);
}

function codeFaults(id: string, { Handler, Code }: Record<string, any>, folder: string): string[] {
  const [path, exported] = parts(Handler);
  const zip = join(folder, basename(Code.S3Key ?? 'nothing'));
  return [
    ...(filesIn(zip).includes(`${path}.mjs`) ? [] : [`${id}: ${basename(zip)} has no ${path}.mjs`]),
    ...(exported === 'handler' ? [] : [`${id}: ${path}.ts exports no ${exported}`]),
    ...(referred(Code.S3Bucket) === 'ServerlessDeploymentBucket'
      ? []
      : [`${id}: nobody uploads code to ${Code.S3Bucket}`]),
  ];
}

/** `functions/csms.handler` → the file without its ending, and what it exports. */
function parts(handler: string): [path: string, exported: string] {
  const dot = handler.lastIndexOf('.');
  return [handler.slice(0, dot), handler.slice(dot + 1)];
}

const zips = new Map<string, string[]>();

function filesIn(zip: string): string[] {
  const known = zips.get(zip) ?? (existsSync(zip) ? Object.keys(unzipSync(readFileSync(zip))) : []);
  zips.set(zip, known);
  return known;
}

/** A function is given what it reads, and reads what it is given. */
function variableFaults(id: string, { Handler, Environment, LoggingConfig }: Record<string, any>): string[] {
  const logLevel = LoggingConfig?.ApplicationLogLevel;
  const variables: Record<string, unknown> = Environment?.Variables ?? {};
  const read = variablesReadBy(`${parts(Handler)[0]}.ts`);
  return [
    ...read.filter((name) => !(name in variables)).map((name) => `${id} reads ${name}, which it isn't given`),
    ...Object.keys(variables)
      .filter((name) => !read.includes(name))
      .map((name) => `${id} is given ${name}, which it doesn't read`),
    ...Object.entries(variables).flatMap(([name, value]) => valueFaults(`${id}.Environment.${name}`, name, value)),
    ...('LOG_LEVEL' in variables ? expectation(`${id}.Environment.LOG_LEVEL`, variables.LOG_LEVEL, logLevel) : []),
  ];
}

/** What refers to something in another way than its name says. */
const references: Record<string, string> = {
  EDGE_URL: 'https://${EdgeDistribution.DomainName}',
  FILES_REGION: '${AWS::Region}',
  FILES_URL: 'https://${FilesBucket.RegionalDomainName}',
  VERSION: JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version,
};

function valueFaults(path: string, name: string, value: unknown): string[] {
  const reference = references[name] ?? referenceOf(name);
  if (reference) return expectation(path, value, reference);
  const schema = environment.shape[name as keyof typeof environment.shape];
  const issues = schema?.safeParse(value).error?.issues ?? [];
  return issues.map(({ message }) => `${path}: ${message}`);
}

/** What refers to a resource is called as it: CONNECTIONS_TABLE is ConnectionsTable. */
function referenceOf(name: string): string | undefined {
  const words = name.replace(/_URL$/, '').toLowerCase().split('_');
  const id = words.map((word) => word.replace(/^./, (first) => first.toUpperCase())).join('');
  if (/_(TABLE|QUEUE_URL)$/.test(name)) return `\${${id}}`;
  if (name.endsWith('_ROLE')) return `\${${id}.Arn}`;
  if (name.endsWith('_SECRET')) return `{{resolve:secretsmanager:\${${id}}:SecretString}}`;
  return undefined;
}

const readers = new Map<string, string[]>();

/** The variables that a file of ours reads, with those in `functions/` that it imports. */
function variablesReadBy(file: string): string[] {
  const known = readers.get(file);
  if (known) return known;
  const text = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
  const named = [...text.matchAll(/readEnvironment\(([^)]*)\)/g)].flatMap(([, names = '']) => quoted(names));
  const imported = [...text.matchAll(/from '(\.[^']+)\.js'/g)].map(([, path = '']) =>
    join(dirname(file), `${path}.ts`),
  );
  const inFunctions = imported.filter((path) => !relative('functions', path).startsWith('..'));
  const found = [
    ...named,
    ...(imported.includes('aws/sockets.ts') ? [connectionsUrl] : []),
    ...inFunctions.flatMap(variablesReadBy),
  ];
  readers.set(file, [...new Set(found)]);
  return readers.get(file) ?? [];
}

const quoted = (text: string) => [...text.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);

/** Lambda would make the log group itself, which keeps what is logged for ever. */
function logGroupFaults(id: string, { FunctionName }: Record<string, any>, template: Template): string[] {
  const [group] = ofType(template, 'AWS::Logs::LogGroup').find(
    ([, { LogGroupName }]) => LogGroupName === `/aws/lambda/${FunctionName}`,
  ) ?? [undefined];
  if (!group) return [`${id}: there is no log group /aws/lambda/${FunctionName}`];
  const waitsFor = [template.Resources[id]?.DependsOn ?? []].flat();
  return waitsFor.includes(group)
    ? []
    : [`${id} doesn't wait for ${group}: Lambda would make one that keeps everything`];
}
