import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { formats, type Schema, type ValidationError, type Validator } from './runtime.js';

// ajv is the judge: over each schema's own valid messages and every way of breaking them by one change,
// the validators must give its verdict, and its first error.

const VERSIONS = [
  ['ocpp1.6', 'ocpp1_6'],
  ['ocpp2.0.1', 'ocpp2_0_1'],
  ['ocpp2.1', 'ocpp2_1'],
] as const;

/** A valid value with every member, or only the required ones. */
function sample(schema: Schema, full: boolean): unknown {
  switch (schema.type) {
    case 'object': {
      const members = Object.entries(schema.properties ?? {}).filter(
        ([name]) => full || schema.required?.includes(name),
      );
      return Object.fromEntries(members.map(([name, member]) => [name, sample(member, full)]));
    }
    case 'array':
      return Array.from({ length: schema.minItems ?? 1 }, () => sample(schema.items ?? {}, full));
    case 'string':
      if (schema.format) return schema.format === 'uri' ? 'https://example.com' : '2026-01-31T12:00:00Z';
      return schema.enum?.[0] ?? 'a'.repeat(schema.maxLength ?? 1);
    case 'integer':
    case 'number':
      return schema.minimum ?? schema.maximum ?? 3;
    default:
      return true;
  }
}

/** Wrong (and some right) values instead of a valid one. */
function* variants(schema: Schema, valid: unknown): Generator<unknown> {
  const { minimum, maximum, maxLength, minItems, maxItems } = schema;
  yield* [null, true, 'text', '', 1, 0.3, 0.35, -1, 1.5, [], {}, [null]];
  if (minimum !== undefined) yield* [minimum, minimum - 1];
  if (maximum !== undefined) yield* [maximum, maximum + 1];
  if (maxLength !== undefined) yield* ['a'.repeat(maxLength + 1), '😀'.repeat(maxLength), '😀'.repeat(maxLength + 1)];
  if (schema.enum) yield* schema.enum;
  if (Array.isArray(valid)) {
    yield* [minItems, maxItems]
      .flatMap((n) => [n ?? 2, Math.max(0, (n ?? 2) - 1), (n ?? 2) + 1])
      .map((n) => Array(n).fill(valid[0]));
    for (const item of variants(schema.items ?? {}, valid[0])) yield [item];
    yield [valid[0], null];
  } else if (typeof valid === 'object' && valid !== null) {
    yield { ...valid, unknownMember: 1 };
    yield { unknownMember: 1 };
    for (const [name, value] of Object.entries(valid)) {
      const { [name]: _, ...without } = valid as Record<string, unknown>;
      yield without;
      for (const other of variants(schema.properties?.[name] ?? {}, value)) yield { ...valid, [name]: other };
    }
  }
}

const verdict = (errors: readonly Partial<ValidationError>[] | null | undefined) =>
  errors?.map(({ instancePath, keyword, params, message }) => ({ instancePath, keyword, params, message })) ?? 'valid';

describe.each(VERSIONS)('%s', (version, file) => {
  it('judges as ajv does', async () => {
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
      const path = `../../schemas/generated/${version}/${action}.js`;
      const generated: Record<'request' | 'response', Validator<unknown>> = await import(path);
      const validate = generated[suffix === '.conf' || suffix === 'Response' ? 'response' : 'request'];
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
