import { isSecret, isSecretKey } from './configuration/secrets.js';
import { withoutSignature } from './files/locations.js';

/** What stands for a secret. */
export const hidden = '***';
/** Where a variable of 2.x, a key of 1.6 or their like has its value. */
const values = ['value', 'attributeValue', 'actualValue'];
/** Of an address: who may, and the signature that says so. */
const signature = /\b(X-Amz-(?:Signature|Credential|Security-Token)|signature|sig|token)=[^&#\s"]+/gi;
const password = /(\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*):[^/\s@]+@/gi;

/** JSON, a payload or what has one in it, as it may be kept and shown to whoever may read: a copy with `***` for each secret. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') {
    return withoutSignature(value.replace(signature, `$1=${hidden}`).replace(password, `$1:${hidden}@`), hidden);
  }
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  if (isPin(value)) return { ...value, idToken: hidden };
  const isOfSecret = isAboutSecret(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isOfSecret ? hiddenIn(name, member) : memberOf(name, member)]),
  );
}

/** A frame as it may be logged. */
export function frameWithoutSecrets(text: string): string {
  try {
    return JSON.stringify(withoutSecrets(JSON.parse(text)));
  } catch {
    return text;
  }
}

/** C04.FR.04: what a driver types is logged nowhere. */
function isPin(value: { type?: unknown }): boolean {
  return 'idToken' in value && typeof value.type === 'string' && value.type.toLowerCase() === 'keycode';
}

function memberOf(name: string, member: unknown): unknown {
  if (isSecretKey(name) || name.toLowerCase() === 'password') return hidden;
  // The key of a VPN is one that nobody may know, other members of this name say what something is.
  if (name === 'vpn' && 'key' in Object(member)) return { ...(withoutSecrets(member) as object), key: hidden };
  return withoutSecrets(member);
}

/** In what is about a secret: its values, however deep. */
function hiddenIn(name: string, member: unknown): unknown {
  if (values.includes(name)) return hidden;
  if (name === 'variableAttribute' && Array.isArray(member)) {
    return member.map((attribute) => ({ ...attribute, ...('value' in Object(attribute) && { value: hidden }) }));
  }
  return memberOf(name, member);
}

/** Is it about a key of 1.6, or a variable of 2.x, that nobody may read? */
export function isAboutSecret(value: unknown): boolean {
  const { key, variable } = Object(value) as { key?: unknown; variable?: { name?: unknown } | null };
  return [key, variable?.name].some((name) => typeof name === 'string' && isSecret(name));
}
