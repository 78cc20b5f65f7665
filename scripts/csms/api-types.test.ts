import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { documentHash } from './document-hash.js';

it('the types of the client are those of the OpenAPI document: when this fails, npm run api-types', () => {
  const types = readFileSync(new URL('api-types.ts', import.meta.url), 'utf8');
  expect(types.split('\n')[0]).toBe(`// The document's hash: ${documentHash()}`);
});
