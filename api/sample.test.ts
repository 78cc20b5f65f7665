import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi.js';
import { sampleOf } from './sample.js';

interface Told {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema: Record<string, unknown> }> }>;
}

const paths = openApiDocument('1.0.0').paths as Record<string, Record<string, Told>>;
const told = Object.values(paths).flatMap((methods) => Object.values(methods));
const answers = told.flatMap(({ operationId, responses }) =>
  Object.entries(responses).flatMap(([status, { content = {} }]) =>
    Object.entries(content)
      .filter(([type]) => type === 'application/json')
      .map(([, { schema }]) => [operationId, status, schema] as const),
  ),
);

describe('the sample of each answer', () => {
  const ajv = new Ajv2020({
    strict: false,
    formats: { 'date-time': (text: string) => !Number.isNaN(Date.parse(text)) },
  });
  it.each(answers)('%s %s is one that its schema allows', (_operation, _status, schema) => {
    const isValid = ajv.compile(schema);
    isValid(sampleOf(schema));
    expect(isValid.errors).toBeNull();
  });
});

it('has what is known by its name, where the schema allows that', () => {
  const text = { type: 'string' };
  const properties = { chargePointId: text, labels: { type: 'array', items: text }, evseId: { type: 'integer' } };
  expect(sampleOf({ type: 'object', properties }, { chargePointId: 'CP1', evseId: 'one' })).toEqual({
    ...{ chargePointId: 'CP1', labels: ['label'], evseId: 1 },
  });
});
