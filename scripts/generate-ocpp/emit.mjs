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
  return new Map([
    ['actions.js', `${NO_CHECK}export const actions=${JSON.stringify(names)};\n`],
    [
      'actions.d.ts',
      `export declare const actions: readonly ${JSON.stringify(names)};\nexport type Action = (typeof actions)[number];\n`,
    ],
    ['messages.js', NO_CHECK + messages({ actions, definitions })],
    [
      'messages.d.ts',
      "import type { Validators } from '../runtime.js';\nimport type { Requests, Responses } from './types.js';\n" +
        '/** The validators of each action, made when they are first asked for. */\n' +
        'export declare const messages: {\n' +
        '  readonly [A in keyof Requests & keyof Responses]: () => Validators<Requests[A], Responses[A]>;\n};\n',
    ],
    ['types.d.ts', types({ actions, definitions })],
  ]);
}

/** @type {(version: Version) => string} */
function messages({ actions, definitions }) {
  const named = [...definitions].map(([name, node]) => `const ${name}=${schema(node)};\n`);
  const table = [...actions].map(
    ([action, { request, response }]) => `${action}:message(()=>(${schema(request)}),()=>(${schema(response)})),\n`,
  );
  const builders = 'boolean,dateTime,integer,list,message,number,object,oneOf,string';
  return `import{${builders}}from"../runtime.js";\n${named.join('')}export const messages={\n${table.join('')}};\n`;
}

/**
 * A schema as a call of the runtime's builders, half the size of the data that it makes.
 *
 * @type {(node: Node) => string}
 */
function schema(node) {
  if (node.ref) return node.ref;
  const {
    type,
    properties,
    required,
    open,
    items,
    minItems,
    maxItems,
    maxLength,
    format,
    enum: values,
    ...others
  } = node;
  if (Object.keys(others).length > 0 && !properties && !items) return JSON.stringify(node);
  switch (type) {
    case 'object': {
      const members = Object.entries(properties ?? {}).map(([name, member]) => `${name}:${schema(member)}`);
      return call('object', `{${members}}`, required && `"${required}"`, open);
    }
    case 'array':
      return call('list', items && schema(items), minItems, maxItems);
    case 'string':
      if (values && !format && !maxLength) return call('oneOf', `"${values}"`);
      if (format === 'date-time' && !maxLength) return 'dateTime';
      return format ? JSON.stringify(node) : call('string', maxLength);
    case 'integer':
    case 'number':
    case 'boolean':
      return type;
    default:
      return JSON.stringify(node);
  }
}

/**
 * Leaves out what is not given, at the end.
 *
 * @type {(name: string, ...given: unknown[]) => string}
 */
function call(name, ...given) {
  while (given.length > 0 && given.at(-1) === undefined) given.pop();
  return `${name}(${given.map((argument) => argument ?? 'undefined')})`;
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
