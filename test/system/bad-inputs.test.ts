import fc from 'fast-check';
import { expect, it } from 'vitest';
import { badRequest } from '../bad-requests.js';
import { askApi, putToken } from './api-client.js';
import { testSystem } from './system.js';

const csms = testSystem();

it('of a hundred bad requests through the edge none is a fault of ours', { timeout: 60_000 }, async () => {
  const token = await putToken(csms.system, 'admin');
  await fc.assert(
    fc.asyncProperty(badRequest, async ({ asked, headers, body }) => {
      const { 'content-type': type, ...rest } = headers as Record<string, string>;
      const { status, body: told } = await askApi(csms.system, asked, {
        token,
        headers: { ...rest, 'content-type': type ?? 'application/json' },
        ...(body !== undefined && { body }),
      });
      expect(status).toBeLessThan(500);
      if (told?.code) expect(told).toMatchObject({ status, detail: expect.stringMatching(/\S.*\.$/s) });
    }),
    { numRuns: 100 },
  );
});
