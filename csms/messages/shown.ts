import { isSecret } from '../configuration/secrets.js';

/** What is kept of a payload. */
export interface Shown {
  /** JSON without secrets, or how it begins. */
  json: string;
  /** How many characters it had, where it is cut off. */
  cutFrom?: number;
}

/** Characters of a request, and as many of its answer. */
export const longest = 4_096;

const hidden = '***';
/** Where a variable of 2.x, a key of 1.6 or their like has its value. */
const values = ['value', 'attributeValue', 'actualValue'];
/** Of an address: who may, and the signature that says so. */
const signature = /\b(X-Amz-(?:Signature|Credential|Security-Token)|signature|sig|token)=[^&#\s"]+/gi;
const password = /(\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*):[^/\s@]+@/gi;

/** A payload as it may be kept, and shown to whoever may see messages. */
export function shown(payload: unknown): Shown {
  const json = JSON.stringify(withoutSecrets(payload)) ?? 'null';
  return json.length > longest ? { json: json.slice(0, longest), cutFrom: json.length } : { json };
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(signature, `$1=${hidden}`).replace(password, `$1:${hidden}@`);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const isOfSecret = namesOf(value).some(isSecret);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isOfSecret ? hiddenIn(name, member) : memberOf(name, member)]),
  );
}

function memberOf(name: string, member: unknown): unknown {
  return isSecret(name) || name.toLowerCase() === 'password' ? hidden : withoutSecrets(member);
}

/** In what is about a secret: its values, however deep. */
function hiddenIn(name: string, member: unknown): unknown {
  if (values.includes(name)) return hidden;
  if (name === 'variableAttribute' && Array.isArray(member)) {
    return member.map((attribute) => ({ ...attribute, ...('value' in Object(attribute) && { value: hidden }) }));
  }
  return memberOf(name, member);
}

/** What an object is about: a key of 1.6, a variable of 2.x. */
function namesOf(value: object): string[] {
  const { key, variable } = value as { key?: unknown; variable?: { name?: unknown } | null };
  return [key, variable?.name].filter((name) => typeof name === 'string');
}
