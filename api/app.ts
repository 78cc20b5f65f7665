import { type Context, Hono } from 'hono';
import type { Caller } from '../csms/access/ports.js';
import { ChangedMeanwhile } from '../csms/changed-meanwhile.js';
import { BadCursor } from '../csms/page.js';
import { audited } from './audit.js';
import { authenticate, authorize } from './authenticate.js';
import { basePath } from './base-path.js';
import { readBody } from './body.js';
import { checked } from './checked.js';
import { etagOf, expectedRevision, isUnchanged } from './etag.js';
import { once } from './idempotency.js';
import { openApiDocument } from './openapi.js';
import { isChange, type Operation, type Reply } from './operation.js';
import { operations } from './operations.js';
import type { ApiPorts, OperationPorts, Person } from './ports.js';
import { Problem, problemBody, problems } from './problem.js';
import { assertInScope } from './scope.js';

type Env = { Bindings: { person?: Person } };

/** What was answered, with nothing left to decide. */
interface Finished {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The operator's API, as a function from requests to responses. */
export function createApi(ports: ApiPorts): Hono<Env> {
  const app = new Hono<Env>();
  const openApi = () => openApiDocument(ports.stage.version);
  for (const one of operations) app.on(one.method, routeOf(one.path), (c) => run(one, c, { ...ports, openApi }));
  for (const path of new Set(operations.map((one) => one.path))) {
    const methods = operations.filter((one) => one.path === path).map(({ method }) => method);
    const allow = methods.includes('GET') ? ['HEAD', ...methods] : methods;
    app.all(routeOf(path), ({ req }) => {
      const told = `Use ${allow.join(', ')}.`;
      return answerTo(new Problem('method-not-allowed', told, {}, { allow: allow.join(', ') }), req.path);
    });
  }
  app.notFound(({ req }) => {
    const told = `Look into ${basePath}/openapi.json for the paths that there are.`;
    return answerTo(new Problem('not-found', told), req.path);
  });
  app.onError((error, { req }) => fail(error, req.path, ports));
  return app;
}

/** `/charge-points/{chargePointId}` as Hono spells it. */
function routeOf(path: string): string {
  return `${basePath}${path.replace(/\{(\w+)\}/g, ':$1')}`;
}

/** Who may, is it what the operation takes, is it new: then it is done, and answered. */
async function run(one: Operation, c: Context<Env>, ports: OperationPorts): Promise<Response> {
  const request = c.req.raw;
  const { headers } = request;
  const caller: Caller =
    one.role === 'anyone'
      ? { id: 'anyone', role: 'viewer' }
      : await authenticate(headers.get('authorization'), c.env?.person, ports);
  if (one.role !== 'anyone') authorize(caller, one.role);
  const params = checked(one.params, c.req.param(), 'bad-parameter');
  const query = checked(one.query, queryOf(c), 'bad-parameter');
  const { text, value } = await readBody(request, one);
  const body = one.body && checked(one.body, value, 'bad-body');
  await assertInScope({ one, caller, params, query, body }, ports);
  const expected = one.isConditional && isChange(one) ? expectedRevision(headers) : undefined;
  const path = c.req.path.slice(basePath.length);

  const handle = async (id = '') =>
    finished(await one.handle({ params, query, body, caller, id, expected, headers }, ports));
  const written = one.inShort && body !== undefined ? one.inShort(body) : value;
  const about = { one, request, path, text, value: written, caller, method: one.method };
  const answer = isChange(one)
    ? await once(about, (id) => audited(about, () => handle(id), ports), ports)
    : await handle();
  const { etag } = answer.headers;
  if (one.method === 'GET' && etag && isUnchanged(headers, etag)) {
    return new Response(null, { status: 304, headers: { etag } });
  }
  return responseOf(answer);
}

/** Each parameter once. @throws {Problem} */
function queryOf(c: Context): Record<string, string> {
  const entries = Object.entries(c.req.queries());
  const twice = entries.find(([, values]) => values.length > 1);
  if (twice) throw new Problem('bad-parameter', `Send ${twice[0]} once.`);
  return Object.fromEntries(entries.map(([name, [value = '']]) => [name, value]));
}

function finished({ status, body, headers = {}, revision }: Reply): Finished {
  if (body === undefined) return { status, headers, body: '' };
  const isText = typeof body === 'string';
  const text = isText ? body : JSON.stringify(body);
  return {
    status,
    headers: {
      ...(!isText && { 'content-type': 'application/json' }),
      ...headers,
      ...(revision !== undefined && { etag: etagOf(revision, text) }),
    },
    body: text,
  };
}

function responseOf({ status, headers, body }: Finished): Response {
  const all = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers };
  return new Response(body === '' ? null : body, { status, headers: all });
}

function fail(error: unknown, path: string, { onError }: Pick<ApiPorts, 'onError'>): Response {
  if (error instanceof Problem) return answerTo(error, path);
  if (error instanceof BadCursor) {
    return answerTo(new Problem('bad-cursor', 'Send next of a page of the same list, with the same filters.'), path);
  }
  if (error instanceof ChangedMeanwhile) {
    return answerTo(new Problem('changed-meanwhile', 'Read it again, and change what you read.'), path);
  }
  onError('request could not be answered', { path }, error);
  return answerTo(new Problem('internal-error', 'Ask again; the log of function api says what went wrong.'), path);
}

function answerTo(problem: Problem, path: string): Response {
  const { status } = problems[problem.code];
  const headers = { 'content-type': 'application/problem+json', ...problem.headers };
  return responseOf({ status, headers, body: JSON.stringify(problemBody(problem, path)) });
}
