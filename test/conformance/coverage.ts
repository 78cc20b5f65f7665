import { readFileSync } from 'node:fs';
import { commandTables } from '../../csms/ocpp/command-tables.js';
import { noEffect } from '../../csms/ocpp/effect.js';
import { type Protocol, protocols } from '../../csms/ocpp/protocol.js';
import { routes } from '../../csms/ocpp/routes.js';
import { directions } from './directions.js';

/** Where a version's tables are written, and those that it spreads. */
const folders: Record<Protocol, readonly string[]> = {
  'ocpp1.6': ['v16'],
  'ocpp2.0.1': ['v201'],
  'ocpp2.1': ['v21', 'v201'],
};

/** What the docs say of a command whose answer leaves nothing. */
const isTold = 'It is sent; what is answered is told as `command-settled`.';

/** docs/ocpp-coverage.md: each action that a version has, who sends it, and what it does here. */
export function coverage(): string {
  const from = table(
    (protocol) => [...directions[protocol].fromChargePoint, ...directions[protocol].fromBoth],
    (protocol, action) => (routes[protocol][action] ? docOf(protocol, 'routes.ts', action) : undefined),
  );
  const to = table(
    (protocol) => [...directions[protocol].fromCsms, ...directions[protocol].fromBoth],
    (protocol, action) => {
      const effect = commandTables[protocol][action];
      return effect === noEffect ? isTold : effect && docOf(protocol, 'commands.ts', action);
    },
  );
  return `# What of OCPP there is

Each action of OCPP 1.6 with its security whitepaper, of 2.0.1 and of 2.1, and what it does here. \`npm run ocpp-coverage\`
writes this page from the tables of routes and commands and the docstrings of what they name.

## What charge points say

${summary(from)}

${rows(from)}

## What charge points are asked

A CALL is checked against the schema of the charge point's version, waits for its turn, is sent, and its answer is checked
too.

${summary(to)}

${rows(to)}
`;
}

interface Row {
  action: string;
  protocol: Protocol;
  /** Missing when there is nothing for it. */
  doc: string | undefined;
}

function table(
  actionsOf: (protocol: Protocol) => string[],
  doc: (protocol: Protocol, action: string) => string | undefined,
): Row[] {
  return protocols.flatMap((protocol) =>
    actionsOf(protocol).map((action) => ({ action, protocol, doc: doc(protocol, action) })),
  );
}

function summary(all: Row[]): string {
  const counts = protocols.map((protocol) => {
    const ofVersion = all.filter((row) => row.protocol === protocol);
    return `${ofVersion.filter(({ doc }) => doc).length} of ${ofVersion.length} in ${version(protocol)}`;
  });
  return `${counts.slice(0, -1).join(', ')} and ${counts.at(-1)}.`;
}

/** One for each action and thing that it does, with the versions in which it does that. */
function rows(all: Row[]): string {
  const versions = new Map<string, string[]>();
  for (const { action, protocol, doc = 'nothing' } of all) {
    const row = `${action} | ${doc}`;
    versions.set(row, [...(versions.get(row) ?? []), version(protocol)]);
  }
  const lines = [...versions].map(([row, of]) => {
    const [action, ...doc] = row.split(' | ');
    return `| ${action} | ${of.join(', ')} | ${doc.join(' | ')} |`;
  });
  return ['| action | version | what it does |', '|---|---|---|', ...lines.sort()].join('\n');
}

function version(protocol: Protocol): string {
  return protocol.slice('ocpp'.length);
}

/** The first sentence of the docstring of what a table names for an action. @throws when it has none */
function docOf(protocol: Protocol, file: string, action: string): string {
  for (const folder of folders[protocol]) {
    const source = read(`../../csms/${folder}/${file}`);
    const name = new RegExp(`^ {2}${action}(?:: (\\w+))?,$`, 'm').exec(source);
    if (!name) continue;
    const { path, exported } = importOf(name[1] ?? action, source, `${folder}/${file}`);
    return firstSentence(exported, new URL(path, new URL(`../../csms/${folder}/`, import.meta.url)));
  }
  throw new Error(`csms/*/${file} has no line for ${action} of ${protocol} that names a function.`);
}

/** From where a module has a name, and how it is called there. */
function importOf(name: string, source: string, file: string): { path: string; exported: string } {
  for (const [, names = '', path = ''] of source.matchAll(/^import \{([^}]*)\} from '([^']+)';$/gm)) {
    for (const one of names.split(',')) {
      const [exported = '', local = exported] = one.trim().split(' as ');
      if (local === name) return { path: path.replace(/\.js$/, '.ts'), exported };
    }
  }
  throw new Error(`csms/${file} does not import ${name}.`);
}

function firstSentence(name: string, file: URL): string {
  const source = readFileSync(file, 'utf8');
  const declared = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\nexport (?:const|(?:async )?function) ${name}\\b`);
  const doc = declared.exec(source)?.[1];
  if (!doc) throw new Error(`${name} in ${file.pathname} has no docstring.`);
  const text = doc
    .replace(/\n\s*\*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return (/^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text).replaceAll('|', '\\|');
}

function read(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8');
}
