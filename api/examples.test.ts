import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { apiInMemory, furnish } from '../test/memory/api.js';
import { operations } from './operations.js';

describe('each operation has an example that runs', () => {
  it.each(operations.map((one) => [one.id, one] as const))(
    '%s',
    async (_, { method, path, role, answers, example }) => {
      const world = await apiInMemory();
      await furnish(world);
      const { params = {}, query = {}, body, headers = {}, status } = example;
      const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
      const who = role === 'anyone' ? 'nobody' : role;
      const asked = `${method} ${filled}?${new URLSearchParams(query)}`;
      const answer = await world.ask(asked, { who, headers, ...(body !== undefined && { body }) });

      expect(answer, answer.text).toMatchObject({ status });
      const { schema, type } = answers[status] ?? {};
      if (schema) expect(schema.safeParse(answer.body).error).toBeUndefined();
      if (type) expect(answer.headers.get('content-type')).toContain(type);
      expect(world.errors).toEqual([]);
    },
  );
});

describe('the OpenAPI document', () => {
  const document = async () => (await (await apiInMemory()).ask('GET /openapi.json', { who: 'nobody' })).body;

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(await document());
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('has each operation once', async () => {
    const { paths } = await document();
    const ids = Object.values(paths as Record<string, Record<string, { operationId: string }>>)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId }) => operationId);
    expect(ids.sort()).toEqual(operations.map(({ id }) => id).sort());
  });

  it('is there as a page that loads nothing', async () => {
    const { text } = await (await apiInMemory()).ask('GET /docs', { who: 'nobody' });
    expect(text).toContain('/charge-points/{chargePointId}/commands/{action}');
    expect(text).not.toMatch(/<script|https?:\/\//);
  });
});
