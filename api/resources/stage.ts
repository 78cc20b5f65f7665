import * as z from 'zod/mini';
import { docsPage } from '../docs-page.js';
import { operation } from '../operation.js';
import { nothing } from '../params.js';
import type { ApiPorts } from '../ports.js';
import { problemsPage } from '../problems-page.js';
import { troubleshooting } from '../troubleshooting.js';

const getStage = operation({
  id: 'getStage',
  method: 'GET',
  path: '/stage',
  summary: 'The stage: its version, the parameters in force, and whether something is wrong with it',
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
        /** A sentence each. */
        faults: z.array(z.string()),
        queues: z.optional(z.record(z.string(), z.number())),
      }),
    },
  },
  example: { status: 200 },
  async handle(_, ports) {
    const { version, ...parameters } = ports.stage;
    const { faults, queues } = await healthOf(ports);
    const health = faults.length === 0 ? 'ok' : 'degraded';
    const time = ports.clock.now().toISOString();
    return { status: 200, body: { version, time, parameters, health, faults, ...(queues && { queues }) } };
  },
});

/** What is not as it should be. */
async function healthOf({ chargePointRecords, queues, stage, onError }: ApiPorts) {
  const faults: string[] = [];
  const unlessFails = <T>(asked: Promise<T>, fault: string) =>
    asked.catch((error) => {
      onError('a part of the system does not answer', { fault }, error);
      faults.push(fault);
      return undefined;
    });
  const list = chargePointRecords.list({ namespace: stage.namespace }, { limit: 1 });
  const [, depths] = await Promise.all([
    unlessFails(list, 'The tables do not answer.'),
    unlessFails(queues.depths(), 'The queues do not answer.'),
  ]);
  for (const [name, depth] of Object.entries(depths ?? {})) {
    if (depth > 0) faults.push(`${depth} messages are in ${name}: look into them, and delete them.`);
  }
  return { faults, queues: depths };
}

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
  async handle(_, { openApi }) {
    return { status: 200, body: openApi() };
  },
});

/** Nothing is loaded, and nothing runs. */
const ofPage = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
};

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
  async handle(_, { openApi }) {
    return { status: 200, body: docsPage(openApi()), headers: ofPage };
  },
});

const getProblems = operation({
  id: 'getProblems',
  method: 'GET',
  path: '/docs/problems',
  summary: 'What each refusal means, and what to do, as a page for people',
  role: 'anyone',
  params: nothing,
  query: nothing,
  answers: { 200: { description: 'A page, with a place for each code', type: 'text/html' } },
  example: { status: 200 },
  async handle() {
    return { status: 200, body: problemsPage(troubleshooting), headers: ofPage };
  },
});

export const stageOperations = [getStage, getOpenApi, getDocs, getProblems];
