import * as z from 'zod/mini';
import { protocols } from '../../csms/ocpp/protocol.js';
import { cancelTask } from '../../csms/tasks/cancel.js';
import { createTask, TaskRefused } from '../../csms/tasks/create.js';
import type { Task } from '../../csms/tasks/ports.js';
import { targetsOf, taskOf } from '../../csms/tasks/read.js';
import { withoutSecrets } from '../../csms/without-secrets.js';
import { basePath } from '../base-path.js';
import { checkCompletable } from '../completed.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging } from '../pages.js';
import { chargePointId, nothing } from '../params.js';
import type { ApiPorts } from '../ports.js';
import { Problem, type ProblemCode, problems } from '../problem.js';

/** In ms: how long a task goes on unless somebody says otherwise. */
const day = 24 * 60 * 60_000;

const ofTask = z.strictObject({ taskId: z.string().check(z.regex(/^[\w-]{1,36}$/)) });
const text = z.string().check(z.minLength(1), z.maxLength(100));

const selection = z
  .strictObject({
    chargePointIds: z.optional(z.array(chargePointId).check(z.minLength(1), z.maxLength(1_000))),
    site: z.optional(text),
    all: z.optional(z.literal(true)),
    labels: z.optional(z.array(text).check(z.minLength(1), z.maxLength(50))),
    protocol: z.optional(z.enum(protocols)),
    vendor: z.optional(text),
    model: z.optional(text),
    firmwareVersion: z.optional(text),
  })
  // Nobody asks all charge points by leaving something out.
  .check(z.refine((one) => placesIn(one) === 1, 'say one of chargePointIds, site and all'));

function placesIn(one: { chargePointIds?: unknown; site?: unknown; all?: unknown }): number {
  return [one.chargePointIds, one.site, one.all].filter((place) => place !== undefined).length;
}

const shownTask = z.object({
  taskId: z.string(),
  action: z.string(),
  payload: z.unknown(),
  firmware: z.optional(z.string()),
  profile: z.optional(z.string()),
  selection: z.looseObject({}),
  status: z.enum(['spreading', 'checking', 'waiting', 'ended']),
  createdAt: z.string(),
  deadline: z.string(),
  cancelledAt: z.optional(z.string()),
  endedAt: z.optional(z.string()),
});
const progress = z.record(z.string(), z.number());

function shown(task: Task): z.infer<typeof shownTask> {
  const { taskId, action, payload, firmware, profile } = task;
  const { selection: asked, status, createdAt, deadline, cancelledAt, endedAt } = task;
  const isAll = !asked.chargePointIds && asked.site === undefined;
  return {
    ...{ taskId, action, payload: withoutSecrets(JSON.parse(payload)) },
    ...(firmware !== undefined && { firmware }),
    ...(profile !== undefined && { profile }),
    selection: { ...(isAll && { all: true }), ...asked },
    ...{ status, createdAt, deadline },
    ...(cancelledAt && { cancelledAt }),
    ...(endedAt && { endedAt }),
  };
}

const createsTask = operation({
  id: 'createTask',
  method: 'POST',
  path: '/tasks',
  summary: 'Asks many charge points for the same: those that are named, those of a site, or all, and of these some',
  role: 'operator',
  params: nothing,
  query: nothing,
  body: z.strictObject({
    action: z.string().check(z.regex(/^[A-Za-z0-9]{1,60}$/)),
    payload: z._default(z.record(z.string(), z.unknown()), {}),
    firmware: z.optional(text),
    profile: z.optional(text),
    selection,
    deadline: z.optional(z.iso.datetime()),
  }),
  answers: { 202: { description: 'They are being asked', schema: shownTask } },
  example: {
    body: {
      ...{ action: 'Reset', payload: { type: 'OnIdle' }, selection: { site: 'Depot North', labels: ['fast'] } },
      deadline: '2026-05-21T04:00:00Z',
    },
    headers: { 'idempotency-key': '5a1d0a5e-6f0e-4b8e-9d3a-2f8f0f6f7c11' },
    status: 202,
  },
  async handle({ id: taskId, body: { action, payload, firmware, profile, selection: asked, deadline } }, ports) {
    const { all: _, ...narrowed } = asked;
    // Of which versions they are is known when each is asked.
    const versions = asked.protocol ? [asked.protocol] : protocols;
    await checkCompletable({ action, body: payload, firmware, profile }, versions, ports);
    const now = ports.clock.now();
    const until = deadline === undefined ? new Date(now.getTime() + day) : new Date(deadline);
    const task = { taskId, action, payload, ...given({ firmware, profile }), deadline: until };
    const created = await createTask({ ...task, selection: given(narrowed) }, ports).catch((error) => {
      const isKnown = error instanceof TaskRefused && Object.hasOwn(problems, error.code);
      throw isKnown ? new Problem(error.code as ProblemCode, error.message) : error;
    });
    return { status: 202, body: shown(created), headers: { location: `${basePath}/tasks/${created.taskId}` } };
  },
});

/** Only what has a value. */
function given<T extends object>(members: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;
}

const listTasks = operation({
  id: 'listTasks',
  method: 'GET',
  path: '/tasks',
  summary: 'Tasks, the newest first',
  role: 'viewer',
  params: nothing,
  query: z.strictObject(paging),
  answers: { 200: { description: 'A page of them', schema: pageOf(shownTask) } },
  example: { status: 200 },
  async handle({ query }, { tasks }) {
    return pageReply(await tasks.list(query), shown);
  },
});

const getTask = operation({
  id: 'getTask',
  method: 'GET',
  path: '/tasks/{taskId}',
  summary: 'A task, and how many of its charge points are where',
  role: 'viewer',
  params: ofTask,
  query: nothing,
  answers: { 200: { description: 'It', schema: z.extend(shownTask, { progress }) } },
  example: { params: { taskId: 'task-1' }, status: 200 },
  async handle({ params: { taskId } }, ports) {
    const task = await taskOf(taskId, ports);
    if (!task) throw unknown();
    return { status: 200, body: { ...shown(task), progress: task.progress } };
  },
});

const listTargets = operation({
  id: 'listChargePointsOfTask',
  method: 'GET',
  path: '/tasks/{taskId}/charge-points',
  summary: 'The charge points of a task by name, and what became of each: all that were asked, or those not settled',
  role: 'viewer',
  params: ofTask,
  query: z.strictObject({ ...paging, status: z.optional(z.literal('queued')) }),
  answers: {
    200: {
      description: 'A page of them',
      schema: pageOf(
        z.object({
          ...{ chargePointId: z.string(), status: z.string() },
          ...{ commandId: z.optional(z.string()), reason: z.optional(z.string()) },
        }),
      ),
    },
  },
  example: { params: { taskId: 'task-1' }, query: { status: 'queued' }, status: 200 },
  async handle({ params: { taskId }, query: { status, ...page } }, ports) {
    if (!(await ports.tasks.read(taskId))) throw unknown();
    const found = await targetsOf({ taskId, isOpen: status === 'queued' }, page, ports);
    return pageReply(found, ({ taskId: _, ...target }) => target);
  },
});

const cancelsTask = operation({
  id: 'cancelTask',
  method: 'DELETE',
  path: '/tasks/{taskId}',
  summary: 'Cancels a task: nobody else is asked, and what waits is cancelled; what was sent is still answered',
  role: 'operator',
  params: ofTask,
  query: nothing,
  answers: { 200: { description: 'It comes to its end', schema: shownTask } },
  example: { params: { taskId: 'task-1' }, status: 200 },
  async handle({ params: { taskId } }, ports: ApiPorts) {
    const task = await cancelTask(taskId, ports);
    if (!task) throw unknown();
    if (!task.cancelledAt)
      throw new Problem('task-over', 'Read it: it has ended, and all of its commands are settled.');
    return { status: 200, body: shown(task) };
  },
});

function unknown(): Problem {
  return new Problem(
    'task-unknown',
    'List the tasks for those that there are: they are kept until a month after their deadline.',
  );
}

export const taskOperations = [createsTask, listTasks, getTask, listTargets, cancelsTask];
