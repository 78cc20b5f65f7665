import * as z from 'zod/mini';
import { type RefusalCode, refusals } from './refusals.js';

/** What every event carries. Events are delivered at least once: the same `id` is the same event. */
const base = {
  id: z.string(),
  time: z.iso.datetime(),
  chargePointId: z.string(),
};

/** Why something was refused: docs/troubleshooting.md has a heading of each. */
const code = z.optional(z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]));

/** Which transaction, and the token that it is charged to with what was said of that. */
const transaction = {
  ...base,
  transactionId: z.string(),
  evseId: z.optional(z.number()),
  connectorId: z.optional(z.number()),
  idToken: z.optional(z.string()),
  authorization: z.optional(z.string()),
};

const named = { name: z.string(), instance: z.optional(z.string()) };
const statusInfo = z.object({ reasonCode: z.string(), additionalInfo: z.optional(z.string()) });

/** The events of the CSMS, by the last level of their topic `{id}/events/{name}`. */
export const events = {
  /**
   * A charge point has a new current connection, whose handshake was answered at `since`. `replaced` names the connection it
   * had until then; if it had none, `lastDisconnect` is how the one before that ended.
   */
  connected: z.object({
    ...{ ...base, connectionId: z.string(), protocol: z.string(), since: z.iso.datetime() },
    replaced: z.optional(z.string()),
    lastDisconnect: z.optional(z.object({ since: z.iso.datetime(), reason: z.string() })),
  }),
  /** A charge point has had no connection for a minute. */
  disconnected: z.object({ ...base, since: z.iso.datetime(), reason: z.string() }),
  /** A charge point reconnects whenever a connection of it is closed, so none is closed any more. */
  'connection-flapping': z.object({ ...base, replacements: z.number() }),
  /** A connector reported another state. Times are the charge point's own. */
  'connector-status': z.object({
    ...base,
    evseId: z.number(),
    connectorId: z.number(),
    status: z.string(),
    since: z.iso.datetime(),
    errorCode: z.optional(z.string()),
    info: z.optional(z.string()),
    vendorId: z.optional(z.string()),
    vendorErrorCode: z.optional(z.string()),
  }),
  /** A CALL is on its way down the socket. A command that is sent again has another message id. */
  'command-sent': z.object({
    ...base,
    commandId: z.string(),
    messageId: z.string(),
    action: z.string(),
    connectionId: z.string(),
  }),
  /**
   * What became of a command. One that was given up and is answered all the same is settled anew, and `late`. `desired` when a
   * shadow desires it, `taskId` of the task that it is part of.
   */
  'command-settled': z.object({
    ...base,
    commandId: z.string(),
    action: z.string(),
    status: z.enum(['accepted', 'rejected', 'failed', 'timed-out', 'expired', 'cancelled']),
    late: z.optional(z.literal(true)),
    response: z.optional(z.unknown()),
    code,
    reason: z.optional(z.string()),
    desired: z.optional(z.literal(true)),
    taskId: z.optional(z.string()),
  }),
  /** A charge point did not take a value that its shadow desires, or nobody can ask for it: the key is spelled wrong, for one. */
  'configuration-refused': z.object({
    ...base,
    key: z.string(),
    commandId: z.optional(z.string()),
    code,
    reason: z.string(),
  }),
  /** A transaction began. Times are the charge point's own; `meterStart` in Wh. `commandId` is of the remote start that asked for it. */
  'transaction-started': z.object({
    ...transaction,
    startedAt: z.optional(z.iso.datetime()),
    meterStart: z.optional(z.number()),
    remoteStartId: z.optional(z.number()),
    reservationId: z.optional(z.number()),
    commandId: z.optional(z.string()),
    offline: z.optional(z.literal(true)),
  }),
  /** How a transaction goes on, once in each quarter of an hour at most. `energy` in Wh. */
  'transaction-updated': z.object({
    ...transaction,
    chargingState: z.optional(z.string()),
    energy: z.optional(z.number()),
  }),
  /**
   * A transaction is over: its end was told, or it was `forgotten`. It is told anew, with another id, when what comes later
   * changes what this says: its end after all, its start, a register. Of what was told of a
   * `transactionId`, that of the greatest `revision` holds; events may come in another order than they were told.
   * `endedAt` of one that was forgotten is the last time of which anything is known of it. One that was forgotten after a day
   * of silence may go on: transaction-updated is then told of it.
   * `energy` in Wh; missing where it can't be known. `cost`: of 2.1, the total where the station calculated it.
   * `missingEvents`: of 2.x, from and to of the numbers of events that did not come, from that of the start on; a hundred of
   * them at most, and then `missingEventsAreCut`.
   */
  'transaction-ended': z.object({
    ...transaction,
    startedAt: z.optional(z.iso.datetime()),
    endedAt: z.iso.datetime(),
    revision: z.number(),
    reason: z.optional(z.string()),
    forgotten: z.optional(z.literal(true)),
    meterStart: z.optional(z.number()),
    meterStop: z.optional(z.number()),
    energy: z.optional(z.number()),
    cost: z.optional(
      z.object({ currency: z.string(), exclTax: z.optional(z.number()), inclTax: z.optional(z.number()) }),
    ),
    offline: z.optional(z.literal(true)),
    missingEvents: z.optional(z.array(z.object({ from: z.number(), to: z.number() }))),
    missingEventsAreCut: z.optional(z.literal(true)),
  }),
  /** A charge point said how far it is with what it was asked for. `since` when it is so, and when its current run began. */
  'job-status': z.object({
    ...base,
    kind: z.enum(['firmware', 'firmware-publishing', 'log', 'diagnostics']),
    requestId: z.optional(z.number()),
    status: z.string(),
    since: z.iso.datetime(),
    startedAt: z.iso.datetime(),
    location: z.optional(z.array(z.string())),
    statusInfo: z.optional(statusInfo),
  }),
  /** All parts of a report have come; `parts` says how many, where they are numbered. What it says is in the stores. */
  'report-complete': z.object({
    ...base,
    kind: z.enum([
      ...(['report', 'monitoring-report', 'customer-information'] as const),
      ...(['display-messages', 'charging-profiles', 'der-controls'] as const),
    ]),
    requestId: z.number(),
    parts: z.optional(z.number()),
    startedAt: z.iso.datetime(),
    since: z.iso.datetime(),
  }),
  /** A monitor of a variable was triggered, or it was time for its value. `at` is the charge point's own time. */
  'monitor-event': z.object({
    ...base,
    at: z.iso.datetime(),
    eventId: z.number(),
    trigger: z.string(),
    eventNotificationType: z.string(),
    component: z.object({ ...named, evseId: z.optional(z.number()), connectorId: z.optional(z.number()) }),
    variable: z.object(named),
    actualValue: z.string(),
    cause: z.optional(z.number()),
    cleared: z.optional(z.boolean()),
    techCode: z.optional(z.string()),
    techInfo: z.optional(z.string()),
    transactionId: z.optional(z.string()),
    variableMonitoringId: z.optional(z.number()),
    severity: z.optional(z.number()),
  }),
  /** Something happened that bears on security. `at` is the charge point's own time. */
  'security-event': z.object({
    ...base,
    at: z.iso.datetime(),
    type: z.string(),
    critical: z.boolean(),
    techInfo: z.optional(z.string()),
  }),
  /** A charge point asked for a certificate. It was told no: nobody here signs any. */
  'certificate-requested': z.object({
    ...base,
    csr: z.string(),
    certificateType: z.optional(z.string()),
    requestId: z.optional(z.number()),
    code,
  }),
  /** Others than the CSMS limit a charge point, or an EVSE of it (0 is all of it), or allow it more; or do so no more. */
  'charging-limit': z.object({
    ...base,
    source: z.string(),
    evseId: z.number(),
    isGridCritical: z.optional(z.boolean()),
    isLocalGeneration: z.optional(z.boolean()),
    cleared: z.optional(z.literal(true)),
  }),
  /** A vehicle told what it wants; all of it is in the inventory. */
  'charging-needs': z.object({
    ...base,
    at: z.iso.datetime(),
    evseId: z.number(),
    requestedEnergyTransfer: z.string(),
    departureTime: z.optional(z.string()),
    maxScheduleTuples: z.optional(z.number()),
  }),
  /** A transaction charges with priority, or does so no more. */
  'priority-charging': z.object({ ...base, transactionId: z.string(), activated: z.boolean() }),
  /**
   * What became of a reservation: Active; Used, Cancelled, Expired, Removed or NoTransaction; or the charge point's word for
   * refusing it.
   */
  'reservation-status': z.object({
    ...{ ...base, reservationId: z.number(), status: z.string() },
    ...{ evseId: z.optional(z.number()), idToken: z.optional(z.string()), expiresAt: z.optional(z.string()) },
    transactionId: z.optional(z.string()),
  }),
  /** Batteries were put in or taken out. Charge and health in percent. */
  'battery-swap': z.object({
    ...base,
    requestId: z.number(),
    eventType: z.enum(['BatteryIn', 'BatteryOut', 'BatteryOutTimeout']),
    idToken: z.object({ idToken: z.string(), type: z.string() }),
    batteries: z.array(
      z.object({
        ...{ evseId: z.number(), serialNumber: z.string(), soC: z.number(), soH: z.number() },
        ...{ productionDate: z.optional(z.string()), vendorInfo: z.optional(z.string()) },
      }),
    ),
  }),
  /** What became of a payment at a charge point's terminal. `at` is the charge point's own time. */
  settlement: z.object({
    ...base,
    at: z.iso.datetime(),
    pspRef: z.string(),
    status: z.enum(['Settled', 'Canceled', 'Rejected', 'Failed']),
    amount: z.number(),
    transactionId: z.optional(z.string()),
    statusInfo: z.optional(z.string()),
    receiptId: z.optional(z.string()),
    receiptUrl: z.optional(z.string()),
  }),
  /** A DER control answers an event of the grid, or that is over. `at` is the charge point's own time. */
  'der-alarm': z.object({
    ...base,
    at: z.iso.datetime(),
    controlType: z.string(),
    gridEventFault: z.optional(z.string()),
    extraInfo: z.optional(z.string()),
    ended: z.boolean(),
  }),
  /** A DER control took effect, or has ended. `at` is the charge point's own time. */
  'der-control': z.object({
    ...base,
    at: z.iso.datetime(),
    controlId: z.string(),
    started: z.boolean(),
    supersededIds: z.optional(z.array(z.string())),
  }),
  /** A vendor's own message. Data that an event has no room for is left out; it is on `{id}/in`, in the frame. */
  'data-transfer': z.object({
    ...base,
    vendorId: z.string(),
    messageId: z.optional(z.string()),
    data: z.optional(z.unknown()),
    dataIsTooLarge: z.optional(z.literal(true)),
  }),
  /** A charge point sent a payload that its schema forbids. It was understood as far as it could be, unless it was refused. */
  'protocol-deviation': z.object({
    ...base,
    protocol: z.string(),
    action: z.string(),
    messageId: z.optional(z.string()),
    /** Of an answer: the command that it answers. */
    commandId: z.optional(z.string()),
    /** JSON pointers, with `*` for the items of a list, what was wrong there, and what there was, as JSON. */
    deviations: z.array(z.object({ path: z.string(), what: z.string(), was: z.optional(z.string()) })),
    /** How many deviations are not listed. */
    more: z.optional(z.number()),
    refused: z.optional(z.literal(true)),
    code,
    /** What the charge point was told when it was refused. */
    reason: z.optional(z.string()),
    ...{ vendor: z.optional(z.string()), model: z.optional(z.string()), firmwareVersion: z.optional(z.string()) },
  }),
  /** A frame with money in it could not be understood, or not all of it: HistoryTable has it. Its entry is `frame#{receivedAt}#{entryId}`. */
  'frame-kept': z.object({
    ...base,
    protocol: z.string(),
    action: z.string(),
    code,
    why: z.string(),
    receivedAt: z.iso.datetime(),
    entryId: z.string(),
  }),
  /** A message was larger than the socket takes (32 KB a frame, 128 KB a message), and the socket closed with 1009. */
  'frame-too-large': z.object({ ...base, connectionId: z.string(), code }),
  /** AWS IoT refused what a charge point's shadow should hold (8 KB, depth). */
  'shadow-refused': z.object({ ...base, code, reason: z.string() }),
} as const;

/** The events of tasks, by the last level of their topic `.tasks/events/{name}`. No thing can have a name with a dot. */
export const taskEvents = {
  /** Every charge point of a task is settled; how many are where. */
  'task-ended': z.object({
    ...{ id: z.string(), time: z.iso.datetime(), taskId: z.string(), action: z.string() },
    ...{ cancelledAt: z.optional(z.iso.datetime()), progress: z.record(z.string(), z.number()) },
  }),
} as const;

export type EventName = keyof typeof events;
/** What an event says beyond its id, time and charge point. */
export type EventDetail<N extends EventName> = Omit<z.input<(typeof events)[N]>, 'id' | 'time' | 'chargePointId'>;
