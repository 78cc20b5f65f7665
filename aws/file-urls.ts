import { createHmac } from 'node:crypto';
import type { Clock } from '../csms/clock.js';
import { endOf, shortEnough } from '../csms/files/limits.js';
import type { FileUrls, Signed } from '../csms/files/ports.js';

/**
 * URLs of the stage's edge, with a signature in their path, which
 * [edge-function-files.njs](../resources/edge-function-files.njs) checks.
 *
 * @param edge `https://…`, without a slash at its end
 */
export function edgeFileUrls(edge: string, secret: string, clock: Clock): FileUrls {
  function signed(method: 'PUT' | 'GET', { key, expiresAt }: Signed): string {
    const end = endOf(expiresAt, clock.now());
    const signature = createHmac('sha256', secret).update(`${method}\n${end}\n${key}`).digest('base64url');
    return shortEnough(`${edge}/files/${end}-${method}-${signature}/${key}`);
  }
  return {
    uploadUrl: (file) => signed('PUT', file),
    downloadUrl: (file) => signed('GET', file),
  };
}
