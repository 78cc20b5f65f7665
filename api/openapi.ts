import * as z from 'zod/mini';
import { basePath } from './base-path.js';
import { isChange, type Operation } from './operation.js';
import { operations } from './operations.js';

type Json = Record<string, unknown>;

/** The API as OpenAPI 3.1, from the schemas that it goes by itself. */
export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const one of operations) {
    paths[one.path] = { ...paths[one.path], [one.method.toLowerCase()]: described(one) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'serverless-csms',
      version,
      description: 'The API of a Charging Station Management System. Errors are RFC 9457 problems.',
      license: { name: 'MIT-0', identifier: 'MIT-0' },
    },
    servers: [{ url: basePath }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: "An API token, or an access token of the stage's issuer",
        },
      },
      schemas: { Problem: problemSchema },
    },
  };
}

const problemSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'help'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'One sentence that says what to do' },
    instance: { type: 'string' },
    code: { type: 'string', description: 'Stable' },
    help: { type: 'string', description: 'A page of this API that says more' },
    errors: { type: 'array', items: { type: 'object' } },
  },
};

function described(one: Operation): Json {
  const { id, path, summary, role, params, query, body, bodyType = 'application/json', answers, example } = one;
  const parameters = [
    ...parametersIn('path', params, example.params),
    ...parametersIn('query', query, example.query),
    ...headersOf(one),
  ];
  return {
    operationId: id,
    tags: [path.split('/')[1]?.replace(/\..*/, '')],
    summary,
    description: role === 'anyone' ? 'For everybody.' : `For role ${role} and above.`,
    ...(role === 'anyone' && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: { [bodyType]: { schema: jsonSchema(body, 'input'), example: example.body } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { description, schema, type = 'application/json' }]) => {
          const content = schema ? jsonSchema(schema, 'output') : { type: 'string' };
          return [status, { description, ...(status !== '204' && { content: { [type]: { schema: content } } }) }];
        }),
      ),
      default: {
        description: 'What is wrong, and what to do',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parametersIn(place: 'path' | 'query', schema: z.ZodMiniType, examples: Record<string, string> = {}): Json[] {
  const { properties = {}, required = [] } = jsonSchema(schema, place === 'path' ? 'input' : 'output') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { default: fallback, ...each }]) => ({
    name,
    in: place,
    required: place === 'path' || (required.includes(name) && fallback === undefined),
    schema: { ...each, ...(fallback !== undefined && { default: fallback }) },
    ...(examples[name] !== undefined && { example: each.type === 'integer' ? Number(examples[name]) : examples[name] }),
  }));
}

function headersOf(one: Operation): Json[] {
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  });
  const isKeyed = isChange(one) && !one.isSecret;
  return [
    ...(isKeyed
      ? [header('Idempotency-Key', 'Asked again with the same key, it is done once and answered the same')]
      : []),
    ...(one.isConditional
      ? [header('If-Match', 'The ETag of what you read: it is changed only if nobody else has')]
      : []),
    ...(one.isWaitedFor ? [header('Prefer', 'wait=20 holds the answer back until it is settled, 20 s at most')] : []),
  ];
}

function jsonSchema(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}
