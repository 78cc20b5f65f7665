import * as z from 'zod/mini';
import { announceOutcome } from '../../csms/commands/announce.js';
import { askFor } from '../../csms/commands/ask.js';
import { cancelled, isSettled } from '../../csms/commands/life.js';
import type { Command } from '../../csms/commands/ports.js';
import { codeOf } from '../../csms/commands/refusal.js';
import { withoutSecrets } from '../../csms/without-secrets.js';
import { basePath } from '../base-path.js';
import { completed } from '../completed.js';
import { readChargePoint } from '../known.js';
import { operation } from '../operation.js';
import { pageOf, pageReply, paging } from '../pages.js';
import { chargePointId, nothing, ofChargePoint } from '../params.js';
import type { ApiPorts } from '../ports.js';
import { Problem } from '../problem.js';
import { settledWithin, waited, waitOf } from '../wait.js';

const commandId = z.string().check(z.regex(/^[\w.:-]{1,36}$/));
const ofCommand = z.strictObject({ chargePointId, commandId });

export const shownCommand = z.object({
  commandId: z.string(),
  chargePointId: z.string(),
  action: z.string(),
  payload: z.unknown(),
  status: z.string(),
  askedAt: z.string(),
  expiresAt: z.string(),
  settledAt: z.optional(z.string()),
  response: z.optional(z.unknown()),
  error: z.optional(z.object({ code: z.unknown(), description: z.unknown(), details: z.unknown() })),
  code: z.optional(z.string()),
  reason: z.optional(z.string()),
  taskId: z.optional(z.string()),
  desired: z.optional(z.boolean()),
  transactionId: z.optional(z.string()),
  late: z.optional(z.boolean()),
  attempts: z.array(z.object({ messageId: z.string(), sentAt: z.string(), deadline: z.string() })),
});

/** Without what nobody may read: whoever asked for it knows it, and the charge point gets it. */
export function shown(command: Command): z.infer<typeof shownCommand> {
  const { commandId, chargePointId, action, payload, status, order, expiresAt, settledAt, reason, late } = command;
  const { outcome, attempts, taskId, desired, transactionId } = command;
  const code = codeOf(command);
  return {
    ...{ commandId, chargePointId, action, payload: withoutSecrets(parsed(payload)), status, expiresAt },
    askedAt: order.split('#')[0] ?? '',
    ...(settledAt && { settledAt }),
    ...(outcome?.type === 'CALLRESULT' && { response: withoutSecrets(outcome.payload) }),
    ...(outcome?.type === 'CALLERROR' && {
      error: { code: outcome.code, description: outcome.description, details: withoutSecrets(outcome.details) },
    }),
    ...(code && { code }),
    ...(reason && { reason }),
    ...(taskId && { taskId }),
    ...(desired && { desired }),
    ...(transactionId && { transactionId }),
    ...(late && { late }),
    attempts: attempts.map(({ messageId, sentAt, deadline }) => ({ messageId, sentAt, deadline })),
  };
}

/** Others than this API may ask for what is no JSON. */
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}

const sendCommand = operation({
  id: 'sendCommand',
  method: 'POST',
  path: '/charge-points/{chargePointId}/commands/{action}',
  summary:
    "Asks a charge point for something: the body is the action's payload, as the charge point's version has it; what only the system knows may be left out",
  role: 'operator',
  params: z.strictObject({ chargePointId, action: z.string().check(z.regex(/^[A-Za-z0-9]{1,60}$/)) }),
  query: z.strictObject({
    expiresIn: z.optional(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(7 * 24 * 60 * 60))),
    firmware: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
    profile: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  }),
  body: z.record(z.string(), z.unknown()),
  isWaitedFor: true,
  answers: {
    200: { description: 'It was settled while you waited', schema: shownCommand },
    202: { description: 'It waits, or is on its way', schema: shownCommand },
  },
  example: {
    params: { chargePointId: 'CP1', action: 'Reset' },
    body: { type: 'Immediate' },
    headers: { 'idempotency-key': '0b1f3a52-7d2c-4c52-9a63-6b0a6b6a2f10' },
    status: 202,
  },
  async handle({ id: commandId, params: { chargePointId: id, action }, query, body, headers }, ports) {
    const seconds = waitOf(headers);
    const now = ports.clock.now();
    const { expiresIn, firmware, profile } = query;
    const until = expiresIn === undefined ? undefined : new Date(now.getTime() + expiresIn * 1_000);
    const payload = JSON.stringify(
      await completed({ chargePointId: id, commandId, action, body, firmware, profile, until }, ports),
    );
    const expiry = until && { expiresAt: until.toISOString() };
    const command = await askFor({ chargePointId: id, commandId, action, payload, ...expiry }, ports);
    const look = () => ports.commands.find(id, commandId);
    const latest = await settledWithin(seconds, command, { isSettled, look }, ports);
    return {
      status: isSettled(latest) ? 200 : 202,
      body: shown(latest),
      headers: {
        location: `${basePath}/charge-points/${id}/commands/${commandId}`,
        ...waited(seconds),
      },
    };
  },
});

const listCommands = operation({
  id: 'listCommands',
  method: 'GET',
  path: '/charge-points/{chargePointId}/commands',
  summary: "A charge point's commands, the last first; or its queue, in its order",
  role: 'viewer',
  params: ofChargePoint,
  query: z.strictObject({ ...paging, status: z.optional(z.literal('queued')) }),
  answers: { 200: { description: 'A page of them', schema: pageOf(shownCommand) } },
  example: { params: { chargePointId: 'CP1' }, query: { status: 'queued' }, status: 200 },
  async handle({ params, query: { status, ...page } }, ports) {
    await readChargePoint(params.chargePointId, ports);
    const filter = { isQueued: status === 'queued' };
    return pageReply(await ports.commandRecords.list(params.chargePointId, filter, page), shown);
  },
});

const getCommand = operation({
  id: 'getCommand',
  method: 'GET',
  path: '/charge-points/{chargePointId}/commands/{commandId}',
  summary: 'A command, and what became of it',
  role: 'viewer',
  params: ofCommand,
  query: nothing,
  answers: { 200: { description: 'It', schema: shownCommand } },
  example: { params: { chargePointId: 'CP1', commandId: 'queued-1' }, status: 200 },
  async handle({ params }, ports) {
    return { status: 200, body: shown(await readCommand(params, ports)) };
  },
});

const cancelCommand = operation({
  id: 'cancelCommand',
  method: 'DELETE',
  path: '/charge-points/{chargePointId}/commands/{commandId}',
  summary: 'Cancels a command that is still in the queue',
  role: 'operator',
  params: ofCommand,
  query: nothing,
  answers: { 200: { description: 'It is not sent', schema: shownCommand } },
  example: { params: { chargePointId: 'CP1', commandId: 'queued-1' }, status: 200 },
  async handle({ params }, ports) {
    const { commands, clock } = ports;
    const { commandId: id } = await readCommand(params, ports);
    const changed = await commands.change(params.chargePointId, id, (latest) => cancelled(latest, clock.now()));
    if (!changed) throw unknown(id);
    if (changed.command.status !== 'cancelled') {
      throw new Problem(
        'command-under-way',
        `Read it: it is ${changed.command.status}, and only what is queued can be cancelled.`,
      );
    }
    await announceOutcome(changed.command, ports);
    return { status: 200, body: shown(changed.command) };
  },
});

async function readCommand(params: z.infer<typeof ofCommand>, ports: ApiPorts): Promise<Command> {
  await readChargePoint(params.chargePointId, ports);
  const command = await ports.commands.find(params.chargePointId, params.commandId);
  if (!command) throw unknown(params.commandId);
  return command;
}

function unknown(id: string): Problem {
  return new Problem(
    'command-unknown',
    `List the commands of the charge point: ${id} is none of them, or was forgotten after 30 days.`,
  );
}

export const commandOperations = [sendCommand, listCommands, getCommand, cancelCommand];
