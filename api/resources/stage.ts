import * as z from 'zod/mini';
import { docsPage } from '../docs-page.js';
import { openApiDocument } from '../openapi.js';
import { operation } from '../operation.js';
import { nothing } from './charge-points.js';

const getStage = operation({
  id: 'getStage',
  method: 'GET',
  path: '/stage',
  summary: 'The stage: its version, its parameters, and whether its tables answer',
  role: 'viewer',
  params: nothing,
  query: nothing,
  isForAll: true,
  answers: {
    200: {
      description: 'It',
      schema: z.object({
        version: z.string(),
        time: z.string(),
        parameters: z.looseObject({ namespace: z.string() }),
        health: z.enum(['ok', 'degraded']),
      }),
    },
  },
  example: { status: 200 },
  async handle(_, { stage: { version, ...parameters }, chargePointRecords, clock, onError }) {
    const list = chargePointRecords.list({ namespace: parameters.namespace }, { limit: 1 });
    const health = await list.then(
      () => 'ok',
      (error) => {
        onError('the tables do not answer', {}, error);
        return 'degraded';
      },
    );
    return { status: 200, body: { version, time: clock.now().toISOString(), parameters, health } };
  },
});

const getOpenApi = operation({
  id: 'getOpenApi',
  method: 'GET',
  path: '/openapi.json',
  summary: 'This API as an OpenAPI document',
  role: 'anyone',
  params: nothing,
  query: nothing,
  isForAll: true,
  answers: { 200: { description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) } },
  example: { status: 200 },
  async handle(_, { stage }) {
    return { status: 200, body: openApiDocument(stage.version) };
  },
});

const getDocs = operation({
  id: 'getDocs',
  method: 'GET',
  path: '/docs',
  summary: 'This API as a page for people',
  role: 'anyone',
  params: nothing,
  query: nothing,
  isForAll: true,
  answers: { 200: { description: 'A page', type: 'text/html' } },
  example: { status: 200 },
  async handle(_, { stage }) {
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    };
    return { status: 200, body: docsPage(openApiDocument(stage.version)), headers };
  },
});

export const stageOperations = [getStage, getOpenApi, getDocs];
