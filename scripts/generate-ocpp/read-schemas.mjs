import { readFileSync } from 'node:fs';

/** @typedef {import('./runtime.js').Schema} Schema */
/** A schema whose definitions are still referred to by name. @typedef {Omit<Schema, 'properties' | 'items'> & { ref?: string, properties?: Record<string, Node>, items?: Node }} Node */
/** @typedef {{ actions: Map<string, { request: Node, response: Node }>, definitions: Map<string, Node> }} Version */
/** @typedef {Record<string, any>} Json */

const ANNOTATIONS = new Set(['$schema', '$id', 'definitions', 'comment', 'description', 'javaType', 'default']);
const COPIED = new Set([
  'type',
  'required',
  'enum',
  'maxLength',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'multipleOf',
]);
const TYPES = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean']);
const REF = /^#\/definitions\/(\w+)$/;
const ID = /^urn:(\w+?)(\.req|Request|\.conf|Response)?$/;

/**
 * Reads one version's schemas as ocpp-rpc ships them: an array with one schema per request and response.
 * The definitions are repeated in each message that uses them; within a version, one name always means the same.
 *
 * @param {string} file
 * @returns {Version}
 */
export function readSchemas(file) {
  /** @type {Map<string, { request?: Node, response?: Node }>} */
  const messages = new Map();
  /** @type {Version['definitions']} */
  const definitions = new Map();
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const json of /** @type {Json[]} */ (JSON.parse(readFileSync(file, 'utf8')))) {
    const [, action, suffix] = ID.exec(json.$id) ?? unexpected(json.$id, 'an id like urn:Heartbeat.req');
    const kind = suffix === '.conf' || suffix === 'Response' ? 'response' : 'request';
    messages.set(String(action), { ...messages.get(String(action)), [kind]: node(json, json.$id) });
    for (const [name, definition] of Object.entries(/** @type {Json} */ (json.definitions ?? {}))) {
      const read = node(definition, `${json.$id} ${name}`);
      const text = JSON.stringify(read);
      if ((texts.get(name) ?? text) !== text)
        unexpected(`${json.$id} ${name}`, 'the definition that the other messages have');
      texts.set(name, text);
      definitions.set(name, read);
    }
  }
  /** @type {Version['actions']} */
  const actions = new Map();
  for (const action of [...messages.keys()].sort()) {
    // NotifyPeriodicEventStream is a SEND (2.1): nothing answers it.
    const { request = unexpected(action, 'a request'), response = { type: 'never' } } = messages.get(action) ?? {};
    for (const ref of [...refs(request), ...refs(response)]) {
      if (!definitions.has(ref)) unexpected(`${action} ${ref}`, 'a definition');
    }
    actions.set(action, { request, response });
  }
  return { actions, definitions: byDependency(definitions) };
}

/**
 * @param {Json} json
 * @param {string} at where it is, for the error
 * @returns {Node}
 */
function node(json, at) {
  /** @type {Json} */
  const result = {};
  for (const [keyword, value] of Object.entries(json)) {
    if (ANNOTATIONS.has(keyword)) continue;
    if (COPIED.has(keyword)) result[keyword] = value;
    else if (keyword === '$ref') result.ref = REF.exec(value)?.[1] ?? unexpected(`${at} ${value}`, 'a definition');
    else if (keyword === 'items') result.items = node(value, `${at}[]`);
    else if (keyword === 'properties') result.properties = properties(value, at);
    else if (keyword === 'format' && (value === 'date-time' || value === 'uri')) result.format = value;
    // 2.1 closes its string enums too, and closes the tuples that no array is: neither says anything.
    else if ((keyword !== 'additionalProperties' && keyword !== 'additionalItems') || value !== false) {
      throw new Error(
        `${at}: the generator does not know ${keyword} ${JSON.stringify(value)}. Add it to scripts/generate-ocpp/`,
      );
    }
  }
  if (result.type === 'object' && !('additionalProperties' in json)) result.open = true;
  if (result.type !== undefined && !TYPES.has(result.type)) unexpected(`${at} ${result.type}`, 'a known type');
  if (result.enum && result.type !== 'string') unexpected(`${at} ${result.type}`, 'a string, having an enum');
  // They are written as one text.
  if (/[,"\\]/.test(result.enum?.join(''))) unexpected(`${at} ${result.enum}`, 'values without commas and quotes');
  if (result.ref && Object.keys(result).length > 1) unexpected(at, 'nothing beside $ref');
  return result;
}

/** @type {(json: Json, at: string) => Record<string, Node>} */
function properties(json, at) {
  // As a bare identifier a name needs no quotes in what is generated, and keeps its place in an object.
  const entries = Object.entries(json).map(([name, value]) => {
    if (!/^[a-z]\w*$/i.test(name)) unexpected(`${at}/${name}`, 'an identifier');
    return [name, node(value, `${at}/${name}`)];
  });
  return Object.fromEntries(entries);
}

/**
 * Those that others use come first, so that each can be one constant.
 *
 * @param {Map<string, Node>} definitions
 * @returns {Map<string, Node>}
 */
function byDependency(definitions) {
  /** @type {Map<string, Node>} */
  const sorted = new Map();
  /** @type {(name: string, users: string[]) => void} */
  const add = (name, users) => {
    if (sorted.has(name)) return;
    if (users.includes(name)) unexpected([...users, name].join(' > '), 'no definition to contain itself');
    const definition = definitions.get(name) ?? unexpected(name, 'a definition');
    for (const ref of refs(definition)) add(ref, [...users, name]);
    sorted.set(name, definition);
  };
  for (const name of [...definitions.keys()].sort()) add(name, []);
  return sorted;
}

/**
 * The names of the definitions that a schema uses itself.
 *
 * @param {Node} node
 * @returns {string[]}
 */
export function refs({ ref, properties = {}, items }) {
  const inner = [...Object.values(properties), ...(items ? [items] : [])].flatMap(refs);
  return [...new Set(ref ? [ref, ...inner] : inner)];
}

/** @type {(found: string, expected: string) => never} */
function unexpected(found, expected) {
  throw new Error(`OCPP schemas: ${found}: expected ${expected}`);
}
