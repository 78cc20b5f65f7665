import type { JobKind } from '../jobs/ports.js';

/** What was asked for, and under which number. */
export interface Upload {
  chargePointId: string;
  kind: Extract<JobKind, 'log' | 'diagnostics'>;
  /** Of the request; where the version has none (GetDiagnostics), the id of the command. */
  requestId: number | string;
  /** The last part of the URL, which some charge points take for the file's name. */
  name: string;
}

/** Where a charge point's file is put. Uploads are deleted after 90 days. */
export function uploadKey({ chargePointId, kind, requestId, name }: Upload): string {
  return ['uploads', chargePointId, kind, String(requestId), name].map(segment).join('/');
}

/** Where firmware is kept, until somebody deletes it. */
export function firmwareKey(name: string): string {
  return `firmware/${segment(name)}`;
}

/** Nothing that somebody chose leads out of its own place in the path: no slash, and no dots alone. */
function segment(text: string): string {
  return text.replace(/^\.|[^\w:.-]/gu, (character) =>
    Buffer.from(character).reduce((all, byte) => `${all}%${byte.toString(16).toUpperCase().padStart(2, '0')}`, ''),
  );
}
