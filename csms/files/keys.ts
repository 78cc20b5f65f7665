import type { JobKind } from '../jobs/ports.js';

/** What was asked for, and under which number. */
export interface Upload {
  chargePointId: string;
  kind: Extract<JobKind, 'log' | 'diagnostics'>;
  /** Of the request; where the version has none (GetDiagnostics), the id of the command. */
  requestId: number | string;
}

/** Where a charge point's files are put, each by the name that it has there. They are deleted after 90 days. */
export function uploadFolder({ chargePointId, kind, requestId }: Upload): string {
  return `${['uploads', chargePointId, kind, String(requestId)].map(segment).join('/')}/`;
}

/** Where firmware is kept, until somebody deletes it. */
export function firmwareKey(name: string): string {
  return `firmware/${segment(name)}`;
}

/** What a file is called whose key is made so: the last part of it. */
export function nameIn(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  return name.replace(/(?:~[\dA-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('~', ''), 'hex').toString());
}

/**
 * Nothing that somebody chose leads out of its own place in the path: no slash, and no dots alone. What is left is the same
 * in a URL, whoever encodes it.
 */
function segment(text: string): string {
  return text.replace(/^\.|[^\w:.-]/gu, (character) =>
    Buffer.from(character).reduce((all, byte) => `${all}~${byte.toString(16).toUpperCase().padStart(2, '0')}`, ''),
  );
}
