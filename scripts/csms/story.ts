import type { components, operations } from './api-types.js';

type Answered<Id extends keyof operations> = operations[Id] extends {
  responses: { 200: { content: { 'application/json': infer T } } };
}
  ? T
  : never;
type Item<Id extends keyof operations> = Answered<Id> extends { items: (infer T)[] } ? T : never;

export type ChargePoint = Answered<'getChargePoint'>;
export type SentCommand = Item<'listCommands'>;
export type Transaction = Item<'listTransactionsOfChargePoint'>;
export type HistoryEntry = Item<'listHistory'>;
export type Problem = components['schemas']['Problem'];

/** What the API knows of a charge point. */
export interface Known {
  chargePoint: ChargePoint;
  commands: SentCommand[];
  transactions: Transaction[];
  history: HistoryEntry[];
}

/** One thing that happened. */
export interface Told {
  /** ISO 8601 UTC. */
  at: string;
  what: string;
  text: string;
}

/** Where things of the same time come: a charge point is there before anything is asked of it. */
const ranks = ['disconnected', 'connected', 'boot', 'transaction', 'event', 'frame', 'command'];

/** All that is known to have happened, in its order. */
export function storyOf({ chargePoint, commands, transactions, history }: Known): Told[] {
  const told = [
    ...connectionStory(chargePoint),
    ...transactions.flatMap(transactionStory),
    ...history.map(historyStory),
    ...commands.flatMap(commandStory),
  ];
  return told.sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || ranks.indexOf(a.what) - ranks.indexOf(b.what));
}

function connectionStory({ connection, bootedAt, bootReason, bootStatus, hardware }: ChargePoint): Told[] {
  const { isConnected, since, protocol, lastDisconnect } = connection;
  const make = hardware ? ` of ${hardware.vendor} ${hardware.model}` : '';
  return [
    ...(lastDisconnect ? [{ at: lastDisconnect.at, what: 'disconnected', text: lastDisconnect.reason }] : []),
    ...(isConnected && since ? [{ at: since, what: 'connected', text: `in ${protocol}, until now` }] : []),
    ...(bootedAt ? [{ at: bootedAt, what: 'boot', text: `${bootReason ?? 'Boot'}${make}: ${bootStatus}` }] : []),
  ];
}

function transactionStory(one: Transaction): Told[] {
  const { transactionId, evseId, startedAt, firstAt, isOpen, endedAt, endReason, forgottenAt, energyWh, idToken } = one;
  const energy = energyWh === undefined ? '' : `, ${(energyWh / 1_000).toFixed(3)} kWh`;
  const by = idToken ? ` by ${idToken.idToken} (${idToken.authorization})` : '';
  const told = (at: string, text: string) => ({ at, what: 'transaction', text: `${transactionId} ${text}` });
  return [
    told(startedAt ?? firstAt, `began on EVSE ${evseId ?? '?'}${by}`),
    ...(endedAt && !isOpen ? [told(endedAt, `ended: ${endReason ?? 'no reason'}${energy}`)] : []),
    ...(forgottenAt ? [told(forgottenAt, `was given up: nothing was heard of it any more${energy}`)] : []),
  ];
}

function historyStory({ kind, at, id, detail }: HistoryEntry): Told {
  if (kind !== 'frame') return { at, what: 'event', text: `${kind} ${JSON.stringify(detail)}` };
  const { action, why } = detail as { action?: string; why?: unknown };
  const reason = typeof why === 'string' ? why : JSON.stringify(why);
  return { at, what: 'frame', text: `${action ?? 'A frame'} is kept for repair (${id}): ${reason}` };
}

function commandStory(command: SentCommand): Told[] {
  const { action, commandId, askedAt, attempts, settledAt, status } = command;
  const told = (at: string, text: string) => ({ at, what: 'command', text: `${action} ${text}` });
  return [
    told(askedAt, `asked for, command ${commandId}`),
    ...attempts.map(({ sentAt, messageId }) => told(sentAt, `sent, message ${messageId}`)),
    ...(settledAt ? [told(settledAt, `${status}${outcomeOf(command)}`)] : []),
  ];
}

function outcomeOf({ reason, response, error, late }: SentCommand): string {
  const said = error ?? response;
  const parts = [
    ...(reason ? [reason] : []),
    ...(said === undefined ? [] : [JSON.stringify(said)]),
    ...(late ? ['its answer came late'] : []),
  ];
  return parts.length > 0 ? `: ${parts.join('; ')}` : '';
}

/** How it is now, and what it waits for: a sentence each. */
export function stateOf({ chargePoint, commands, transactions, history }: Known): string[] {
  const { chargePointId, connection, bootedAt, bootStatus } = chargePoint;
  const { isConnected, lastDisconnect } = connection;
  const never = 'It has never connected: compare the name that it appends to its URL with the one here.';
  const gone = lastDisconnect ? `It is not connected: ${lastDisconnect.reason}.` : never;
  const waiting = commands
    .filter(({ settledAt }) => settledAt === undefined)
    .sort((a, b) => Date.parse(a.askedAt) - Date.parse(b.askedAt));
  const sent = waiting.filter(({ status }) => status === 'sent');
  const open = transactions.filter(({ isOpen }) => isOpen);
  const isWaiting = ({ kind, repair }: HistoryEntry) =>
    kind === 'frame' && !/repaired|dismissed/.test(repair?.status ?? '');
  const kept = history.filter(isWaiting);
  return [
    isConnected ? 'It is connected.' : gone,
    ...(isConnected && !bootedAt ? [`${chargePointId} has not booted: it is to send BootNotification.`] : []),
    ...(bootStatus === 'Pending' ? ['It is Pending: it starts and stops nothing until it is Accepted.'] : []),
    ...(bootStatus === 'Rejected' ? ['It is Rejected: it is sent nothing until it is Accepted.'] : []),
    ...open.map(({ transactionId }) => `Transaction ${transactionId} is open.`),
    ...(kept.length > 0 ? [`To be repaired: ${kept.length} ${kept.length === 1 ? 'frame' : 'frames'}.`] : []),
    ...waiting.map((command) => `${command.action} (${command.commandId}) ${waitsFor(command, sent, chargePoint)}.`),
  ];
}

function waitsFor(command: SentCommand, sent: SentCommand[], { connection, bootStatus }: ChargePoint): string {
  const attempt = command.attempts.at(-1);
  if (command.status === 'sent' && attempt) {
    return `was sent as message ${attempt.messageId} and waits for its answer until ${attempt.deadline}`;
  }
  const until = `, until ${command.expiresAt}`;
  if (!connection.isConnected) return `waits for the charge point to connect${until}`;
  if (bootStatus === 'Rejected') return `waits for the charge point to be Accepted${until}`;
  const [before] = sent;
  if (before) return `waits for the answer to ${before.action} (${before.commandId})${until}`;
  return `waits for its turn${until}`;
}
