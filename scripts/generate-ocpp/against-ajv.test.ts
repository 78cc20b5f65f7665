import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { formats, type ValidationError, type Validators } from './runtime.js';
import { sample, variants } from './samples.mjs';

// ajv is the judge: over each schema's own valid messages and every way of breaking them by one change,
// the validators must give its verdict, and its first error.

const VERSIONS = [
  ['ocpp1.6', 'ocpp1_6'],
  ['ocpp2.0.1', 'ocpp2_0_1'],
  ['ocpp2.1', 'ocpp2_1'],
] as const;

const verdict = (errors: readonly Partial<ValidationError>[] | null | undefined) =>
  errors?.map(({ instancePath, keyword, params, message }) => ({ instancePath, keyword, params, message })) ?? 'valid';

describe.each(VERSIONS)('%s', (version, file) => {
  it('judges as ajv does', async () => {
    const { messages }: { messages: Record<string, () => Validators<unknown, unknown>> } = await import(
      `../../schemas/generated/${version}/messages.js`
    );
    const schemas: { $id: string }[] = createRequire(import.meta.url)(`ocpp-rpc/lib/schemas/${file}.json`);
    const ajv = new Ajv({
      strict: false,
      strictNumbers: true,
      multipleOfPrecision: 3,
      validateSchema: false,
      meta: false,
      formats,
    });
    let judged = 0;
    for (const { $id, ...schema } of schemas) {
      const [, action, suffix] = /^urn:(\w+?)(\.req|Request|\.conf|Response)?$/.exec($id) ?? [];
      const validate =
        messages[action ?? '']?.()[suffix === '.conf' || suffix === 'Response' ? 'response' : 'request'] ??
        expect.fail($id);
      const judge = ajv.compile(schema);
      const full = sample(validate.schema, true);
      const minimal = sample(validate.schema, false);
      expect([$id, validate(full), validate(minimal)]).toEqual([$id, true, true]);
      for (const data of [full, minimal, ...variants(validate.schema, full), ...variants(validate.schema, minimal)]) {
        const same =
          judge(data) === validate(data) &&
          JSON.stringify(verdict(judge.errors)) === JSON.stringify(verdict(validate.errors));
        if (!same) expect([$id, data, verdict(validate.errors)]).toEqual([$id, data, verdict(judge.errors)]);
        judged++;
      }
    }
    expect(judged).toBeGreaterThan(4_000);
  }, 60_000);
});
