import { refs } from './read-schemas.mjs';

/** @typedef {import('./read-schemas.mjs').Node} Node */
/** @typedef {import('./read-schemas.mjs').Version} Version */

// tsc reads the declarations, and has nothing to find in the data.
const NO_CHECK = '// @ts-nocheck\n';

/**
 * The files of one version, by name.
 *
 * @param {Version} version
 * @returns {Map<string, string>}
 */
export function emit({ actions, definitions }) {
  const names = [...actions.keys()];
  const files = new Map([
    ['actions.js', `${NO_CHECK}export const actions=${JSON.stringify(names)};\n`],
    [
      'actions.d.ts',
      `export declare const actions: readonly ${JSON.stringify(names)};\nexport type Action = (typeof actions)[number];\n`,
    ],
    [
      'definitions.js',
      NO_CHECK + [...definitions].map(([name, node]) => `export const ${name}=${literal(node)};\n`).join(''),
    ],
    ['types.d.ts', types({ actions, definitions })],
  ]);
  for (const [action, { request, response }] of actions) {
    const used = [...new Set([...refs(request), ...refs(response)])];
    files.set(
      `${action}.js`,
      `${NO_CHECK}import{validator}from"../runtime.js";\n${used.length > 0 ? `import{${used}}from"./definitions.js";\n` : ''}` +
        `export const request=/*#__PURE__*/validator(${literal(request)});\n` +
        `export const response=/*#__PURE__*/validator(${literal(response)});\n`,
    );
    files.set(
      `${action}.d.ts`,
      "import type { Validator } from '../runtime.js';\nimport type { Requests, Responses } from './types.js';\n" +
        `export declare const request: Validator<Requests['${action}']>;\n` +
        `export declare const response: Validator<Responses['${action}']>;\n`,
    );
  }
  return files;
}

/** @type {(value: unknown) => string} */
function literal(value) {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return JSON.stringify(value);
  if ('ref' in value) return String(value.ref);
  return `{${Object.entries(value).map(([name, member]) => `${name}:${literal(member)}`)}}`;
}

/** @type {(version: Version) => string} */
function types({ actions, definitions }) {
  const named = [...definitions].map(([name, node]) => declaration(name, node));
  const messages = [...actions].flatMap(([action, { request, response }]) => [
    declaration(`${action}Request`, request),
    declaration(`${action}Response`, response),
  ]);
  const table = (/** @type {string} */ kind) => {
    const members = [...actions.keys()].map((action) => `  ${action}: ${action}${kind};\n`).join('');
    return `export interface ${kind}s {\n${members}}\n`;
  };
  return [...named, ...messages, table('Request'), table('Response')].join('');
}

/** @type {(name: string, node: Node) => string} */
function declaration(name, node) {
  return node.type === 'object' ? `export interface ${name} ${type(node)}\n` : `export type ${name} = ${type(node)};\n`;
}

/** @type {(node: Node) => string} */
function type({ ref, type: kind, enum: values, items, properties = {}, required = [], open }) {
  if (ref) return ref;
  switch (kind) {
    case 'object': {
      const members = Object.entries(properties).map(
        ([name, node]) => `${name}${required.includes(name) ? '' : '?'}: ${type(node)};`,
      );
      return `{ ${[...members, open ? '[member: string]: unknown;' : ''].join(' ')} }`;
    }
    case 'array': {
      const item = items ? type(items) : 'unknown';
      return item.includes('|') ? `(${item})[]` : `${item}[]`;
    }
    case 'string':
      return values ? values.map((value) => JSON.stringify(value)).join(' | ') : 'string';
    case 'integer':
      return 'number';
    default:
      return kind ?? 'unknown';
  }
}
