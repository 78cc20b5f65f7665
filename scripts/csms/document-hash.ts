import { createHash } from 'node:crypto';
import { openApiDocument } from '../../api/openapi.js';

/** Of the OpenAPI document, whatever its version: api-types.ts says which one it was made of. */
export function documentHash(): string {
  return createHash('sha256')
    .update(JSON.stringify(openApiDocument('0.0.0')))
    .digest('hex')
    .slice(0, 16);
}
